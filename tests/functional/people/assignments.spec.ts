import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Row } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import {
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUnit,
  rowsOf,
} from '#tests/support/givens'
import { endAssignment } from '#people/actions/end_assignment'
import { moveAssignments, type Move } from '#people/actions/move_assignments'
import { openAssignment } from '#people/actions/open_assignment'
import {
  assignmentsAsOf,
  livingAssignments,
  mainAssignmentOf,
  timelineOf,
} from '#people/queries/assignments'

const actor = Actor.system('test')

const moveOf = (assignmentId: number, unitId: number, values: Partial<Move> = {}): Move => ({
  assignmentId,
  unitId,
  departmentId: null,
  postId: null,
  employmentType: 'establishment',
  fundingType: 'full',
  quotaCategory: 'professional',
  paidThrough: '2026-03',
  paidFrom: '2026-04',
  ...values,
})

async function move(moves: Move[], effectiveOn = '2026-04-01') {
  const documentId = await givenDocument()
  return inTransaction((trx) =>
    moveAssignments(trx, actor, {
      moves,
      effectiveOn,
      documentId,
      sourceType: 'transfer_batch',
      sourceId: 7,
    })
  )
}

test.group('Assignments', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2026-04-01')
    return () => clock.release()
  })

  test('a move closes the old row by a copy and opens the new one; nothing is overwritten', async ({
    assert,
  }) => {
    const [from, to] = [await givenUnit(), await givenUnit()]
    const personId = await givenPerson()
    const oldId = await givenAssignment(personId, from, {
      grade: 'professional_7',
      leader_post: true,
      paid_from: '2020-01',
    })
    const [before] = await rowsOf('assignments')

    await move([moveOf(oldId, to)])

    const [old, closed, opened] = await rowsOf('assignments')
    assert.deepEqual(withoutFate(old), withoutFate(before))
    assert.equal(old.superseded_by, closed.id)
    assert.equal(old.superseded_at, clock.now())
    assert.containsSubset(closed, {
      unit_id: from,
      valid_from: '2020-01-01',
      valid_to: '2026-04-01',
      paid_from: '2020-01',
      paid_through: '2026-03',
      supersedes: oldId,
      superseded_by: null,
      open_main: null,
    })
    assert.containsSubset(opened, {
      unit_id: to,
      valid_from: '2026-04-01',
      valid_to: null,
      paid_from: '2026-04',
      employment_type: 'establishment',
      funding_type: 'full',
      quota_category: 'professional',
      grade: 'professional_7',
      leader_post: 1,
      source: 'transfer',
      source_type: 'transfer_batch',
      source_id: 7,
      supersedes: null,
      open_main: 1,
    })
  })

  test('as of a date, and as it was known on one', async ({ assert }) => {
    const [from, to] = [await givenUnit({ name: '报社' }), await givenUnit({ name: '融媒体中心' })]
    const personId = await givenPerson()
    const id = await givenAssignment(personId, from, { recorded_at: '2026-01-05 02:00:00.000' })
    await move([moveOf(id, to)])

    assert.equal((await mainAssignmentOf(personId, '2026-03-31'))!.unitName, '报社')
    assert.equal((await mainAssignmentOf(personId, '2026-04-01'))!.unitName, '融媒体中心')
    assert.isNull(await mainAssignmentOf(personId, '2019-12-31'))
    const known = (knownOn: string) =>
      assignmentsAsOf('2026-04-02', { personIds: [personId], knownOn })
    assert.deepEqual(
      (await known('2026-03-31')).map((row) => row.unitName),
      ['报社']
    )
    assert.deepEqual(
      (await known('2026-04-01')).map((row) => row.unitName),
      ['融媒体中心']
    )
    assert.lengthOf(await known('2026-01-04'), 0)
    assert.deepEqual(
      (await timelineOf(personId)).map((row) => [row.validFrom, row.validTo]),
      [
        ['2026-04-01', null],
        ['2020-01-01', '2026-04-01'],
      ]
    )
    assert.lengthOf(await timelineOf(personId, '2026-03-31'), 1)
  })

  test('one changed assignment stops the whole move and is named', async ({ assert }) => {
    const [from, to] = [await givenUnit(), await givenUnit()]
    const fine = await givenAssignment(await givenPerson({ name: '王芳' }), from)
    const gone = await givenAssignment(await givenPerson({ name: '李静' }), from)
    await endAssignment({ assignmentId: gone, endsOn: '2026-02-01', reason: '辞职' }, actor)
    const before = await rowsOf('assignments')

    const error: any = await move([moveOf(fine, to), moveOf(gone, to)]).catch((caught) => caught)

    assert.equal(error.key, 'people.errors.assignment_changed')
    assert.equal(error.params.names, '李静')
    assert.deepEqual(await rowsOf('assignments'), before)
  })

  test('the same assignment twice, or one that begins later, is refused', async ({ assert }) => {
    const [from, to] = [await givenUnit(), await givenUnit()]
    const id = await givenAssignment(await givenPerson(), from)
    const later = await givenAssignment(await givenPerson(), from, { valid_from: '2026-05-01' })
    for (const moves of [[moveOf(id, to), moveOf(id, to)], [moveOf(later, to)]]) {
      const error: any = await move(moves).catch((caught) => caught)
      assert.equal(error.key, 'people.errors.assignment_changed')
    }
    assert.lengthOf(await rowsOf('assignments'), 2)
  })

  test('one that begins on the day of the move never held and is replaced', async ({ assert }) => {
    const [from, to] = [await givenUnit(), await givenUnit()]
    const personId = await givenPerson()
    const id = await givenAssignment(personId, from, { valid_from: '2026-04-01' })
    await move([moveOf(id, to)])
    const [old, opened] = await rowsOf('assignments')
    assert.equal(old.superseded_by, opened.id)
    assert.equal(opened.supersedes, id)
    assert.deepEqual(
      (await timelineOf(personId)).map((row) => row.unitId),
      [to]
    )
  })

  test('many people move at once', async ({ assert }) => {
    const [from, to] = [await givenUnit(), await givenUnit()]
    const moves: Move[] = []
    for (let index = 0; index < 120; index++) {
      const personId = await givenPerson({ name: `人${index}` })
      moves.push(moveOf(await givenAssignment(personId, from), to, { paidThrough: null }))
    }
    await move(moves)
    assert.lengthOf(await assignmentsAsOf('2026-04-01', { unitIds: [to], kind: 'main' }), 120)
    assert.lengthOf(await assignmentsAsOf('2026-04-01', { unitIds: [from] }), 0)
    assert.lengthOf(await assignmentsAsOf('2026-03-31', { unitIds: [from] }), 120)
    assert.lengthOf(await rowsOf('assignments'), 360)
    assert.lengthOf(await db.from('assignments').whereRaw('superseded_by = id'), 0)
  })

  test('a second open main assignment is refused by the action and by the database', async ({
    assert,
  }) => {
    const [one, two] = [await givenUnit(), await givenUnit()]
    const personId = await givenPerson()
    await givenAssignment(personId, one)
    const open = (values: object) =>
      openAssignment(
        {
          personId,
          kind: 'main',
          unitId: two,
          employmentType: 'contract',
          validFrom: '2026-04-01',
          source: 'test',
          ...values,
        },
        actor
      )
    for (const values of [{}, { validFrom: '2019-01-01', validTo: '2020-01-02' }]) {
      const error: any = await open(values).catch((caught) => caught)
      assert.equal(error.key, 'people.errors.main_overlaps')
    }
    await assert.rejects(() => givenAssignment(personId, two, { valid_from: '2026-04-01' }))
    assert.lengthOf(await rowsOf('assignments'), 1)

    await open({ validFrom: '2019-01-01', validTo: '2020-01-01' })
    await open({ kind: 'secondary' })
    assert.lengthOf(await rowsOf('assignments'), 3)
  })

  test('two who open a main assignment at the same time: one wins', async ({ assert }) => {
    const unitId = await givenUnit()
    const personId = await givenPerson()
    const open = (validFrom: string) =>
      openAssignment(
        {
          personId,
          kind: 'main',
          unitId,
          employmentType: 'contract',
          validFrom,
          source: 'test',
        },
        actor
      ).catch((error) => error.key)
    const results = await Promise.all([open('2026-04-01'), open('2026-04-02')])
    assert.lengthOf(await rowsOf('assignments'), 1)
    assert.include(results, 'people.errors.main_overlaps')
  })

  test('a dissolved unit takes nobody from that day on', async ({ assert }) => {
    const unitId = await givenUnit({ name: '报社', dissolved_on: '2026-03-31' })
    const personId = await givenPerson()
    const open = (validFrom: string, validTo: string | null) =>
      openAssignment(
        {
          personId,
          kind: 'main',
          unitId,
          employmentType: 'contract',
          validFrom,
          validTo,
          source: 'test',
        },
        actor
      )
    const error: any = await open('2026-03-31', null).catch((caught) => caught)
    assert.equal(error.key, 'people.errors.unit_dissolved')
    await open('2026-01-01', '2026-03-31')
    assert.lengthOf(await rowsOf('assignments'), 1)
  })

  test('an end is on record once; it cannot come before the beginning', async ({ assert }) => {
    const unitId = await givenUnit()
    const id = await givenAssignment(await givenPerson(), unitId)
    const end = (endsOn: string) =>
      endAssignment({ assignmentId: id, endsOn, reason: '退休' }, actor).catch((error) => error.key)
    assert.equal(await end('2020-01-01'), 'people.errors.ends_before_start')
    const closed = await end('2026-05-01')
    assert.equal(await end('2026-06-01'), 'people.errors.assignment_changed')
    assert.deepEqual([...(await livingAssignments([id], '2026-04-30'))], [id])
    assert.deepEqual([...(await livingAssignments([id, closed], '2026-05-01'))], [])
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.assignment.ended' }), 1)
  })
})

/** What a row says, without what became of it later. */
function withoutFate({ superseded_by, superseded_at, live, open_main, ...row }: Row) {
  return row
}
