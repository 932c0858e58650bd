/**
 * Writes until it is told to stop, killed, or done with so many writes. Each write has a key and is tried with the same key
 * until it is acknowledged; the acknowledgement is on disk before the next write begins.
 */
import { appendFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createIgnitor } from '../../../../bin/ignitor.js'

const [acknowledged, given, writers, most = 'no end'] = process.argv.slice(2)
const app = createIgnitor().createApp('console')
await app.init()
await app.boot()

const { Actor } = await import('#shared/actor')
const { clock } = await import('#shared/clock')
const { once } = await import('#shared/once')
const { record } = await import('#audit/actions/record')

let stopped = false
let begun = 0
const limit = most === 'no end' ? Infinity : Number(most)
process.on('message', () => (stopped = true))

/** A row, its event and its idempotency key: all three or none. */
function write(key: string) {
  return once(key, 'faults.write', null, async (trx) => {
    const row = { name: key, valid_from: '2026-01-01', value: '1', version: 1 }
    await trx.table('settings').insert({ ...row, created_at: clock.now() })
    await record(trx, Actor.system('writer'), {
      action: 'operations.fault.written',
      subjectType: 'fault',
      subjectId: null,
      changes: { key },
    })
    return key
  })
}

async function writeForEver() {
  while (!stopped && begun++ < limit) {
    const key = randomUUID()
    for (;;) {
      try {
        await write(key)
        break
      } catch (error: any) {
        appendFileSync(`${acknowledged}.errors`, `${error.code ?? error.name}\n`)
        if (given === 'give-up') process.exit(3)
        await sleep(50)
      }
    }
    appendFileSync(acknowledged, `${key}\n`)
  }
}

process.send?.('writing')
await Promise.all(Array.from({ length: Number(writers) }, writeForEver))
await app.terminate()
process.exit(0)
