import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { approveDifference, returnDifference } from '#pay/actions/differences'
import { prepareChanges } from '#pay/actions/prepare_changes'
import { putWageBase } from '#pay/actions/wage_base'
import { countChanges } from '#pay/jobs/count_changes'
import { changedSlips } from '#pay/queries/changed_slips'
import { differenceById, differencesOf } from '#pay/queries/differences'
import { payInbox } from '#pay/queries/pay_inbox'
import { runById } from '#pay/queries/runs'
import { linesOf } from '#pay/queries/slip_lines'
import { slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { wageBasesOn } from '#pay/queries/wage_bases'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { formatFen } from '#shared/money'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenAssignment, givenUnit, givenUser } from '#tests/support/givens'
import {
  at,
  compute,
  givenCorrection,
  givenPayroll,
  givenReleased,
  givenRun,
  TODAY,
} from './givens.js'

const MAY = { monthFrom: '2022-05', monthTo: '2022-05', payMonth: '2022-05' }

test.group('Changes since a month was released', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function givenReleasedMay(size = 2) {
    const { office, unitId, personIds } = await givenPayroll(size)
    const runId = await givenReleased(office, unitId, MAY)
    const run = () => runById(runId)
    return { office, unitId, personIds, runId, run }
  }

  /** The base of everybody, with something else from May on. */
  const changeBase = async (personId: number, values: Record<string, unknown>) => {
    const base = (await wageBasesOn([personId], '2022-12-31')).get(personId)!
    await inTransaction((trx) =>
      putWageBase(trx, personId, '2022-05-01', {
        step: base.step,
        pension_base_fen: base.pensionBaseFen,
        housing_base_fen: base.housingBaseFen,
        allowance_fen: base.allowanceFen,
        account_sealed: base.accountSealed,
        account_masked: base.accountMasked,
        ...values,
      })
    )
  }

  test('a higher step and a lower allowance: both signs, each with its fact, once', async ({
    assert,
  }) => {
    const { office, unitId, personIds, runId, run } = await givenReleasedMay()
    assert.deepEqual(await changedSlips(await run()), { changes: [], unknown: [] })
    await changeBase(personIds[0], { step: 2 })
    await changeBase(personIds[1], { allowance_fen: 500_00 })
    const { changes } = await changedSlips(await run())
    assert.deepEqual(
      changes.map(({ personId, itemName, openFen }) => [personId, itemName, openFen]),
      [
        [personIds[0], '薪级工资', 11_00],
        [personIds[1], '津贴补贴', -100_00],
      ]
    )
    assert.equal(changes[0].fact, '薪级工资标准 91.00（1级） → 102.00（2级）')
    assert.equal(changes[1].fact, '津贴补贴标准 600.00 → 500.00')

    const { version } = await at(runId)
    const prepare = () => prepareChanges({ runId, version, absent: '不在岗' }, office.officer)
    const both = await Promise.allSettled([prepare(), prepare()])
    assert.lengthOf(
      both.filter(({ status }) => status === 'fulfilled'),
      1
    )
    const differences = await differencesOf({ units: 'all' })
    assert.sameMembers(
      differences.map(({ amountFen }) => amountFen),
      [11_00, -100_00]
    )
    assert.deepEqual(
      (await changedSlips(await run())).changes.map(({ openFen }) => openFen),
      [0, 0]
    )
    for (const { id } of differences) await approveDifference({ id, version: 1 }, office.head)

    const june = await givenRun(office, unitId)
    await compute(office, june)
    const lines = (await linesOf((await slipList({ runId: june })).map(({ id }) => id))).filter(
      ({ differenceId }) => differenceId
    )
    assert.sameDeepMembers(
      lines.map(({ name, amountFen }) => [name, amountFen]),
      [
        ['补发薪级工资', 11_00],
        ['扣回津贴补贴', -100_00],
      ]
    )
    assert.deepEqual((await verifyRun(june)).differences, [])
  })

  test('what was paid too much comes back in equal parts to the fen, told on the slip', async ({
    client,
    assert,
  }) => {
    const { office, unitId, personIds, runId } = await givenReleasedMay(1)
    await changeBase(personIds[0], { allowance_fen: 500_00 })
    const user = await givenUser({ role: 'pay_officer', unitId })
    const path = `/pay/runs/${runId}/changes`
    const shown = await client.get(path).loginAs(user)
    assert.include(shown.text(), 'name="instalments"')
    const { version } = await at(runId)
    const send = (instalments: string) =>
      client
        .post(path)
        .loginAs(user)
        .withCsrfToken()
        .header('referer', path)
        .form({ version, instalments, _form: path })
    const refused = await send('0')
    assert.include(refused.text(), 'aria-invalid="true"')
    assert.deepEqual(await differencesOf({ units: 'all' }), [])
    await send('3')
    const [{ id, amountFen, instalmentFen }] = await differencesOf({ units: 'all' })
    assert.deepEqual([amountFen, instalmentFen], [-100_00, 33_34])
    await approveDifference({ id, version: 1 }, office.head)

    const taken: number[] = []
    for (const month of ['2022-06', '2022-07', '2022-08', '2022-09']) {
      clock.freeze(`${month}-20`)
      const next = await givenReleased(office, unitId, {
        monthFrom: month,
        monthTo: month,
        payMonth: month,
      })
      const [slip] = await slipList({ runId: next })
      const line = (await linesOf([slip.id])).find(({ differenceId }) => differenceId === id)
      if (!line) continue
      taken.push(line.amountFen)
      assert.deepEqual((await verifyRun(next)).differences, [])
      const page = (await client.get(`/pay/slips/${slip.id}`).loginAs(user)).text()
      assert.include(page, '分次扣回，每次最多 ¥33.34')
      const rest = -100_00 - taken.reduce((sum, fen) => sum + fen, 0)
      if (rest === 0) assert.notInclude(page, '本次后还剩')
      else assert.include(page, `本次后还剩 ${formatFen(rest)}`)
    }
    assert.deepEqual(taken, [-33_34, -33_34, -33_32])
    assert.equal((await differenceById(id)).settledFen, -100_00)
  })

  test('months that wait are in the inbox of the pay officer of the unit until they are prepared', async ({
    assert,
  }) => {
    const { office, unitId, personIds, runId } = await givenReleasedMay()
    const inUnit = async (of: number) => givenActor({ role: 'pay_officer', unitId: of })
    const own = await inUnit(unitId)
    const others = [await inUnit(await givenUnit({ name: '报社' })), office.head, office.cashier]
    const told = async (actor: Actor) =>
      (await payInbox(actor, (key, params) => `${key} ${params?.count}`))
        .filter(({ url }) => url === `/pay/runs/${runId}/changes`)
        .map(({ title }) => title)
    await changeBase(personIds[0], { step: 2 })
    await changeBase(personIds[1], { allowance_fen: 500_00 })
    assert.equal(await countChanges(), 2)
    assert.deepEqual(await told(own), ['pay.inbox.changes 2'])
    for (const actor of others) assert.deepEqual(await told(actor), [])

    await changeBase(personIds[1], { allowance_fen: 600_00 })
    assert.equal(await countChanges(), 1)
    await prepareChanges({ ...(await at(runId)), absent: '不在岗' }, office.officer)
    assert.deepEqual(await told(own), [])
    assert.equal(await countChanges(), 0)
    const [{ id }] = await differencesOf({ units: 'all' })
    await returnDifference({ id, version: 1 }, office.head)
    assert.equal(await countChanges(), 1)
    assert.deepEqual(await told(own), ['pay.inbox.changes 1'])

    // what is older than a year is counted as long as it waits
    clock.freeze('2023-06-01')
    await changeBase(personIds[1], { allowance_fen: 500_00 })
    assert.equal(await countChanges(), 2)
    await prepareChanges({ ...(await at(runId)), absent: '不在岗' }, office.officer)
    await changeBase(personIds[1], { allowance_fen: 400_00 })
    assert.equal(await countChanges(), 0)
    assert.deepEqual(await told(own), [])
  })

  test('records that are put right again take back what they had given', async ({ assert }) => {
    const { office, personIds, runId, run } = await givenReleasedMay()
    const prepare = async () =>
      prepareChanges({ ...(await at(runId)), absent: '不在岗' }, office.officer)
    await changeBase(personIds[0], { step: 2 })
    await prepare()
    await changeBase(personIds[0], { step: 1 })
    const [back] = (await changedSlips(await run())).changes
    assert.deepInclude(back, { paidFen: 91_00, nowFen: 91_00, preparedFen: 11_00, openFen: -11_00 })
    assert.equal(back.fact, '薪级工资标准 91.00（1级）')
    await prepare()
    assert.deepEqual((await changedSlips(await run())).changes, [])
    assert.sameMembers(
      (await differencesOf({ units: 'all' })).map(({ amountFen }) => amountFen),
      [11_00, -11_00]
    )
    // a difference that somebody wrote by hand says something that no record says: it stays
    const [, slip] = await slipList({ runId })
    await givenCorrection(office, slip, 50_00)
    assert.deepEqual((await changedSlips(await run())).changes, [])
  })

  test('what can not be computed today is named and takes nothing back', async ({ assert }) => {
    const { personIds, run } = await givenReleasedMay()
    await changeBase(personIds[0], { step: 99 })
    const { changes, unknown } = await changedSlips(await run())
    assert.deepEqual(changes, [])
    assert.deepEqual(
      unknown.map(({ missing }) => missing),
      [['薪级工资标准']]
    )
  })

  test('who would be paid by two units today, or by none, is named and gives nothing back', async ({
    assert,
  }) => {
    const { personIds, run } = await givenReleasedMay()
    const other = await givenUnit({ name: '报社' })
    const [two, none] = personIds
    const set = (personId: number, values: Record<string, string>) =>
      db.from('assignments').where('person_id', personId).update(values)
    await set(two, { paid_from: '2022-05' })
    await givenAssignment(two, other, {
      employment_type: 'establishment',
      valid_from: '2019-01-01',
      valid_to: '2022-05-20',
      paid_through: '2022-05',
    })
    await set(none, { valid_to: '2022-05-20', paid_through: '2022-04' })
    const { changes, unknown } = await changedSlips(await run())
    assert.deepEqual(changes, [])
    assert.sameDeepMembers(
      unknown.map(({ missing }) => missing[0].split('|')[0]),
      ['two_units', 'no_unit']
    )
  })

  test('only a released month; nothing changed is said', async ({ assert }) => {
    const { office, unitId, runId } = await givenReleasedMay(1)
    const { version } = await at(runId)
    const absent = '不在岗'
    await assert.rejects(
      () => prepareChanges({ runId, version, absent }, office.officer),
      'pay.errors.no_changes'
    )
    const june = await givenRun(office, unitId)
    await assert.rejects(
      () => prepareChanges({ runId: june, version: 1, absent }, office.officer),
      'pay.errors.not_released_month'
    )
  })
})
