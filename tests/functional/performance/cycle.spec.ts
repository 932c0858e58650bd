import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { answerAppeal, raiseAppeal } from '#performance/actions/appeals'
import {
  closeCycle,
  moveCycle,
  openSigning,
  proposeResults,
  resolveCycle,
} from '#performance/actions/move_cycle'
import { saveSelfReport, signCard } from '#performance/actions/own_card'
import { calibrateCard, correctResult } from '#performance/actions/rate_card'
import { saveScoring, submitScorings } from '#performance/actions/save_scoring'
import { saveScheme } from '#performance/actions/save_scheme'
import { cardById } from '#performance/queries/cards'
import { changesOf } from '#performance/queries/result_versions'
import { cycleById, quotasOf } from '#performance/queries/cycles'
import { performanceInbox } from '#performance/queries/performance_inbox'
import { checkPlaces, checkScores } from '#performance/queries/performance_checks'
import { proposalsOf } from '#performance/queries/proposals'
import { resultsForPay } from '#performance/queries/results_for_pay'
import { clock } from '#shared/clock'
import { MoveError } from '#shared/errors'
import { addDays } from '#shared/dates'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenOffice,
  givenScheme,
  givenTeam,
  rate,
  system,
  versionOf,
} from './givens.js'

test.group('A year’s review', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-12-20')
    return () => clock.release()
  })

  /** Ten people with a manager, planned for the year. */
  async function givenYear() {
    await seedCalendar()
    const team = await givenTeam(10)
    const library = await givenLibrary()
    await givenScheme(library, team.unitId, { cycleKind: 'year' })
    const office = await givenOffice()
    const cycleId = await givenCycle(team.unitId, { kind: 'year' }, office.officer)
    const manager = await givenActor({
      role: 'department_manager',
      departmentId: team.departmentId,
    })
    const at = async () => ({ cycleId, version: await versionOf(cycleId) })
    return { ...team, ...office, library, cycleId, manager, at }
  }

  test('from the plan to the closing: reported, scored, calibrated, decided, public, signed, appealed', async ({
    assert,
  }) => {
    const { cycleId, library, officer, head, leader, manager, personIds, at } = await givenYear()
    await moveCycle({ ...(await at()), verb: 'open_self_report' }, officer)
    const staff = await buildActor((await givenUser({ personId: personIds[0] })).id)
    const [own] = (await cardsOf(cycleId)).filter(({ personId }) => personId === personIds[0])
    assert.lengthOf(await performanceInbox(staff, (key) => key), 1)
    await saveSelfReport({ cardId: own.id, version: own.version, text: '完成任务' }, staff)
    await moveCycle({ ...(await at()), verb: 'open_scoring' }, officer)

    const [waiting] = await performanceInbox(manager, (key, params) => `${key} ${params?.missing}`)
    assert.equal(waiting.title, 'performance.inbox.score 10')
    for (const [index, card] of (await cardsOf(cycleId)).entries()) {
      const scores = { [library.quantity]: String(95 - index * 5), [library.quality]: '90' }
      await saveScoring({ cardId: card.id, version: null, scores }, manager)
    }
    assert.equal(await submitScorings(cycleId, manager), 10)
    await moveCycle({ ...(await at()), verb: 'calibrate' }, head)
    const cards = await cardsOf(cycleId)
    assert.equal(cards[0].score, '92.5')
    assert.deepEqual(await checkScores(), [])

    await calibrateCard(
      { cardId: cards[1].id, version: cards[1].version, score: '91', reason: '抽调任务未计入' },
      head
    )
    await rate(cards[0].id, 'excellent', head)
    await rate(cards[1].id, 'excellent', leader)
    await assert.rejects(
      () => rate(cards[2].id, 'excellent', head),
      'performance.errors.no_excellent_place'
    )
    for (const card of cards.slice(2, 9)) await rate(card.id, 'qualified', head)
    const proposed = async () => proposeResults(await at(), head)
    await assert.rejects(proposed, 'performance.errors.results_missing')
    await rate(cards[9].id, 'unqualified', head)
    await proposed()

    const documentId = await givenDocument()
    assert.isFalse((await resultsForPay(cycleId)).decided)
    await resolveCycle({ ...(await at()), documentId, comment: null }, leader)
    const { publicityFrom, publicityTo } = await cycleById(cycleId)
    assert.deepEqual([publicityFrom, publicityTo], ['2022-12-21', '2022-12-27'])
    const open = async () => openSigning(await at(), head)
    await assert.rejects(open, 'performance.errors.publicity_runs')
    clock.freeze('2022-12-28')
    await open()

    const low = await cardById(cards[9].id)
    const lowUser = await givenUser({ personId: low.personId })
    const appellant = await buildActor(lowUser.id)
    await assert.rejects(
      () => raiseAppeal({ cardId: cards[0].id, reason: '…' }, staff),
      'performance.errors.not_appealable'
    )
    const appealId = await raiseAppeal({ cardId: low.id, reason: '任务变更' }, appellant)
    await assert.rejects(
      () => raiseAppeal({ cardId: low.id, reason: '又一次' }, appellant),
      'performance.errors.appeal_open'
    )
    const close = async () => closeCycle(await at(), head)
    await assert.rejects(close, 'performance.errors.appeals_open')
    await answerAppeal(
      {
        appealId,
        version: 1,
        uphold: true,
        answer: '情况属实',
        rating: 'basically_qualified',
      },
      head
    )
    const changed = await cardById(low.id)
    assert.equal(changed.rating, 'basically_qualified')
    const signed = { version: changed.version, agreed: true, comment: null }
    await signCard({ cardId: low.id, ...signed }, appellant)
    const sign = async () =>
      signCard({ cardId: low.id, ...signed, version: (await cardById(low.id)).version }, appellant)
    await assert.rejects(sign, 'performance.errors.signed_already')
    await assert.rejects(close, 'performance.errors.appeal_runs')
    clock.freeze(addDays('2022-12-28', 31))
    await close()

    const proposals = await proposalsOf(cycleId)
    assert.lengthOf(proposals, 10)
    const own_ = proposals.find(({ cardId }) => cardId === low.id)!
    assert.deepEqual(own_.kinds, ['no_step', 'pay_reduced'])
    assert.deepEqual(await checkPlaces(), [])

    // A later correction is a new version beside the old one, and the cap binds it too.
    const third = await cardById(cards[2].id)
    const correction = { version: third.version, score: null, reason: '复核', documentId }
    await assert.rejects(
      () => correctResult({ cardId: third.id, ...correction, rating: 'excellent' }, head),
      'performance.errors.no_excellent_place'
    )
    await assert.rejects(
      () => correctResult({ cardId: third.id, ...correction, rating: null }, head),
      'performance.errors.nothing_corrected'
    )
    await correctResult({ cardId: third.id, ...correction, rating: 'basically_qualified' }, head)
    assert.deepEqual(
      (await changesOf(third.id)).map(({ version, stage }) => [version, stage]),
      [
        [2, 'correction'],
        [1, 'decision'],
      ]
    )

    // Who had signed signs the corrected result anew; the others had their time.
    const inbox = async () =>
      (await performanceInbox(appellant, (key) => key)).map(({ title }) => title)
    assert.deepEqual(await inbox(), [])
    const before = await cardById(low.id)
    await correctResult(
      { cardId: low.id, ...correction, version: before.version, rating: 'qualified' },
      head
    )
    assert.isNull((await cardById(low.id)).signedAt)
    assert.deepEqual(await inbox(), ['performance.inbox.sign'])
    await sign()
    assert.isNotNull((await cardById(low.id)).signedAt)
    const { version } = await cardById(own.id)
    await assert.rejects(() => signCard({ cardId: own.id, ...signed, version }, staff), MoveError)
    const result = (await resultsForPay(cycleId)).results.find(({ cardId }) => cardId === third.id)!
    assert.deepInclude(result, { rating: 'basically_qualified', resultVersion: 2 })
    const [mended] = (await proposalsOf(cycleId)).filter(({ cardId }) => cardId === third.id)
    assert.deepEqual(mended.kinds, ['no_step', 'pay_reduced'])
  })

  test('nobody scores himself, outside the department or over another window', async ({
    assert,
  }) => {
    const { cycleId, library, officer, manager, unitId, personIds, at } = await givenYear()
    const [card] = await cardsOf(cycleId)
    const scores = { [library.quantity]: '90' }
    await assert.rejects(
      () => saveScoring({ cardId: card.id, version: null, scores }, manager),
      /E_MOVE|shared.errors.move/
    )
    await moveCycle({ ...(await at()), verb: 'open_scoring' }, officer)
    const stranger = await givenActor({ role: 'scorer', unitId: unitId + 1000 })
    await assert.rejects(
      () => saveScoring({ cardId: card.id, version: null, scores }, stranger),
      /Not allowed/
    )
    await saveScoring({ cardId: card.id, version: null, scores }, manager)
    await assert.rejects(
      () => saveScoring({ cardId: card.id, version: null, scores }, manager),
      'shared.errors.stale'
    )
    await assert.rejects(
      () =>
        saveScoring(
          { cardId: card.id, version: 1, scores: { [library.quantity]: '900' } },
          manager
        ),
      'performance.errors.not_a_value'
    )
    const self = await givenUser({
      role: 'department_manager',
      departmentId: card.departmentId!,
      personId: personIds[1],
    })
    await db.table('cycle_scorers').insert({
      cycle_id: cycleId,
      user_id: self.id,
      role: 'manager',
      department_id: card.departmentId,
      created_at: clock.now(),
    })
    const own = (await cardsOf(cycleId)).find(({ personId }) => personId === personIds[1])!
    await assert.rejects(
      async () => saveScoring({ cardId: own.id, version: null, scores }, await buildActor(self.id)),
      'performance.errors.own_card'
    )
    assert.lengthOf(await rowsOf('scorings'), 1)
  })

  test('a share above twenty per cent needs its approval; a period has one review', async ({
    assert,
  }) => {
    const { unitId, cycleId } = await givenYear()
    await assert.rejects(
      () => givenCycle(unitId, { kind: 'month', rate: 2_500 }),
      'performance.errors.rate_document'
    )
    await assert.rejects(
      () => givenCycle(unitId, { kind: 'year' }),
      'performance.errors.cycle_exists'
    )
    const approved = await givenCycle(unitId, {
      kind: 'month',
      rate: 2_500,
      rateDocumentId: await givenDocument(),
    })
    assert.equal((await quotasOf(approved))[0].cap, 2)
    assert.equal((await quotasOf(cycleId))[0].binding, true)
  })

  test('a year before the first roster: its people by their years of work, later rows by their own day', async ({
    assert,
  }) => {
    const { unitId, personIds } = await givenTeam(4)
    const [old, fresh, later, moved] = personIds
    await db
      .from('assignments')
      .whereIn('person_id', personIds)
      .update({ source: 'roster', valid_from: '2023-05-10' })
    const began = { [old]: '2010-07-01', [fresh]: '2022-09-01', [later]: '2023-02-01' }
    for (const [id, day] of Object.entries(began)) {
      await db.from('persons').where('id', id).update({ work_started_on: day })
    }
    // known before: the roster only says that the place changed
    await givenAssignment(moved, unitId, { valid_from: '2022-11-01', valid_to: '2023-05-10' })
    const cards = await cardsOf(await givenCycle(unitId, { kind: 'year', date: '2022-06-01' }))
    const found = new Map(
      cards.map(({ personId, outlook, cases }) => [
        personId,
        [outlook, ...cases.map(({ code }) => code)],
      ])
    )
    assert.deepEqual(found.get(old), ['graded', 'from_roster'])
    assert.deepEqual(found.get(fresh), ['comment_only', 'joined', 'short_service', 'from_roster'])
    assert.isFalse(found.has(later))
    assert.deepEqual(found.get(moved), ['comment_only', 'joined', 'short_service'])
  })

  test('half a year counts months in a unit that is not in the review, whose people stay out', async ({
    assert,
  }) => {
    const { unitId, personIds } = await givenTeam(3)
    const [came, late, left] = personIds
    const elsewhere = await givenUnit({ name: '市文化馆' })
    const there = { valid_from: '2022-02-01', valid_to: '2022-09-01' }
    await givenAssignment(came, elsewhere, { ...there, employment_type: 'establishment' })
    await db
      .from('assignments')
      .whereIn('person_id', [came, late])
      .where('unit_id', unitId)
      .update({ valid_from: '2022-09-01' })
    await db.from('assignments').where('person_id', left).update({ valid_to: '2022-09-01' })
    await givenAssignment(left, elsewhere, { valid_from: '2022-09-01' })
    await givenAssignment(await givenPerson(), elsewhere)
    const cards = await cardsOf(await givenCycle(unitId, { kind: 'year', date: '2022-06-01' }))
    assert.deepEqual(
      cards.map(({ personId, outlook, cases }) => [personId, outlook, ...cases.map((c) => c.code)]),
      [
        [came, 'graded', 'joined', 'moved'],
        [late, 'comment_only', 'joined', 'short_service'],
        [left, 'left', 'moved', 'left'],
      ]
    )
  })

  test('who gets a comment only gets it from the manager; nobody else writes it', async ({
    client,
    assert,
  }) => {
    const { unitId, departmentId, personIds } = await givenTeam(2)
    await db
      .from('assignments')
      .where('person_id', personIds[0])
      .update({ valid_from: '2022-09-01' })
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    const { officer } = await givenOffice()
    const user = await givenUser({ role: 'department_manager', departmentId })
    const scorer = await givenUser({ role: 'scorer', unitId })
    const version = await versionOf(cycleId)
    await moveCycle({ cycleId, version, verb: 'open_scoring' }, officer)
    const [late, full] = await cardsOf(cycleId)
    const send = (cardId: number, by: typeof user, form: object) =>
      client.post(`/performance/cards/${cardId}/comment`).loginAs(by).withCsrfToken().form(form)
    const page = (id: number) => client.get(`/performance/cards/${id}`).loginAs(user)
    assert.include((await page(late.id)).text(), `${late.id}/comment"`)
    assert.notInclude((await page(full.id)).text(), `${full.id}/comment"`)
    assert.equal((await send(late.id, scorer, { comment: '一般' })).status(), 403)
    await send(full.id, user, { comment: '很好' })
    assert.lengthOf(await rowsOf('scorings'), 0)
    const sent = await send(late.id, user, { comment: '到岗后进步快' })
    assert.include(sent.text(), '到岗后进步快')
    await send(late.id, user, { comment: '另一个窗口' })
    await send(late.id, user, { version: 1, comment: '到岗后进步明显' })
    const [row, ...others] = await rowsOf('scorings')
    assert.deepInclude(row, { scorecard_id: late.id, comment: '到岗后进步明显', version: 2 })
    assert.deepEqual(others, [])
    await moveCycle(
      { cycleId, version: await versionOf(cycleId), verb: 'calibrate' },
      await givenActor({ role: 'hr_head' })
    )
    assert.isNull((await cardById(late.id)).score)
  })

  test('a scheme is refused with the place of what is wrong', async ({ assert }) => {
    const { library, unitId } = await givenYear()
    const wrong = (input: object) => givenScheme(library, unitId, input)
    await assert.rejects(() => wrong({ formula: '加权得分 + 奖金' }), /unknown_name/)
    await assert.rejects(() => wrong({ formula: '加权得分 +' }), /unexpected/)
    await assert.rejects(() => wrong({ tilt: '0.9' }), 'performance.errors.tilt')
    await assert.rejects(
      () => wrong({ items: [{ indicatorId: library.quantity, weight: 9_999 }] }),
      'performance.errors.weights'
    )
    await assert.rejects(
      () => wrong({ scorers: { manager: 9_000, peer: 0, service: 0 } }),
      'performance.errors.scorer_weights'
    )
    const before = (await rowsOf('score_schemes')).length
    await saveScheme(
      {
        code: 'FA-001',
        name: '新版',
        unitId,
        cycleKind: 'year',
        nature: null,
        category: null,
        employmentType: null,
        formula: '加权得分',
        tilt: '1.1',
        scorers: { manager: 10_000, peer: 0, service: 0 },
        validFrom: '2020-01-01',
        documentId: await givenDocument(),
        items: [{ indicatorId: library.quantity, weight: 10_000 }],
      },
      system
    )
    const rows = await rowsOf('score_schemes', { code: 'FA-001' })
    assert.lengthOf(rows, before + 1)
    assert.equal(Number(rows[0].superseded_by), Number(rows[1].id))
  })
})
