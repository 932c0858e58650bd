import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { freezePort, type FreezeAnswer } from '#shared/ports/freeze'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { checkBatch } from '#transfers/actions/check_batch'
import { executeBatch } from '#transfers/actions/execute_batch'
import { withdrawBatch } from '#transfers/actions/withdraw_batch'
import { removeLines } from '#transfers/actions/remove_lines'
import { linesOf } from '#transfers/queries/lines'
import { mergePeople } from '#people/actions/merge_people'
import { undoMerge } from '#people/actions/undo_merge'
import { batchById } from '#transfers/queries/batches'
import { emptyDatabase } from '#tests/support/database'
import { givenPerson, givenUser } from '#tests/support/givens'
import {
  checkAndSubmit,
  EFFECTIVE,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenSeats,
  givenSeatsLine,
  givenStaff,
  peopleOf,
  seatsOf,
  signAll,
  TODAY,
  versionOf,
} from './givens.js'

let answer: FreezeAnswer = null

test.group('What transfers ask and answer through ports', (group) => {
  group.setup(() => freezePort.register(async () => answer))
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => {
      answer = null
      clock.release()
    }
  })

  test('a freeze stops the check, and the execution of what was signed before', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenSeats(city.tv, 2)
    const batchId = await givenBatch(office.officer)
    await givenSeatsLine(batchId, city, office.officer, 1)
    answer = { code: 'shared.words.none', params: {} }
    const checked = await checkBatch({ batchId, version: await versionOf(batchId) }, office.officer)
    assert.deepEqual(
      checked.findings.map(({ code }) => code),
      ['frozen']
    )
    const officer = await givenUser({ role: 'hr_officer' })
    const page = await client.get(`/transfers/batches/${batchId}?tab=checks`).loginAs(officer)
    page.assertTextIncludes('改革纪律限制')
    answer = null
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    clock.freeze(EFFECTIVE)
    answer = { code: 'shared.words.none', params: {} }
    await assert.rejects(() => executeBatch({ batchId }, office.unit), /shared.words.none/)
    assert.equal((await batchById(batchId)).state, 'scheduled')
  })

  test('nobody is merged out of a batch that is being signed, nor back into one', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    const { personId: mergedId } = await givenStaff(city.tv, { post_id: city.editor })
    const keptId = await givenPerson()
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    const merge = () => mergePeople({ keptId, mergedId, reason: '同一人' }, office.unit)
    const { number } = await batchById(batchId)
    const refusal = async (work: Promise<unknown>) => work.catch(({ key, params }) => [key, params])
    await checkAndSubmit(batchId, office.officer)
    assert.deepEqual(await refusal(merge()), ['people.errors.merge_signed', { name: number }])

    const version = await versionOf(batchId)
    await withdrawBatch({ batchId, version, reason: '合并' }, office.officer)
    const again = await givenBatch(office.officer)
    await givenLines(again, city, office.officer)
    const mergeId = await merge()
    const undo = () => refusal(undoMerge({ mergeId, version: 1 }, office.unit))
    await checkAndSubmit(again, office.officer)
    const signed = { name: (await batchById(again)).number }
    assert.deepEqual(await undo(), ['people.errors.merge_signed', signed])
    const back = { batchId: again, version: await versionOf(again), reason: '撤销合并' }
    await withdrawBatch(back, office.officer)

    const later = await givenBatch(office.officer)
    await givenLines(later, city, office.officer)
    assert.deepEqual(await undo(), ['people.errors.merge_used', {}])
    const lineIds = (await linesOf(later)).map(({ id }) => id)
    const version2 = await versionOf(later)
    await removeLines({ batchId: later, version: version2, lineIds }, office.officer)
    assert.isUndefined(await undo())
    assert.deepEqual(await peopleOf(city.tv), [mergedId])
  })

  test('a dissolved unit lists its open batches; ended they give everything back', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenSeats(city.tv, 2)
    const batchId = await givenBatch(office.officer)
    await givenSeatsLine(batchId, city, office.officer, 2)
    await checkAndSubmit(batchId, office.officer)
    const holdings = await inTransaction((trx) => unitDissolvedPort.list(city.tv, trx))
    const [held] = holdings.filter(({ kind }) => kind === 'transfer_batch')
    assert.equal(held.id, batchId)
    await assert.rejects(
      () => inTransaction((trx) => unitDissolvedPort.settle(held, city.paper, TODAY, trx)),
      /no_successor/
    )
    await inTransaction((trx) => unitDissolvedPort.settle(held, null, TODAY, trx))
    assert.equal((await batchById(batchId)).state, 'withdrawn')
    assert.deepEqual(await seatsOf(city.tv), { vacant: 2, reserved: 0, filled: 0 })
  })
})
