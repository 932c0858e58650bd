import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { identityColumns, phoneColumns } from '#people/actions/person_columns'
import { maskIdentity } from '#people/domain/identity_no'
import { advanceRound } from '#selection/actions/advance'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { askException, decideException } from '#selection/actions/exceptions'
import { runPlacement } from '#selection/actions/place_elsewhere'
import { accountOf } from '#selection/queries/account'
import { arrangementsOf } from '#selection/queries/arrangements'
import { participantById } from '#selection/queries/participants'
import { resultOfPerson } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { clock } from '#shared/clock'
import { inboxPort } from '#shared/ports/inbox'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { pdfPages } from '../../unit/shared/documents/pdf_text.js'
import { givenFreePlaces, givenPublishedChoices, version, type SealedRound } from './givens.js'

test.group('Selection: confirmation', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  async function answer(round: SealedRound, index: number, act: typeof signPlace) {
    const { id, version: at } = await participantById(round.staff[index].place.id)
    const actor = await buildActor(round.staff[index].user.id)
    await act({ participantId: id, version: at, note: null }, actor)
  }

  async function post(round: SealedRound, index: number) {
    const { matchingId } = await roundById(round.roundId)
    return (await resultOfPerson(matchingId, round.staff[index].place.id))?.postCode ?? null
  }

  test('who keeps silent gives the place up to the others, who have time to answer', async ({
    assert,
    client,
  }) => {
    const round = await givenFreePlaces([])
    const { roundId, staff } = round
    for (const index of [0, 2, 3]) await answer(round, index, signPlace)
    clock.freeze('2022-03-21')
    assert.deepEqual(await advanceRound(roundId), [], 'the last day is not over')
    clock.freeze('2022-03-22')
    await Promise.all([advanceRound(roundId), advanceRound(roundId)])
    assert.lengthOf(await rowsOf('audit_events', { action: 'selection.round.silent' }), 1)
    assert.containsSubset(await roundById(roundId), {
      state: 'confirmation',
      confirmationUntil: '2022-03-29',
    })
    assert.deepEqual(
      [await post(round, 0), await post(round, 1), await post(round, 4), await post(round, 5)],
      ['C01', null, 'C01', null]
    )
    await assert.rejects(() => answer(round, 1, signPlace), 'selection.errors.lapsed')
    const listed = (await arrangementsOf({ roundId })).find(
      ({ participantId }) => participantId === staff[1].place.id
    )
    assert.equal(listed!.cause, 'silent')
    const page = await client.get(`/selection/mine/${roundId}`).loginAs(staff[1].user)
    page.assertTextIncludes('岗位已由他人递补')

    // The next one keeps silent too, the one after signs: only then the phase ends.
    clock.freeze('2022-03-30')
    await advanceRound(roundId)
    assert.deepEqual([await post(round, 4), await post(round, 5)], [null, 'C01'])
    await answer(round, 5, signPlace)
    clock.freeze('2022-04-07')
    assert.deepEqual(await advanceRound(roundId), ['end_confirmation'])
    assert.equal((await roundById(roundId)).state, 'arrangement')
    const { counts, total } = await accountOf(await roundById(roundId))
    assert.deepEqual([total, counts.signed, counts.waiting], [8, 4, 4])
  })

  test('who gets a place on the last day, or by placement, has the full time to answer', async ({
    assert,
  }) => {
    const round = await givenFreePlaces([6])
    const { roundId, head, staff } = round
    clock.freeze('2022-03-21')
    await answer(round, 1, declinePlace)
    assert.equal(await post(round, 4), 'C02')
    assert.equal((await roundById(roundId)).confirmationUntil, '2022-03-28')
    clock.freeze('2022-03-24')
    await runPlacement({ roundId, version: await version(roundId) }, head)
    assert.equal((await roundById(roundId)).confirmationUntil, '2022-03-31')

    // Placed when confirmation is over: signed by the person all the same.
    for (const index of [0, 2, 3, 4]) await answer(round, index, signPlace)
    clock.freeze('2022-04-01')
    await advanceRound(roundId)
    assert.equal((await roundById(roundId)).state, 'arrangement')
    assert.isNull(await post(round, 6), 'silent as well')
    const late = await buildActor(staff[6].user.id)
    const items = await inboxPort.items(late, (key) => key)
    assert.isFalse(items.some(({ title }) => title === 'selection.inbox.sign'))
  })

  test('placed after confirmation, a person signs by himself', async ({ assert }) => {
    const round = await givenFreePlaces([6])
    const { roundId, head, staff } = round
    for (const index of [0, 1, 2, 3]) await answer(round, index, signPlace)
    clock.freeze('2022-03-22')
    await advanceRound(roundId)
    await runPlacement({ roundId, version: await version(roundId) }, head)
    const placed = await buildActor(staff[6].user.id)
    const items = await inboxPort.items(placed, (key) => key)
    assert.isTrue(items.some(({ title }) => title === 'selection.inbox.sign'))
    await answer(round, 6, signPlace)
    const row = (await arrangementsOf({ roundId })).find(
      ({ participantId }) => participantId === staff[6].place.id
    )
    assert.deepEqual([row!.state, row!.outcome], ['settled', 'placed'])
  })

  test('who only loses a place is told on the notice and has the full period again', async ({
    assert,
    client,
  }) => {
    const round = await givenPublishedChoices(4)
    const { roundId, officer, head, staff } = round
    clock.freeze('2022-03-10')
    const { publicityUntil } = await roundById(roundId)
    const id = await askException(
      {
        participantId: staff[3].place.id,
        postId: null,
        reason: '不符合条件',
        documentId: await givenDocument(),
      },
      officer
    )
    await decideException({ id, version: 1, verb: 'approve' }, head)
    const { publicityUntil: until, confirmationUntil } = await roundById(roundId)
    assert.deepEqual(
      [publicityUntil, until, confirmationUntil],
      ['2022-03-14', '2022-03-17', '2022-03-24']
    )
    const page = await client
      .get(`/selection/notices/${roundId}`)
      .loginAs(await givenUser({ role: 'leadership' }))
    page.assertTextIncludes('例外调整 · 2022-03-10')
    page.assertTextIncludes('至2022年3月17日，结果和公示期内的变动各公示 5 个工作日')
    const rows = page.text().split('<tr>')
    const row = rows.find((text) => text.includes(staff[3].place.name))!
    assert.match(row, /C02 编导[\s\S]*—/)

    // Who declines has said so himself: nothing is published for nobody.
    clock.freeze('2022-03-11')
    await answer(round, 2, declinePlace)
    assert.equal((await roundById(roundId)).publicityUntil, '2022-03-17')
    const after = await client
      .get(`/selection/notices/${roundId}`)
      .loginAs(await givenUser({ role: 'leadership' }))
    assert.notInclude(after.text(), staff[2].place.name)
  })

  test('the notice is masked, as a page and as a PDF, for the house and not before its time', async ({
    assert,
    client,
  }) => {
    const numbers = ['0011', '0022', '0033', '0044'].map((end) => `51990319880101${end}`)
    const reader = await givenUser({ role: 'scorer' })
    const read = (roundId: number, path = '') =>
      client.get(`/selection/notices/${roundId}${path}`).loginAs(reader).redirects(0)
    const { roundId, staff } = await givenPublishedChoices(4, [], async (round) => {
      for (const [index, { personId }] of round.staff.entries()) {
        const values = { ...identityColumns(numbers[index]), ...phoneColumns('13800138000') }
        await db.from('persons').where('id', personId).update(values)
      }
      ;(await read(round.roundId)).assertStatus(404)
      ;(await read(round.roundId, '/pdf')).assertStatus(404)
    })
    const page = await read(roundId)
    page.assertStatus(200)
    const pdf = await read(roundId, '/pdf')
    assert.equal(pdf.type(), 'application/pdf')
    for (const text of [page.text(), (await pdfPages(pdf.body() as Buffer)).join('')]) {
      for (const [index, { place }] of staff.entries()) {
        assert.include(text, place.name)
        assert.include(text, maskIdentity(numbers[index]))
      }
      for (const number of [...numbers, '13800138000']) assert.notInclude(text, number)
      assert.notMatch(text, /第\s?\d\s?志愿/, 'what was chosen in what order is no part of it')
    }
    const { matchingId } = await roundById(roundId)
    for (const format of ['pdf', 'json']) {
      const url = `/selection/matchings/${matchingId}/certificate/${format}`
      const file = await client.get(url).loginAs(reader)
      file.assertStatus(200)
    }
    const taken = await db
      .from('audit_events')
      .whereIn('action', ['selection.notice.exported', 'selection.certificate.exported'])
      .where({ actor_id: reader.id, subject_type: 'selection_round', subject_id: roundId })
      .orderBy('id')
      .select('action')
    assert.deepEqual(
      taken.map(({ action }) => action.split('.')[1]),
      ['notice', 'certificate', 'certificate']
    )
    const outside = await client.get(`/selection/notices/${roundId}`).redirects(0)
    outside.assertStatus(302)
  })
})
