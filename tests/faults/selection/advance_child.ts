/**
 * A process of its own that brings a round as far as its dates allow: `advance_child.ts <round id>
 * <date> <stop>`. On sending its write number `stop` it dies by itself, without any goodbye; 0 lets it
 * work to its end. A COMMIT counts as a write, and is named by `commit <number>`; the end by `done
 * <writes>`.
 */
import { writeSync } from 'node:fs'
import { createIgnitor } from '../../../bin/ignitor.js'

const [roundId, date, stop] = process.argv.slice(2)
const app = createIgnitor().createApp('console')
await app.init()
await app.boot()
await app.start(async () => {})

const { clock } = await import('#shared/clock')
const { advanceRound } = await import('#selection/actions/advance')
const { default: db } = await import('@adonisjs/lucid/services/db')

clock.freeze(date)
let writes = 0
db.connection()
  .getWriteClient()
  .on('query', ({ sql }) => {
    if (!/^(insert|update|delete|commit)\b/i.test(sql)) return
    writes++
    if (writes === Number(stop)) process.kill(process.pid, 'SIGKILL')
    if (/^commit/i.test(sql)) writeSync(1, `commit ${writes}\n`)
  })
await advanceRound(Number(roundId))
writeSync(1, `done ${writes}\n`)
process.exit(0)
