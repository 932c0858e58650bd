import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { freezePort, type FreezeAnswer } from '#shared/ports/freeze'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { checkBatch } from '#transfers/actions/check_batch'
import { executeBatch } from '#transfers/actions/execute_batch'
import { withdrawBatch } from '#transfers/actions/withdraw_batch'
import { removeLines } from '#transfers/actions/remove_lines'
import { linesOf } from '#transfers/queries/lines'
import { cancelPlan, submitPlan } from '#recruitment/actions/approve_plan'
import { createPlan } from '#recruitment/actions/save_plan'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { submitBatch } from '#transfers/actions/submit_batch'
import { mergePeople } from '#people/actions/merge_people'
import { undoMerge } from '#people/actions/undo_merge'
import { batchById } from '#transfers/queries/batches'
import type User from '#accounts/models/user'
import { emptyDatabase } from '#tests/support/database'
import { givenPerson, givenUser } from '#tests/support/givens'
import { at, planInput } from '../recruitment/givens.js'
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

  test('places that a recruitment plan announces are not given away, and the plan is named', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await db.from('posts').where('id', city.centrePost).update({ headcount: 2 })
    await givenSeats(city.centre, 1)
    await givenStaff(city.tv, { post_id: city.editor })
    await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    const check = async () =>
      checkBatch({ batchId, version: await versionOf(batchId) }, office.officer)
    assert.isTrue((await check()).passed)

    const post = { postId: city.centrePost, places: 1, minEducation: null, maxAge: null }
    const posts = [{ ...post, requirements: null }]
    const planId = await createPlan(await planInput({ unitId: city.centre, posts }), office.officer)
    assert.isTrue((await check()).passed)
    await submitPlan(await at(planId), office.officer)
    const { number } = await recruitmentById(planId)
    const submit = async () =>
      submitBatch({ batchId, version: await versionOf(batchId) }, office.officer)
    await assert.rejects(submit, 'transfers.errors.blocked')
    assert.equal((await check()).counts.blocked, 1)
    const [, { findings }] = await linesOf(batchId)
    const said = { post: '全媒体编辑', free: 1, announced: 1, by: number }
    assert.deepEqual(
      findings.map(({ code, params }) => ({ code, params })),
      [{ code: 'headcount_announced', params: said }]
    )
    const officer = await givenUser({ role: 'hr_officer' })
    const page = await client.get(`/transfers/batches/${batchId}?tab=checks`).loginAs(officer)
    page.assertTextIncludes(`另有 1 个由公开招聘或双向选择占用（${number}）`)

    await cancelPlan({ ...(await at(planId)), comment: '不招' }, office.officer)
    assert.isTrue((await check()).passed)
    await submit()
    assert.equal((await batchById(batchId)).state, 'submitted')
  })

  test('who was moved reads the batch in the own history, with a link for who may open it', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    const { personId } = await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    const { number } = await batchById(batchId)
    const pageOf = async (user: User) =>
      (await client.get(`/people/persons/${personId}`).loginAs(user)).text()
    const head = await givenUser({ role: 'hr_head' })
    assert.notInclude(await pageOf(head), number)
    clock.freeze(EFFECTIVE)
    await executeBatch({ batchId }, office.unit)
    const link = `<a href="/transfers/batches/${batchId}">${number}</a>`
    assert.include(await pageOf(head), link)
    const own = await pageOf(await givenUser({ personId, role: 'staff' }))
    assert.include(own, number)
    assert.notInclude(own, link)
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
