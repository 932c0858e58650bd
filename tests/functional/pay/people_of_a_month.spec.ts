import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { checkRun } from '#pay/actions/move_run'
import { confirmSlip, objectToSlip, setAside } from '#pay/actions/slips'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenAssignment, givenPerson, givenUnit, rowsOf } from '#tests/support/givens'
import {
  at,
  compute,
  givenAllotment,
  givenBase,
  givenPayroll,
  givenRun,
  release,
  TODAY,
} from './givens.js'

test.group('Whom a month pays', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('one person without a base is listed by what is missing, set aside by reason, paid by the next run', async ({
    assert,
  }) => {
    const { office: people, unitId } = await givenPayroll(2)
    const personId = await givenPerson({ name: '新来的', name_pinyin: 'a xin' })
    await givenAssignment(personId, unitId, {
      employment_type: 'establishment',
      grade: 'professional_10',
    })
    const runId = await givenRun(people, unitId)
    await compute(people, runId)
    const [bad] = await slipList({ runId, state: 'missing' })
    assert.sameMembers(bad.missing, [
      '薪级工资标准',
      '津贴补贴标准',
      '养老医疗缴费基数',
      '公积金基数',
    ])
    await assert.rejects(
      async () => checkRun(await at(runId), people.officer),
      'pay.errors.missing_people'
    )
    await setAside({ slipId: bad.id, version: 1, reason: '工资关系未转来' }, people.officer)
    await release(people, runId)
    assert.lengthOf(await slipList({ runId, state: 'computed' }), 2)
    // there is nothing yet that its owner could answer to
    const owner = await givenActor({ personId })
    await assert.rejects(
      () => confirmSlip({ slipId: bad.id, version: 2 }, owner),
      'shared.errors.move'
    )
    await assert.rejects(
      () => objectToSlip({ slipId: bad.id, version: 2, text: '未发放' }, owner),
      'shared.errors.move'
    )
    await givenBase(personId)
    const next = await givenRun(people, unitId)
    assert.equal((await runById(next)).sequence, 2)
    await compute(people, next)
    const slips = await slipList({ runId: next })
    assert.deepEqual(
      slips.map((slip) => [slip.personId, slip.state]),
      [[personId, 'computed']]
    )
    await release(people, next)
    assert.lengthOf(await rowsOf('pay_months'), 3)
  })

  test('who moved in the middle of the year is paid once a month, and the tax starts again', async ({
    assert,
  }) => {
    const { office: people, unitId, personIds } = await givenPayroll(1)
    const old = await givenUnit({ name: '报社' })
    await givenAllotment(people, old, { part: 'basic', fen: 100_000_00 })
    const [personId] = personIds
    await db.from('wage_bases').update({ allowance_fen: 1_000_000, additional_deduction_fen: 0 })
    await db
      .from('assignments')
      .where('person_id', personId)
      .update({ valid_from: '2022-05-16', paid_from: '2022-06' })
    await givenAssignment(personId, old, {
      employment_type: 'establishment',
      grade: 'professional_10',
      valid_from: '2020-01-01',
      valid_to: '2022-05-16',
      paid_through: '2022-05',
    })
    const may = { monthFrom: '2022-05', monthTo: '2022-05', payMonth: '2022-05' }
    for (const [unit, input, count] of [
      [old, may, 1],
      [unitId, may, 0],
      [old, {}, 0],
      [unitId, {}, 1],
    ] as const) {
      const runId = await givenRun(people, unit, input)
      await compute(people, runId)
      const slips = await slipList({ runId })
      assert.lengthOf(slips, count, `${unit}`)
      if (count) {
        assert.equal(slips[0].taxFen, Math.round((13_771_00 - 1772_50 - 5_000_00) * 0.03))
        await release(people, runId)
      }
    }
  })

  test('a person whom two units would pay is an error on the run, by name of the units', async ({
    assert,
  }) => {
    const { office: people, unitId, personIds } = await givenPayroll(1)
    const other = await givenUnit({ name: '报社' })
    await db.from('assignments').update({ paid_from: '2022-06' })
    await givenAssignment(personIds[0], other, {
      employment_type: 'establishment',
      valid_from: '2019-01-01',
      valid_to: '2022-06-20',
      paid_through: '2022-06',
    })
    const runId = await givenRun(people, unitId)
    await compute(people, runId)
    const [slip] = await slipList({ runId })
    assert.equal(slip.state, 'missing')
    assert.match(slip.missing[0], /^two_units\|/)
  })
})
