import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { once } from '#shared/once'
import { dbChecksPort } from '#shared/ports/db_checks'
import { DomainError } from '#shared/errors'
import { approveStep } from '#transfers/actions/approve_step'
import { checkBatch } from '#transfers/actions/check_batch'
import { createBatch } from '#transfers/actions/create_batch'
import { editBatch } from '#transfers/actions/edit_batch'
import { executeBatch } from '#transfers/actions/execute_batch'
import { returnBatch } from '#transfers/actions/return_batch'
import { submitBatch } from '#transfers/actions/submit_batch'
import { withdrawBatch } from '#transfers/actions/withdraw_batch'
import { batchById } from '#transfers/queries/batches'
import { approveEvent, returnEvent, submitEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import { eventById } from '#people/queries/events'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenPerson } from '#tests/support/givens'
import {
  checkAndSubmit,
  DOCUMENT,
  EFFECTIVE,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenPost,
  givenSeats,
  givenSeatsLine,
  givenStaff,
  seatsOf,
  sign,
  signAll,
  TODAY,
  versionOf,
} from './givens.js'

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 100)

/** Runs all at once; the keys of the refusals, anything unexpected is thrown. */
async function together(acts: (() => Promise<unknown>)[]): Promise<string[]> {
  const results = await Promise.allSettled(acts.map((act) => act()))
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (!(result.reason instanceof DomainError)) throw result.reason
    return [result.reason.key]
  })
}

test.group('Bad days of a transfer', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test(`the last vacant seat wanted by two batches, ${ROUNDS} rounds: one gets it`, async ({
    assert,
  }) => {
    const city = await givenCity()
    const { officer } = await givenPeopleOfOffice()
    await givenSeats(city.tv, 1)
    const batches = [await givenBatch(officer), await givenBatch(officer)]
    for (const batchId of batches) await givenSeatsLine(batchId, city, officer, 1)
    for (let round = 0; round < ROUNDS; round++) {
      for (const batchId of batches) {
        await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
      }
      const versions = await Promise.all(batches.map(versionOf))
      const refusals = await together(
        batches.map(
          (batchId, index) => () => submitBatch({ batchId, version: versions[index] }, officer)
        )
      )
      assert.lengthOf(refusals, 1)
      assert.include(['transfers.errors.blocked', 'organization.errors.no_room'], refusals[0])
      assert.deepEqual(await seatsOf(city.tv), { vacant: 0, reserved: 1, filled: 0 })
      const winner = await db.from('transfer_batches').where('state', 'submitted').firstOrFail()
      const unit = await givenActor({ role: 'hr_head' })
      const grant = unit.grantFor('transfers.approve_unit', { unitIds: [city.centre] })
      const input = { batchId: Number(winner.id), version: Number(winner.version) }
      await returnBatch({ ...input, comment: '再来一次', grant }, unit)
      assert.deepEqual(await seatsOf(city.tv), { vacant: 1, reserved: 0, filled: 0 })
    }
    const findings = (await dbChecksPort.run()).flatMap((check) => check.findings)
    assert.deepEqual(findings, [])
  }).timeout(600_000)

  test(`the last place of a post wanted by two batches and a hire, ${ROUNDS} rounds: one gets it`, async ({
    assert,
  }) => {
    const city = await givenCity()
    const { officer, unit } = await givenPeopleOfOffice()
    await db.from('posts').where('id', city.centrePost).update({ headcount: 1 })
    const paperEditor = await givenPost(city.paper, { name: '编辑', employment_type: null })
    await givenStaff(city.tv, { post_id: city.editor })
    await givenStaff(city.paper, { post_id: paperEditor })
    await givenSeats(city.centre, 1)
    const batches = [await givenBatch(officer), await givenBatch(officer)]
    await givenLines(batches[0], city, officer, [city.tv])
    await givenLines(batches[1], city, officer, [city.paper])
    const hire = await createEvent(
      {
        kind: 'hire',
        unitId: city.centre,
        effectiveOn: EFFECTIVE,
        untilOn: null,
        personId: await givenPerson(),
        documentNo: DOCUMENT,
        reason: null,
        details: {
          employmentType: 'establishment',
          fundingType: 'full',
          grade: 'professional_10',
          postId: city.centrePost,
        },
      },
      officer
    )
    const versionOfHire = async () => (await eventById(hire))!.version
    for (let round = 0; round < ROUNDS; round++) {
      for (const batchId of batches) {
        await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
      }
      await submitEvent({ eventId: hire, version: await versionOfHire() }, officer)
      const versions = await Promise.all(batches.map(versionOf))
      const version = await versionOfHire()
      const acts = batches.map(
        (batchId, index) => () => submitBatch({ batchId, version: versions[index] }, officer)
      )
      const refusals = await together([
        ...acts,
        async () => approveEvent({ eventId: hire, version }, unit),
      ])
      assert.lengthOf(refusals, 2)
      const winner = await db.from('transfer_batches').where('state', 'submitted').first()
      if (winner) {
        const grant = unit.grantFor('transfers.approve_unit', { unitIds: [city.centre] })
        const input = { batchId: Number(winner.id), version: Number(winner.version) }
        await returnBatch({ ...input, comment: '再来一次', grant }, unit)
      }
      await returnEvent({ eventId: hire, version: await versionOfHire() }, unit)
    }
    const findings = (await dbChecksPort.run()).flatMap((check) => check.findings)
    assert.deepEqual(findings, [])
  }).timeout(600_000)

  test('one person wanted by two batches: the second is told who and where', async ({ assert }) => {
    const city = await givenCity()
    const { officer } = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    const batches = [await givenBatch(officer), await givenBatch(officer)]
    for (const batchId of batches) {
      await givenLines(batchId, city, officer)
      await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
    }
    const versions = await Promise.all(batches.map(versionOf))
    const refusals = await together(
      batches.map(
        (batchId, index) => () => submitBatch({ batchId, version: versions[index] }, officer)
      )
    )
    assert.lengthOf(refusals, 1)
    assert.lengthOf(await db.from('transfer_claims'), 1)
  })

  test('the same form submitted three times at once has the effect of once', async ({ assert }) => {
    const city = await givenCity()
    const { officer } = await givenPeopleOfOffice()
    await givenSeats(city.tv, 2)
    const batchId = await givenBatch(officer)
    await givenSeatsLine(batchId, city, officer, 1)
    await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
    const version = await versionOf(batchId)
    const submit = () =>
      once('form-1', 'transfers.submit', officer.userId, (trx) =>
        submitBatch({ batchId, version }, officer, trx)
      )
    assert.deepEqual(await together([submit, submit, submit]), [])
    assert.deepEqual(await seatsOf(city.tv), { vacant: 1, reserved: 1, filled: 0 })
    const create = () =>
      once('form-2', 'transfers.create', officer.userId, (trx) =>
        createBatch(
          { title: '划转', documentNo: DOCUMENT, effectiveOn: EFFECTIVE, reason: null },
          officer,
          trx
        )
      )
    const ids = await Promise.all([create(), create()])
    assert.lengthOf(new Set(ids), 1)
  })

  test('two approvers at once: one signs, the other is told', async ({ assert }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenSeats(city.tv, 1)
    const batchId = await givenBatch(office.officer)
    await givenSeatsLine(batchId, city, office.officer, 1)
    await checkAndSubmit(batchId, office.officer)
    const heads = [office.unit, await givenActor({ role: 'hr_head' })]
    const version = await versionOf(batchId)
    const refusals = await together(
      heads.map((head) => () => {
        const grant = head.grantFor('transfers.approve_unit', { unitIds: [city.centre] })
        return approveStep({ batchId, version, step: 'unit', comment: null, grant }, head)
      })
    )
    assert.lengthOf(refusals, 1)
    assert.lengthOf(await db.from('transfer_approvals'), 1)
    assert.equal((await batchById(batchId)).step, 1)
  })

  test('a stale edit is refused and nothing of it is kept', async ({ assert }) => {
    const { officer } = await givenPeopleOfOffice()
    const batchId = await givenBatch(officer)
    const input = { batchId, documentNo: DOCUMENT, effectiveOn: EFFECTIVE, reason: null }
    await editBatch({ ...input, version: 1, title: '第一次' }, officer)
    await assert.rejects(
      () => editBatch({ ...input, version: 1, title: '第二次' }, officer),
      /stale/
    )
    assert.equal((await batchById(batchId)).title, '第一次')
  })

  test('nobody signs twice, nor what he prepared, nor other lines than were submitted', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenSeats(city.tv, 1)
    const preparer = await givenActor({ role: 'hr_head' })
    const batchId = await givenBatch(office.officer)
    await givenSeatsLine(batchId, city, preparer, 1)
    await checkAndSubmit(batchId, office.officer)
    await assert.rejects(() => sign(batchId, 'unit', preparer), /own_batch/)
    await sign(batchId, 'unit', office.unit)
    await assert.rejects(() => sign(batchId, 'personnel', office.unit), /signed_before/)
    await db.from('transfer_lines').where('batch_id', batchId).update({ quantity: 9 })
    await assert.rejects(() => sign(batchId, 'personnel', office.personnel), /content_changed/)
    assert.lengthOf(await db.from('transfer_approvals'), 1)
  })

  test('a returned batch gives everything back and is signed anew by the same people', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await checkAndSubmit(batchId, office.officer)
    await sign(batchId, 'unit', office.unit)
    const grant = office.personnel.grantFor('transfers.approve_personnel', {})
    const version = await versionOf(batchId)
    await returnBatch({ batchId, version, comment: '材料不全', grant }, office.personnel)
    assert.lengthOf(await db.from('transfer_claims'), 0)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    const batch = await batchById(batchId)
    assert.deepEqual([batch.state, batch.line?.round], ['scheduled', 2])
    assert.lengthOf(await db.from('transfer_approvals').where('batch_id', batchId), 5)
  })

  test('execution by hand and by the job at once: people move once', async ({ assert }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    clock.freeze(EFFECTIVE)
    const execute = () => executeBatch({ batchId }, office.unit)
    await together([execute, execute, execute])
    assert.lengthOf(await db.from('certificates'), 1)
    assert.lengthOf(await db.from('assignments').where('unit_id', city.centre), 1)
    await assert.rejects(
      async () =>
        withdrawBatch({ batchId, version: await versionOf(batchId), reason: '' }, office.officer),
      /move/
    )
  })

  test('db:check finds a digit changed by hand and a claim that nobody holds', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    const staff = await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    clock.freeze(EFFECTIVE)
    await executeBatch({ batchId }, office.unit)
    const { checkTransfers } = await import('#transfers/queries/transfer_checks')
    assert.deepEqual(await checkTransfers(), [])
    await db
      .from('assignments')
      .where({ person_id: staff.personId, open_main: 1 })
      .update({ unit_id: city.paper })
    const claim = { assignment_id: staff.assignmentId, batch_id: batchId, claimed_at: clock.now() }
    await db.table('transfer_claims').insert(claim)
    const found = (await checkTransfers()).map(({ check }) => check)
    assert.includeMembers(found, ['transfers.deltas', 'transfers.stray_claim'])
    const { body } = await db.from('certificates').firstOrFail()
    await db.from('certificates').update({ body: body.replace('"people":1', '"people":2') })
    assert.include(
      (await checkTransfers()).map(({ check }) => check),
      'transfers.certificate'
    )
  })
})
