import { test } from '@japa/runner'
import { moveCycle } from '#performance/actions/move_cycle'
import { changesOf } from '#performance/queries/result_versions'
import { clock } from '#shared/clock'
import { insertRow, inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { cardsOf, givenCycle, givenOffice, givenTeam, versionOf } from './givens.js'

test.group('Whom the rules leave undetermined', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-12-20')
    return () => clock.release()
  })

  test('is rated so by a version with its reason and on record', async ({ assert }) => {
    const { unitId, personIds } = await givenTeam(2)
    await inTransaction((trx) =>
      insertRow(trx, 'personnel_events', {
        number: 'RS-1',
        kind: 'long_leave',
        state: 'done',
        person_id: personIds[0],
        unit_id: unitId,
        effective_on: '2022-02-01',
        until_on: '2022-11-01',
        version: 1,
        details: JSON.stringify({ leaveType: 'sick' }),
        created_at: clock.now(),
      })
    )
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    const { head } = await givenOffice()
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'calibrate' }, head)
    const [ill, well] = await cardsOf(cycleId)
    assert.deepInclude(ill, { outlook: 'undetermined', rating: 'undetermined', version: 2 })
    assert.deepInclude(well, { outlook: 'graded', rating: null, version: 1 })
    const [change, ...others] = await changesOf(ill.id)
    assert.deepInclude(change, { version: 1, stage: 'decision', ratingAfter: 'undetermined' })
    assert.include(change.reason!, '超过半年')
    assert.deepEqual(others, [])
    const [event] = await rowsOf('audit_events', { action: 'performance.card.decision' })
    assert.deepInclude(event, { subject_id: ill.id, actor_id: head.userId })
  })
})
