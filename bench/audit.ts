import { aside, eitherDatabase, fastest, withApp } from './process.support.js'
import type { Measured } from './run.js'

const WRITES = 200
const EVENTS = 1_000_000
const PIECE = 50_000
const SECONDS = 20
const DATABASE = 'tmp/bench-audit.sqlite3'
const NOW = '2026-06-01 04:00:00.000'

/**
 * One record saved with its event in the log, and the event's seal afterwards, against the same save
 * without; and the whole chain of a million events verified, against 20 seconds. Runs in a process
 * of its own, on a database that is made for it.
 */
export function run(): Promise<Measured[]> {
  return aside(import.meta.filename, eitherDatabase(DATABASE))
}

function measure(): Promise<Measured[]> {
  return withApp(async () => [await writes(), await verification()])
}

async function writes(): Promise<Measured> {
  const { Actor } = await import('../app/shared/actor.js')
  const { inTransaction, updateVersioned } = await import('../app/shared/database.js')
  const { record } = await import('../app/audit/actions/record.js')
  const { sealEvents } = await import('../app/audit/actions/seal.js')
  const { givenPerson } = await import('../tests/support/givens.js')
  const actor = Actor.system('bench')
  const id = await givenPerson()
  let version = 1

  const save = (audited: boolean) =>
    inTransaction(async (trx) => {
      const education = version % 2 ? 'undergraduate' : 'master'
      await updateVersioned(trx, 'persons', id, version, { education })
      version++
      if (!audited) return
      await record(trx, actor, {
        action: 'people.person.corrected',
        subjectType: 'person',
        subjectId: id,
        changes: { education: [null, education] },
      })
    })
  const [audited, plain] = await fastest([
    async () => {
      for (let count = 0; count < WRITES; count++) await save(true)
      await sealEvents()
    },
    async () => {
      for (let count = 0; count < WRITES; count++) await save(false)
    },
  ])
  return {
    name: 'a save with its event, sealed, against one without',
    ratio: audited / plain,
    bar: 3.5,
  }
}

async function verification(): Promise<Measured> {
  const { verifyChain } = await import('../app/audit/queries/verify_chain.js')
  await fill()
  const start = performance.now()
  const findings = await verifyChain()
  const seconds = (performance.now() - start) / 1_000
  if (findings.length > 0) throw new Error(JSON.stringify(findings[0]))
  const name = `${EVENTS} events verified, time to ${SECONDS} s`
  return { name, ratio: seconds / SECONDS, bar: 1 }
}

/** A sealed chain of so many events instead of what is there. */
async function fill() {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
  const { contentHash, GENESIS, sealHash } = await import('../app/audit/domain/chain.js')
  await db.from('audit_events').delete()
  let hash = GENESIS
  const sealed = (sequence: number) => {
    const content = {
      uid: `event-${sequence}`,
      occurredAt: NOW,
      actorId: null,
      actorName: 'bench',
      onBehalfOf: null,
      action: 'people.person.corrected',
      subjectType: 'person',
      subjectId: sequence,
      requestId: null,
      changes: { education: ['undergraduate', 'master'], remark: [null, '更正学历'] },
    }
    const previous = hash
    const own = contentHash(content)
    hash = sealHash(sequence, previous, own)
    return {
      uid: content.uid,
      occurred_at: NOW,
      actor_name: 'bench',
      action: content.action,
      subject_type: 'person',
      subject_id: sequence,
      changes: JSON.stringify(content.changes),
      content_hash: own,
      sequence,
      previous_hash: previous,
      hash,
      sealed_at: NOW,
    }
  }
  for (let done = 0; done < EVENTS; done += PIECE) {
    const rows = Array.from({ length: PIECE }, (_, index) => sealed(done + index + 1))
    await inTransaction((trx) => bulkInsert(trx, 'audit_events', rows))
  }
  await db.from('audit_heads').where('id', 1).update({ sequence: EVENTS, hash })
}

if (import.meta.main) console.log(JSON.stringify(await measure()))
