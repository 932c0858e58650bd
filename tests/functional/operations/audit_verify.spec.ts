import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import { sealEvents } from '#audit/actions/seal'
import { contentHash, sealHash } from '#audit/domain/chain'
import { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { writeManifest, type AuditAnchor } from '#shared/operations/manifest'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import AuditVerify from '../../../commands/audit_verify.js'
import { here, ownPlaces } from './places.js'

test.group('audit:verify', (group) => {
  let places: ReturnType<typeof ownPlaces>
  group.each.setup(async () => {
    places = ownPlaces()
    await emptyDatabase()
    await givenEvents(8)
  })
  group.each.teardown(() => {
    places.remove()
  })

  async function givenEvents(count: number) {
    await inTransaction(async (trx) => {
      for (let number = 1; number <= count; number++) {
        await record(trx, Actor.system('test'), {
          action: 'operations.test.done',
          subjectType: 'test',
          subjectId: number,
          changes: { number },
        })
      }
    })
    await sealEvents()
  }

  const verify = (...args: string[]) => here(AuditVerify, args)

  async function manifestOf(audit: AuditAnchor) {
    mkdirSync(places.BACKUP_DIR, { recursive: true })
    await writeManifest(places.BACKUP_DIR, {
      createdAt: '2026-01-01 00:00:00.000',
      database: 'sqlite',
      schema: 'x',
      tables: {},
      files: [],
      audit,
    })
    return `--manifest=${join(places.BACKUP_DIR, 'manifest.json')}`
  }

  const setEvent = (sequence: number, values: object) =>
    db.from('audit_events').where({ sequence }).update(values)

  test('an untouched chain holds, unsealed events do not disturb it', async ({ assert }) => {
    await inTransaction((trx) =>
      record(trx, Actor.system('test'), {
        action: 'operations.test.done',
        subjectType: 'test',
        subjectId: 9,
      })
    )
    const { code, output: text } = await verify()
    assert.equal(code, 0)
    assert.include(text, 'head 8')
    assert.include(text, '1 events not sealed yet')
  })

  for (const [column, value] of [
    ['changes', '{"number":99}'],
    ['actor_name', 'somebody else'],
    ['occurred_at', '2020-01-01 00:00:00.000'],
    ['action', 'operations.test.undone'],
  ]) {
    test(`a changed ${column} is found`, async ({ assert }) => {
      await setEvent(4, { [column]: value })
      const { code, output: text } = await verify()
      assert.equal(code, 1)
      assert.include(text, 'content_changed: sequence 4')
    })
  }

  test('a change with its own hash made anew is found by the chain', async ({ assert }) => {
    const [row] = await rowsOf('audit_events', { sequence: 4 })
    const forged = contentHash({
      uid: row.uid,
      occurredAt: row.occurred_at,
      actorId: null,
      actorName: row.actor_name,
      onBehalfOf: null,
      action: row.action,
      subjectType: row.subject_type,
      subjectId: 4,
      requestId: null,
      changes: { number: 99 },
    })
    await setEvent(4, { changes: '{"number":99}', content_hash: forged })
    const { code, output: text } = await verify()
    assert.equal(code, 1)
    assert.include(text, 'chain_broken: sequence 4')
  })

  test('a deletion is found', async ({ assert }) => {
    await db.from('audit_events').where({ sequence: 5 }).delete()
    const { code, output: text } = await verify()
    assert.equal(code, 1)
    assert.include(text, 'gap: sequence 6')
  })

  test('an insertion is found', async ({ assert }) => {
    const [row] = await rowsOf('audit_events', { sequence: 8 })
    const { id, ...copy } = row
    const content = contentHash({ ...contentOf(copy), uid: 'forged' })
    await db.table('audit_events').insert({
      ...copy,
      uid: 'forged',
      content_hash: content,
      sequence: 9,
      previous_hash: row.hash,
      hash: sealHash(9, row.hash, content),
    })
    const { code, output: text } = await verify()
    assert.equal(code, 1)
    assert.include(text, 'cut_off: sequence 8')
  })

  test('a reorder is found', async ({ assert }) => {
    await setEvent(3, { sequence: 100 })
    await setEvent(4, { sequence: 3 })
    await setEvent(100, { sequence: 4 })
    const { code, output: text } = await verify()
    assert.equal(code, 1)
    assert.include(text, 'chain_broken: sequence 3')
  })

  test('a cut-off tail is found by the head row', async ({ assert }) => {
    await db.from('audit_events').where('sequence', '>', 6).delete()
    const { code, output: text } = await verify()
    assert.equal(code, 1)
    assert.include(text, 'cut_off: sequence 8')
  })

  test('a tail cut off together with the head row is found by the manifest of a backup', async ({
    assert,
  }) => {
    const head = await db.from('audit_heads').where('id', 1).firstOrFail()
    const anchor = await manifestOf({ sequence: Number(head.sequence), hash: head.hash })
    const whole = await verify(anchor)
    assert.equal(whole.code, 0)

    const [last] = await rowsOf('audit_events', { sequence: 6 })
    await db.from('audit_events').where('sequence', '>', 6).delete()
    await db.from('audit_heads').where('id', 1).update({ sequence: 6, hash: last.hash })
    const shortened = await verify()
    assert.equal(shortened.code, 0)
    const { code, output: text } = await verify(anchor)
    assert.equal(code, 1)
    assert.include(text, 'cut_off: sequence 8')
  })

  test('a manifest that is missing is refused by name', async ({ assert }) => {
    const missing = await verify(`--manifest=${places.root}`)
    assert.equal(missing.code, 1)
    assert.include(missing.output, 'There is no manifest')
  })
})

function contentOf(row: any) {
  return {
    uid: row.uid,
    occurredAt: row.occurred_at,
    actorId: row.actor_id,
    actorName: row.actor_name,
    onBehalfOf: row.on_behalf_of,
    action: row.action,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    requestId: row.request_id,
    changes: JSON.parse(row.changes),
  }
}
