/** `node ace jobs:work` with one job kind more, which ends when a file appears. */
import { appendFileSync, existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createIgnitor } from '../../../../bin/ignitor.js'

const ignitor = createIgnitor().tap((app) => {
  app.booted(async () => {
    const { registerJob } = await import('#shared/jobs/registry')
    registerJob<{ log: string; until: string }>('faults.wait', async ({ key, payload }) => {
      appendFileSync(payload.log, `${key} begun\n`)
      process.send?.(key)
      while (!existsSync(payload.until)) await sleep(20)
      appendFileSync(payload.log, `${key} done\n`)
    })
  })
})

await ignitor.ace().handle(process.argv.slice(2))
