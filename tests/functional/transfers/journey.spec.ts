import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { checkCertificate } from '#shared/certificates/check'
import { dbChecksPort } from '#shared/ports/db_checks'
import { sealEvents } from '#audit/actions/seal'
import { verifyChain } from '#audit/queries/verify_chain'
import { quotaBalances } from '#organization/queries/quota_balances'
import { checkBatch } from '#transfers/actions/check_batch'
import { executeBatch } from '#transfers/actions/execute_batch'
import { reverseBatch } from '#transfers/actions/reverse_batch'
import { setLineTargets } from '#transfers/actions/set_line_targets'
import { splitWaitingLines } from '#transfers/actions/split_waiting_lines'
import { batchById } from '#transfers/queries/batches'
import { lineTotals } from '#transfers/queries/line_totals'
import { linesOf } from '#transfers/queries/lines'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit } from '#tests/support/givens'
import {
  checkAndSubmit,
  EFFECTIVE,
  executeOnItsDate,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenPost,
  givenSeats,
  givenSeatsLine,
  givenStaff,
  peopleOf,
  seatsOf,
  signAll,
  TODAY,
  versionOf,
} from './givens.js'

test.group('A batch from rule to certificate', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('people, seats and vacancies move on the date, once, and the certificate says so', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    for (let index = 0; index < 4; index++) {
      await givenStaff(city.tv, { post_id: city.editor, valid_from: '2016-01-01' })
    }
    const worker = await givenStaff(city.paper, {
      funding_type: 'partial',
      quota_category: 'support',
      grade: 'support_3',
    })
    await givenStaff(city.tv, {
      employment_type: 'contract',
      funding_type: null,
      quota_category: null,
      grade: null,
    })
    await givenSeats(city.tv, 2)
    await givenSeats(city.paper, 1, { funding: 'partial', category: 'management' })

    const batchId = await givenBatch(office.officer)
    const added = await givenLines(batchId, city, office.officer, [city.tv, city.paper])
    assert.equal(added, 7)
    assert.equal(await givenLines(batchId, city, office.officer, [city.tv, city.paper]), 0)
    const totals = await lineTotals(batchId)
    assert.deepInclude(totals, { people: 5, seats: 8, vacantSeats: 3 })

    const result = await checkAndSubmit(batchId, office.officer)
    assert.isTrue(result.passed, JSON.stringify(result))
    assert.deepEqual(await seatsOf(city.tv), { vacant: 0, reserved: 2, filled: 4 })
    assert.lengthOf(await db.from('transfer_claims'), 5)

    await signAll(batchId, office)
    assert.equal((await batchById(batchId)).state, 'scheduled')
    assert.lengthOf(await peopleOf(city.centre), 0)
    await assert.rejects(() => executeBatch({ batchId }, office.unit), /too_early/)

    await executeOnItsDate()
    const batch = await batchById(batchId)
    assert.equal(batch.state, 'executed')
    assert.lengthOf(await peopleOf(city.centre), 5)
    assert.lengthOf(await peopleOf(city.tv), 1)
    assert.deepEqual(await seatsOf(city.tv), { vacant: 0, reserved: 0, filled: 0 })
    assert.deepEqual(await seatsOf(city.centre), { vacant: 2, reserved: 0, filled: 4 })
    assert.deepEqual(await seatsOf(city.centre, 'partial'), { vacant: 1, reserved: 0, filled: 1 })
    assert.lengthOf(await db.from('transfer_claims'), 0)

    const moved = await db
      .from('assignments')
      .where({ person_id: worker.personId, open_main: 1 })
      .firstOrFail()
    assert.deepInclude(moved, {
      unit_id: city.centre,
      valid_from: EFFECTIVE,
      paid_from: '2022-03',
      quota_category: 'support',
      source_id: batchId,
    })
    const before = await quotaBalances({ asOf: '2022-02-28', unitIds: [city.centre] })
    assert.equal(
      before.reduce((sum, row) => sum + row.authorised, 0),
      0
    )

    const row = await db.from('certificates').where('id', batch.certificateId!).firstOrFail()
    assert.deepEqual(checkCertificate(row.body), [])
    const { body, sums } = JSON.parse(row.body)
    assert.deepEqual(
      sums.map((sum: any) => [sum.fundingType, sum.employmentType, sum.before, sum.after]),
      [
        [
          'full',
          'establishment',
          { people: 4, quota: 6, vacant: 2 },
          { people: 4, quota: 6, vacant: 2 },
        ],
        [null, 'contract', { people: 1, quota: 0, vacant: 0 }, { people: 1, quota: 0, vacant: 0 }],
        [
          'partial',
          'establishment',
          { people: 1, quota: 2, vacant: 1 },
          { people: 1, quota: 2, vacant: 1 },
        ],
      ]
    )
    assert.equal(body.rows.length, 5)
    assert.isNotEmpty(checkCertificate(row.body.replace('"people":4', '"people":5')))

    assert.deepEqual(await executeBatch({ batchId }, office.unit), {
      executed: false,
      certificateId: batch.certificateId!,
    })
    await sealEvents()
    const anchor = { sequence: Number(row.audit_sequence), hash: row.audit_hash }
    assert.deepEqual(await verifyChain([anchor]), [])
    const findings = (await dbChecksPort.run()).flatMap((check) => check.findings)
    assert.deepEqual(findings, [])
  })

  test('a person without the seat takes one that is vacant at the target', async ({ assert }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    await givenSeats(city.centre, 1, { category: 'management' })
    const batchId = await givenBatch(office.officer)
    const { buildLinesByRule } = await import('#transfers/actions/build_lines_by_rule')
    await buildLinesByRule(
      {
        batchId,
        version: await versionOf(batchId),
        fromUnitIds: [city.tv],
        toUnitId: city.centre,
        employmentType: 'establishment',
        withQuota: false,
        vacantSeats: false,
      },
      office.officer
    )
    await checkAndSubmit(batchId, office.officer)
    const [line] = await linesOf(batchId)
    assert.deepEqual(
      line.findings.map(({ code }) => code),
      ['category_exceeded']
    )
    assert.deepEqual(await seatsOf(city.centre), { vacant: 0, reserved: 1, filled: 0 })
    await signAll(batchId, office)
    await executeOnItsDate()
    assert.deepEqual(await seatsOf(city.tv), { vacant: 1, reserved: 0, filled: 0 })
    assert.deepEqual(await seatsOf(city.centre), { vacant: 0, reserved: 0, filled: 1 })
  })

  test('lines that wait for a decision are named, split off, and go when it is decided', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    const business = await givenPost(city.tv, { name: '广告业务员', nature: 'commercial' })
    await givenStaff(city.tv, { post_id: city.editor })
    const waiting = await givenStaff(city.tv, { post_id: business })
    const opinion = await givenUnit({ name: '新闻网络舆情中心' })
    await givenStaff(opinion, { post_id: null })

    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer, [city.tv, opinion])
    const first = await checkBatch({ batchId, version: await versionOf(batchId) }, office.officer)
    assert.deepEqual([first.passed, first.counts.blocked], [false, 2])
    assert.equal((await batchById(batchId)).state, 'draft')
    assert.equal((await lineTotals(batchId)).waiting, 2)

    const splitId = await splitWaitingLines(
      { batchId, version: await versionOf(batchId), title: '待定事项人员' },
      office.officer
    )
    assert.isTrue((await checkAndSubmit(batchId, office.officer)).passed)
    const lines = await linesOf(splitId)
    assert.lengthOf(lines, 2)
    assert.equal(lines[0].findings[0].params.decision, 'commercial_establishment_staff')
    assert.equal(lines[1].findings[0].params.decision, 'opinion_centre_establishment_staff')

    await decided('commercial_establishment_staff', { arrange: 'non_commercial_posts', text: null })
    await decided('opinion_centre_establishment_staff', { unitId: city.centre })
    const second = await checkBatch(
      { batchId: splitId, version: await versionOf(splitId) },
      office.officer
    )
    const [commercial] = await linesOf(splitId)
    assert.deepEqual(
      [second.counts.blocked, commercial.findings[0].code],
      [1, 'commercial_post_needed']
    )
    const target = { lineId: commercial.id, departmentId: null, postId: city.centrePost }
    await setLineTargets(
      { batchId: splitId, version: await versionOf(splitId), targets: [target] },
      office.officer
    )
    assert.isTrue((await checkAndSubmit(splitId, office.officer)).passed)
    assert.equal(commercial.personId, waiting.personId)
  })

  test('a reversal takes people back to their posts and seats, and only once', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    const staff = await givenStaff(city.tv, { post_id: city.editor })
    await givenSeats(city.tv, 1)
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    const input = {
      batchId,
      title: '撤销划转',
      documentNo: '编发〔2022〕9号',
      effectiveOn: '2022-03-15',
      reason: '批文撤回',
    }
    await assert.rejects(() => reverseBatch(input, office.officer), /not_executed/)
    await executeOnItsDate()
    const reversalId = await reverseBatch(input, office.officer)
    await assert.rejects(() => reverseBatch(input, office.officer), /already_reversed/)
    assert.equal((await batchById(reversalId)).reversesId, batchId)
    const result = await checkAndSubmit(reversalId, office.officer)
    assert.isTrue(result.passed, JSON.stringify(await linesOf(reversalId)))
    await signAll(reversalId, office)
    clock.freeze('2022-03-15')
    await executeBatch({ batchId: reversalId }, office.unit)
    const home = await db
      .from('assignments')
      .where({ person_id: staff.personId, open_main: 1 })
      .firstOrFail()
    assert.deepInclude(home, { unit_id: city.tv, post_id: city.editor, paid_from: '2022-04' })
    assert.deepEqual(await seatsOf(city.tv), { vacant: 1, reserved: 0, filled: 1 })
    assert.deepEqual(await seatsOf(city.centre), { vacant: 0, reserved: 0, filled: 0 })
  })

  test('a line whose person changed since submission stops the execution whole', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    const leaver = await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    await db.from('assignments').where('id', leaver.assignmentId).update({ valid_to: '2022-02-28' })
    clock.freeze(EFFECTIVE)
    await assert.rejects(() => executeBatch({ batchId }, office.unit), /assignment_changed/)
    assert.equal((await batchById(batchId)).state, 'scheduled')
    assert.deepEqual(await seatsOf(city.tv), { vacant: 0, reserved: 0, filled: 2 })
    assert.lengthOf(await peopleOf(city.centre), 0)
    assert.lengthOf(await db.from('certificates'), 0)
  })

  test('seats of a batch alone are reserved and given back', async ({ assert }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenSeats(city.tv, 3)
    const batchId = await givenBatch(office.officer)
    await givenSeatsLine(batchId, city, office.officer, 2)
    await checkAndSubmit(batchId, office.officer)
    assert.deepEqual(await seatsOf(city.tv), { vacant: 1, reserved: 2, filled: 0 })
    const { withdrawBatch } = await import('#transfers/actions/withdraw_batch')
    const input = { batchId, version: await versionOf(batchId), reason: '暂缓' }
    await withdrawBatch(input, office.officer)
    assert.deepEqual(await seatsOf(city.tv), { vacant: 3, reserved: 0, filled: 0 })
    assert.equal((await batchById(batchId)).state, 'withdrawn')
  })
})

async function decided(code: string, value: unknown) {
  await db
    .from('decisions')
    .where({ code })
    .update({ state: 'decided', value: JSON.stringify(value) })
}
