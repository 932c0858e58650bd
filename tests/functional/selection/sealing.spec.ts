import { createHash } from 'node:crypto'
import type { ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import User from '#accounts/models/user'
import { buildActor } from '#accounts/queries/build_actor'
import { advanceRound } from '#selection/actions/advance'
import { confirmPaper, enterPaper } from '#selection/actions/papers'
import { askPermit, decidePermit } from '#selection/actions/permits'
import { reschedule } from '#selection/actions/rounds'
import { storeUpload } from '#selection/files'
import { openOrders, openSets, ownChoice } from '#selection/queries/choices'
import { participantById } from '#selection/queries/participants'
import { listsOf } from '#selection/queries/posts'
import { roundById } from '#selection/queries/rounds'
import { receiptHash } from '#selection/sealing'
import { clock } from '#shared/clock'
import { inboxPort } from '#shared/ports/inbox'
import { searchPort } from '#shared/ports/search'
import { writeFile } from 'node:fs/promises'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { downloadedRows } from '#tests/support/workbooks'
import { choose, givenSealedRound, scoreAll, version, type SealedRound } from './givens.js'

/** A code that stands nowhere but in a choice, so that every trace of it is a leak. */
const ORDER = ['C03', 'C01']

test.group('Sealing', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  async function opened(people = 6) {
    const round = await givenSealedRound(people)
    clock.freeze('2022-02-21')
    await advanceRound(round.roundId)
    return round
  }

  /** Texts of every column of every table, in which no choice may stand. */
  async function everything() {
    const texts: string[] = []
    for (const table of await db.connection().getAllTables()) {
      // Posts and lists of the round are public; a choice is a code together with a person.
      if (/^(selection_posts|selection_lists|posts|adonis)/.test(table)) continue
      for (const row of await db.from(table)) texts.push(`${table} ${JSON.stringify(row)}`)
    }
    return texts
  }

  /** What a page or a workbook says. */
  async function textOf(response: ApiResponse): Promise<string> {
    if (response.type()?.includes('spreadsheet')) {
      return (await downloadedRows(response)).flat().join('\n')
    }
    return response.text()
  }

  const choiceIn = (text: string) => /\bC0[123]\b/.test(text)

  test('no column of the database and no line of the log holds a choice', async ({
    assert,
    client,
  }) => {
    const { roundId, staff } = await opened()
    const lines: string[] = []
    const { write } = process.stdout
    process.stdout.write = ((chunk: any) => {
      lines.push(String(chunk))
      return true
    }) as any
    try {
      const url = `/selection/mine/${roundId}`
      const send = (user: User, choices: string[], more = {}) =>
        client
          .post(url)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form({ choices, accepts_placement: 'yes', ...more })
      ;(await send(staff[0].user, ORDER)).assertStatus(302)
      // Refused ones, which would put what was typed into the session.
      ;(await send(staff[0].user, ['C02', 'C02'])).assertStatus(422)
      ;(await send(staff[0].user, ['C02'], { accepts_placement: '' })).assertStatus(422)
      ;(await send(staff[0].user, ['C02'], { revision: 7 })).assertStatus(409)
      logger.info('end')
    } finally {
      process.stdout.write = write
    }
    const saved = await ownChoice(await participantById(staff[0].place.id))
    assert.deepEqual(saved!.choice.posts, ORDER)
    const leaks = (await everything())
      .filter(choiceIn)
      .filter((text) => !/^audit_events.*selection\.post\.added/.test(text))
    assert.deepEqual(leaks, [])
    assert.deepEqual(lines.filter(choiceIn), [])
  })

  test('the same posts in another order, or fewer of them, are sealed at the same length', async ({
    assert,
  }) => {
    const { staff } = await opened()
    await choose(staff[0], ['C01'])
    await choose(staff[1], ['C03', 'C02', 'C01'], false)
    const rows = await rowsOf('selection_preferences')
    assert.equal(rows[0].order_sealed.length, rows[1].order_sealed.length)
    assert.equal(rows[0].set_sealed.length, rows[1].set_sealed.length)
  })

  test('before preferences close nobody but the person reads a choice, by any page', async ({
    assert,
    client,
  }) => {
    const round = await opened()
    const { roundId, staff, officer, head, scorers } = round
    for (const one of staff) await choose(one, ORDER)
    const marker = (await ownChoice(staff[0].place))!
    const pages = [
      `/selection/rounds/${roundId}`,
      ...['posts', 'people', 'rankings', 'result', 'objections', 'arrangements', 'exceptions'].map(
        (tab) => `/selection/rounds/${roundId}?tab=${tab}`
      ),
      `/selection/rounds/${roundId}?tab=people&saved=yes`,
      `/selection/people/${staff[0].place.id}`,
      `/selection/rounds/${roundId}/people/export`,
    ]
    const users = [
      await givenUser({ role: 'hr_officer' }),
      await givenUser({ role: 'hr_head' }),
      await givenUser({ role: 'leadership' }),
      await givenUser({ role: 'discipline_inspector' }),
      await givenUser({ role: 'auditor' }),
      scorers[0],
    ]
    const [list] = await listsOf(roundId)
    for (const user of users) {
      for (const page of pages) {
        const text = await textOf(await client.get(page).loginAs(user).redirects(0))
        assert.notInclude(text, marker.choice.nonce, page)
        assert.notMatch(text, /C03[^<]{0,20}→|第1志愿|第一志愿/, page)
      }
      const mine = await client.get(`/selection/mine/${roundId}`).loginAs(user).redirects(0)
      mine.assertStatus(403)
      const ranking = await client.get(`/selection/rankings/${list.id}`).loginAs(user).redirects(0)
      if (user.id === scorers[0].id) {
        ranking.assertStatus(200)
        for (const { place } of staff) assert.notInclude(ranking.text(), place.name)
      } else ranking.assertStatus(403)
    }
    const own = await client.get(`/selection/mine/${roundId}`).loginAs(staff[0].user)
    own.assertTextIncludes(marker.hash)
    // Who has saved nothing finds neither answer on placement filled in.
    await db.from('selection_preferences').where('participant_id', staff[1].place.id).delete()
    const empty = await client.get(`/selection/mine/${roundId}`).loginAs(staff[1].user)
    assert.notMatch(empty.text(), /name="accepts_placement"[^>]*checked/)
    const other = await client.get(`/selection/mine/${roundId}`).loginAs(staff[1].user)
    assert.notInclude(other.text(), marker.hash)

    // Notifications and search say nothing; the queries themselves refuse.
    const actors = [officer, head, await givenActor({ role: 'leadership' })]
    for (const actor of actors) {
      const items = await inboxPort.items(
        actor,
        (key, params) => `${key} ${JSON.stringify(params)}`
      )
      const hits = await searchPort.find(actor, 'C03')
      assert.isFalse(choiceIn(JSON.stringify([items, hits])))
    }
    const row = await roundById(roundId)
    await assert.rejects(() => openSets(row), 'selection.errors.still_sealed')
    await assert.rejects(() => openOrders(row), 'selection.errors.still_sealed')
  })

  test('after that rankers see who chose their post and nothing else; HR sees five or more', async ({
    assert,
    client,
  }) => {
    const { roundId, staff, scorers } = await opened(8)
    for (const one of staff.slice(0, 5)) await choose(one, ['C01', 'C03'])
    for (const one of staff.slice(5)) await choose(one, ['C02'])
    clock.freeze('2022-02-26')
    assert.deepEqual(await advanceRound(roundId), ['close_preferences', 'draw_seed'])
    const lists = new Map((await listsOf(roundId)).map((list) => [list.code, list.id]))
    const page = await client.get(`/selection/rankings/${lists.get('C02')}`).loginAs(scorers[0])
    for (const { place } of staff.slice(0, 5)) assert.notInclude(page.text(), place.name)
    for (const { place } of staff.slice(5)) page.assertTextIncludes(place.name)
    assert.notMatch(page.text(), /C01|C03|志愿 ?\d/)

    const hr = await givenUser({ role: 'hr_officer' })
    const counts = (
      await client.get(`/selection/rounds/${roundId}?tab=rankings`).loginAs(hr)
    ).text()
    assert.include(counts, '5 人')
    assert.include(counts, '少于 5')
    assert.notInclude(counts, '3 人')
    const person = await client.get(`/selection/people/${staff[0].place.id}`).loginAs(hr)
    assert.notInclude(person.text(), 'C01')
    await assert.rejects(
      async () => openOrders(await roundById(roundId)),
      'selection.errors.still_sealed'
    )
  })

  test('the list is fixed and hashed before the seed is drawn, and the lot cannot be drawn twice', async ({
    assert,
  }) => {
    const round = await opened()
    for (const one of round.staff) await choose(one, ORDER)
    clock.freeze('2022-02-26')
    await advanceRound(round.roundId)
    const { seed, listHash } = await roundById(round.roundId)
    const events = (await rowsOf('audit_events')).map(({ action }) => action)
    assert.isBelow(
      events.indexOf('selection.round.close_preferences'),
      events.indexOf('selection.round.seed_drawn')
    )
    assert.isNotNull(listHash)
    assert.deepEqual(await advanceRound(round.roundId), [])
    assert.equal((await roundById(round.roundId)).seed, seed)
    const error = await db
      .from('selection_rounds')
      .where('id', round.roundId)
      .update({ list_hash: null })
      .catch((e) => e)
    assert.instanceOf(error, Error)
  })

  test('the receipt is what the person can compute again', async ({ assert, client }) => {
    const { roundId, staff } = await opened()
    const receipt = await choose(staff[0], ORDER)
    const own = (await ownChoice(staff[0].place))!
    const { number } = await roundById(roundId)
    const { pseudonym } = staff[0].place
    const again = receiptHash({
      round: number,
      pseudonym,
      revision: 1,
      savedAt: receipt.savedAt,
      choice: own.choice,
    })
    assert.equal(again, receipt.hash)
    const page = await client.get(`/selection/mine/${roundId}`).loginAs(staff[0].user)
    const [, text] = /<pre[^>]*>([^<]+)<\/pre>/.exec(page.text())!
    assert.equal(createHash('sha256').update(text, 'utf8').digest('hex'), receipt.hash)
    const changed = { ...own.choice, posts: [...own.choice.posts].reverse() }
    assert.notEqual(
      receiptHash({
        round: number,
        pseudonym,
        revision: 1,
        savedAt: receipt.savedAt,
        choice: changed,
      }),
      receipt.hash
    )
  })

  test('a paper form takes two people, the scan, and the same entry twice', async ({
    assert,
    client,
  }) => {
    const { staff, officer, second, head } = await opened()
    const path = '/tmp/ronghe-scan.pdf'
    await writeFile(path, '%PDF-1.7 scan')
    const scan = await storeUpload(path, 'scan.pdf')
    const choice = { posts: ORDER, acceptsPlacement: true }
    const participantId = staff[0].place.id
    await assert.rejects(
      () => enterPaper({ participantId, secondId: officer.userId!, choice, scan }, officer),
      'selection.errors.two_people'
    )
    // The second opens the scan: nobody who may not enter forms, in that unit, is named.
    const elsewhere = await givenUnit()
    for (const unfit of [
      head,
      await givenActor({ role: 'scorer' }),
      await givenActor({ role: 'hr_officer', unitId: elsewhere }),
    ]) {
      await assert.rejects(
        () => enterPaper({ participantId, secondId: unfit.userId!, choice, scan }, officer),
        'selection.errors.second_unfit'
      )
    }
    assert.isEmpty(await rowsOf('selection_papers'))
    const paperId = await enterPaper(
      { participantId, secondId: second.userId!, choice, scan },
      officer
    )
    const confirm = (posts: string[], actor = second) =>
      confirmPaper(
        {
          paperId,
          version: 1,
          receivedAt: clock.now(),
          choice: { posts, acceptsPlacement: true },
        },
        actor
      )
    await assert.rejects(() => confirm(ORDER, officer), /selection.enter/)
    await assert.rejects(() => confirm(ORDER, head), /selection.enter/)
    await assert.rejects(() => confirm(['C01', 'C03']), 'selection.errors.entries_differ')
    assert.isNull(await ownChoice(staff[0].place))
    const third = await givenUser({ role: 'hr_officer' })
    for (const url of [`/selection/papers/${paperId}`, `/selection/papers/${paperId}/scan`]) {
      ;(await client.get(url).loginAs(third).redirects(0)).assertStatus(403)
    }
    const openings = () => rowsOf('audit_events', { action: 'selection.paper.file_opened' })
    assert.isEmpty(await openings())
    const reader = await User.findOrFail(second.userId!)
    const shown = await client.get(`/selection/papers/${paperId}/scan`).loginAs(reader)
    shown.assertStatus(200)
    const [stored] = await rowsOf('files', { subject_type: 'selection_paper' })
    assert.deepEqual(
      (await openings()).map((row) => [Number(row.actor_id), JSON.parse(row.changes)]),
      [[reader.id, { file: Number(stored.id) }]]
    )
    const leaks = (await everything()).filter(choiceIn)
    assert.deepEqual(
      leaks.filter((text) => !/selection\.post\.added/.test(text)),
      []
    )
    await confirm(ORDER)
    assert.deepEqual((await ownChoice(staff[0].place))!.choice.posts, ORDER)
    assert.equal((await ownChoice(staff[0].place))!.source, 'paper')
  })

  test('never early, never late: a late entry needs a reason and another person’s approval', async ({
    assert,
  }) => {
    clock.freeze('2022-02-18')
    const round = await givenSealedRound()
    const { roundId, staff, officer, head } = round
    assert.deepEqual(await advanceRound(roundId), [])
    await assert.rejects(() => choose(staff[0], ORDER), 'selection.errors.not_open_yet')
    clock.freeze('2022-02-25 15:59:59.000') // 23:59:59 of the last day in Shanghai
    assert.deepEqual(await advanceRound(roundId), ['open'])
    await choose(staff[0], ORDER)
    clock.freeze('2022-02-25 16:01:00.000')
    assert.deepEqual(await advanceRound(roundId), [], 'what arrived in time is still let through')
    await assert.rejects(() => choose(staff[1], ORDER), 'selection.errors.deadline_over')
    clock.freeze('2022-02-25 16:03:00.000')
    assert.deepEqual(await advanceRound(roundId), ['close_preferences', 'draw_seed'])

    const participantId = staff[1].place.id
    const id = await askPermit({ participantId, reason: '住院' }, officer)
    await assert.rejects(
      () => decidePermit({ id, version: 1, verb: 'approve' }, officer),
      'selection.errors.same_person'
    )
    await assert.rejects(() => choose(staff[1], ORDER), 'selection.errors.deadline_over')
    await decidePermit({ id, version: 1, verb: 'approve' }, head)
    await choose(staff[1], ORDER)
    assert.equal((await ownChoice(staff[1].place))!.source, 'late')
    await assert.rejects(() => choose(staff[1], ['C02']), 'selection.errors.deadline_over')
  })

  test('ranking ends when everybody has been scored, and only then the orders open', async ({
    assert,
  }) => {
    const round: SealedRound = await opened()
    for (const one of round.staff) await choose(one, ORDER)
    clock.freeze('2022-02-26')
    await advanceRound(round.roundId)
    clock.freeze('2022-03-05')
    assert.deepEqual(await advanceRound(round.roundId), [], 'scores are missing')
    // The day is over: nobody enters or changes a score until the head gives a later one.
    await assert.rejects(() => scoreAll(round), 'selection.errors.ranking_over')
    const reopen = async (rankingUntil: string) =>
      reschedule(
        {
          roundId: round.roundId,
          version: await version(round.roundId),
          reason: '评分人出差',
          preferencesUntil: '2022-02-25',
          rankingUntil,
        },
        round.head
      )
    await assert.rejects(() => reopen('2022-03-04'), 'selection.errors.day_over')
    await reopen('2022-03-07')
    await scoreAll(round)
    assert.deepEqual(await advanceRound(round.roundId), [], 'never early')
    clock.freeze('2022-03-08')
    const steps = await advanceRound(round.roundId)
    assert.deepEqual(steps, ['close_ranking', 'match'])
    const open = await openOrders(await roundById(round.roundId))
    assert.deepEqual(open.get(round.staff[0].place.id)!.posts, ORDER)
    await assert.rejects(() => scoreAll(round), 'selection.errors.ranking_closed')
    const actor = await buildActor(round.staff[0].user.id)
    assert.isNotNull(actor.personId)
  })
})
