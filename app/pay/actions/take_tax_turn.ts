import { readTooEarly, type Trx } from '#shared/database'

/**
 * A month is paid by one tax table and a year's tax is one cumulation: approving a table and
 * releasing a run look at each other, and runs of one agent at each other, so they go one after the
 * other. Each takes the row and counts it on before it looks at anything. What the transaction read
 * before must still be so: MySQL would go on showing it as it was, hence the turn as this transaction
 * sees it is held against the one that the lock gives.
 */
export async function takeTaxTurn(trx: Trx) {
  const row = () => trx.from('pay_tax_turns').where('id', 1)
  const held = await row().forUpdate().firstOrFail()
  const seen = await row().firstOrFail()
  if (Number(held.turn) !== Number(seen.turn)) throw readTooEarly()
  await row().update({ turn: Number(held.turn) + 1 })
}
