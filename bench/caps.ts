import { aside, sqlite, withApp } from './process.support.js'
import type { Measured } from './run.js'

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 1_000)
const DATABASE = 'tmp/bench-caps.sqlite3'

/**
 * Caps of the quota ledger: rounds in which more claims than vacant places arrive at once. The
 * ratio is seats taken against seats authorised; above 1 means oversold, so the bar is 1. Runs in
 * a process of its own, on a database that is made for it and thrown away.
 */
export function run(): Promise<Measured[]> {
  return aside(import.meta.filename, sqlite(DATABASE))
}

async function measure(): Promise<Measured[]> {
  const result = await withApp(async () => {
    const { contendedRounds } = await import('../tests/functional/organization/race.js')
    return contendedRounds(ROUNDS)
  })
  if (result.unexpected.length) throw result.unexpected[0]
  return [
    {
      name: `seats taken against seats authorised, ${ROUNDS} contended rounds`,
      ratio: result.taken / result.authorised,
      bar: 1,
    },
    {
      name: `rounds with another number of winners than of places, of ${ROUNDS}`,
      ratio: result.wrongRounds,
      bar: 0,
    },
  ]
}

if (import.meta.main) console.log(JSON.stringify(await measure()))
