/**
 * A process of its own that executes a batch: `execute_child.ts <batch id> <date> <where>`. With
 * `inside` it stops for good after the last write and before COMMIT, with `run` it just executes.
 * Says `begin` and `inside` or `done` on its standard output, for the one who will kill it.
 */
import { createIgnitor } from '../../../bin/ignitor.js'

const [batchId, date, where] = process.argv.slice(2)
const app = createIgnitor().createApp('console')
await app.init()
await app.boot()
await app.start(async () => {})

const { Actor } = await import('#shared/actor')
const { clock } = await import('#shared/clock')
const { inTransaction } = await import('#shared/database')
const { executeBatch } = await import('#transfers/actions/execute_batch')

clock.freeze(date)
process.stdout.write('begin\n')
await inTransaction(async (trx) => {
  await executeBatch({ batchId: Number(batchId) }, Actor.system(), trx)
  if (where !== 'inside') return
  process.stdout.write('inside\n')
  await new Promise(() => setInterval(() => {}, 1_000))
})
process.stdout.write('done\n')
process.exit(0)
