import { test } from '@japa/runner'
import { answerObjection, confirmRecord, objectToRecord } from '#people/actions/confirm_record'
import { correctPerson } from '#people/actions/correct_person'
import { createPerson } from '#people/actions/create_person'
import { mergePeople } from '#people/actions/merge_people'
import { openAssignment } from '#people/actions/open_assignment'
import { createEvent } from '#people/actions/save_event'
import { undoMerge } from '#people/actions/undo_merge'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { dbChecksPort } from '#shared/ports/db_checks'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenUnit, rowsOf } from '#tests/support/givens'
import { overtaking } from '#tests/support/overtaking'
import { together } from '#tests/support/together'

const ROUNDS = 5
const actor = Actor.system('test')
const name = '王芳'
const person = () => createPerson({ name, birthOn: '1980-01-01' }, actor)
const merge = (keptId: number, mergedId: number) => () =>
  mergePeople({ keptId, mergedId, reason: '同一人重复登记' }, actor)

test.group('Records of people, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2026-06-01')
    return () => clock.release()
  })

  test('two corrections of one record at once: one stands, the other is told', async ({
    assert,
  }) => {
    const personId = await person()
    for (let version = 1; version <= ROUNDS; version++) {
      const correct = (remark: string) => () =>
        correctPerson(
          {
            personId,
            version,
            values: { name, birthOn: '1980-01-01', remark },
            reason: '补录',
            documentNo: null,
          },
          actor
        )
      const refusals = await together([correct(`甲${version}`), correct(`乙${version}`)])
      assert.deepEqual(refusals, ['shared.errors.stale'])
    }
    const revisions = await rowsOf('person_revisions', { person_id: personId })
    assert.lengthOf(revisions, ROUNDS)
  })

  test('a record confirmed, objected to and answered at once has one word, and keeps the one before', async ({
    assert,
  }) => {
    const personId = await person()
    await objectToRecord({ personId, version: 1, objection: '学历不对' }, actor)
    const input = { personId, version: 2 }
    const refusals = await together([
      () => confirmRecord(input, actor),
      () => objectToRecord({ ...input, objection: '还是不对' }, actor),
      () => answerObjection({ ...input, reason: '已核对' }, actor),
    ])
    assert.lengthOf(refusals, 2)
    assert.includeMembers(['shared.errors.stale', 'shared.errors.move'], refusals)
    const [revision, ...others] = await rowsOf('person_revisions', { person_id: personId })
    assert.equal(JSON.parse(revision.data).objection, '学历不对')
    assert.lengthOf(others, 0)
  })

  test('two records merged by two at once, each way: one merge', async ({ assert }) => {
    const [first, second] = [await person(), await person()]
    const refusals = await together([merge(first, second), merge(second, first)])
    assert.deepEqual(refusals, ['people.errors.merge_twice'])
    assert.lengthOf(await rowsOf('person_merges'), 1)
  })

  test('what goes back to its record is not moved on by another merge', async ({ assert }) => {
    const [keptId, mergedId, third] = [await person(), await person(), await person()]
    const assignmentId = await givenAssignment(mergedId, await givenUnit())
    const mergeId = await merge(keptId, mergedId)()
    const refusals = await overtaking(
      (trx) => undoMerge({ mergeId, version: 1 }, actor, trx),
      merge(third, keptId)
    )
    assert.deepEqual(refusals, [])
    const [{ merged_into: leadsTo }] = await rowsOf('persons', { id: mergedId })
    assert.isNull(leadsTo)
    const [{ person_id: holder }] = await rowsOf('assignments', { id: assignmentId })
    assert.equal(holder, mergedId)
    for (const { name: check, findings } of await dbChecksPort.run()) {
      assert.deepEqual(findings, [], check)
    }
  })

  test('a record gets no assignment while it is merged into another one', async ({ assert }) => {
    const [keptId, mergedId, unitId] = [await person(), await person(), await givenUnit()]
    const refusals = await overtaking(
      (trx) => mergePeople({ keptId, mergedId, reason: '同一人' }, actor, trx),
      () =>
        openAssignment(
          {
            personId: mergedId,
            kind: 'main',
            unitId,
            employmentType: 'contract',
            validFrom: '2026-06-01',
            source: 'event',
          },
          actor
        )
    )
    assert.deepEqual(refusals, ['people.errors.merge_twice'])
    assert.lengthOf(await rowsOf('assignments'), 0)
  })

  test('no event is written down for a record while it is merged into another one', async ({
    assert,
  }) => {
    const [keptId, mergedId, unitId] = [await person(), await person(), await givenUnit()]
    await givenAssignment(mergedId, unitId)
    const leaving = {
      kind: 'resign' as const,
      personId: mergedId,
      unitId: null,
      effectiveOn: '2026-06-30',
      untilOn: null,
      documentNo: '人事〔2026〕9号',
      reason: '个人原因',
      details: {},
    }
    const refusals = await overtaking(
      (trx) => mergePeople({ keptId, mergedId, reason: '同一人' }, actor, trx),
      () => createEvent(leaving, actor)
    )
    assert.deepEqual(refusals, ['people.errors.merge_twice'])
    assert.lengthOf(await rowsOf('personnel_events'), 0)
  })

  test('one merge taken back by two at once is taken back once', async ({ assert }) => {
    const [keptId, mergedId] = [await person(), await person()]
    const mergeId = await merge(keptId, mergedId)()
    const undo = () => undoMerge({ mergeId, version: 1 }, actor)
    assert.deepEqual(await together([undo, undo]), ['shared.errors.move'])
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.person.unmerged' }), 2)
  })
})
