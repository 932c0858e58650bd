/**
 * A process of its own that works the queue: `job_child.ts <date>`. It waits for a line, says `begin`
 * and works until nothing is left. A line that is not empty is a pattern: it dies by itself, without
 * any goodbye, on sending the first query that matches.
 */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createIgnitor } from '../../../bin/ignitor.js'

const [date] = process.argv.slice(2)
const app = createIgnitor().createApp('console')
await app.init()
await app.boot()
await app.start(async () => {})

const { clock } = await import('#shared/clock')
const { drainJobs, releaseLostJobs } = await import('#shared/jobs/queue')
const { default: db } = await import('@adonisjs/lucid/services/db')

clock.freeze(date)
const [pattern] = await once(createInterface({ input: process.stdin }), 'line')
if (pattern) {
  db.connection()
    .getWriteClient()
    .on('query', ({ sql }) => {
      if (new RegExp(pattern).test(sql)) process.kill(process.pid, 'SIGKILL')
    })
}
await releaseLostJobs()
process.stdout.write('begin\n')
await drainJobs()
process.exit(0)
