import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { createDepartment } from '#organization/actions/departments_and_posts'
import { executeUnitChange } from '#organization/actions/execute_unit_change'
import { proposeUnitChange } from '#organization/actions/propose_unit_change'
import { openAssignment } from '#people/actions/open_assignment'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenPerson, givenUnit, rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'

const ROUNDS = 10
const DAY = '2022-03-01'

test.group('Units, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(DAY)
    return () => clock.release()
  })

  test('nobody begins and nothing opens in a unit at the moment of its end', async ({ assert }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const head = await givenActor({ role: 'hr_head' })
    const documentId = await givenDocument()
    for (let round = 0; round < ROUNDS; round++) {
      const unitId = await givenUnit()
      const changeId = await proposeUnitChange(
        {
          kind: 'dissolve',
          effectiveOn: DAY,
          documentId,
          reason: null,
          predecessorIds: [unitId],
          successorIds: [],
        },
        officer
      )
      const personId = await givenPerson()
      const begin = () =>
        openAssignment(
          {
            personId,
            kind: 'main',
            unitId,
            employmentType: 'contract',
            validFrom: DAY,
            source: 'event',
          },
          officer
        )
      const found = () => createDepartment({ unitId, name: '总编室', validFrom: DAY }, officer)
      const end = () => executeUnitChange({ changeId, version: 1, settlements: {} }, head)
      await together(round % 2 ? [end, begin, found] : [begin, end, found])
      const { dissolved_on: dissolvedOn } = await db.from('units').where('id', unitId).firstOrFail()
      const people = await rowsOf('assignments', { unit_id: unitId })
      const open = await rowsOf('departments', { unit_id: unitId, valid_to: null })
      assert.deepEqual(
        [people.length, open.length].map((count) => dissolvedOn !== null && count > 0),
        [false, false],
        `round ${round}`
      )
    }
  }).timeout(120_000)
})
