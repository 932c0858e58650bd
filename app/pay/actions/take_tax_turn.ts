import { affected, readTooEarly, type Trx } from '#shared/database'

/**
 * A month is paid by one tax table and a year's tax is one cumulation: approving a table and
 * releasing a run look at each other, and runs of one agent at each other, so they go one after the
 * other. Each counts the row on from the number it read, before it looks at anything else.
 */
export async function takeTaxTurn(trx: Trx) {
  const { turn } = await trx.from('pay_tax_turns').where('id', 1).firstOrFail()
  const taken = await trx
    .from('pay_tax_turns')
    .where({ id: 1, turn })
    .update({ turn: Number(turn) + 1 })
  if (!affected(taken)) throw readTooEarly()
}
