import { test } from '@japa/runner'
import ICAL from 'ical.js'
import {
  submitEvidence,
  acceptEvidence,
  returnEvidence,
  withdrawEvidence,
} from '#programme/actions/evidence'
import { changeFixedDate } from '#programme/actions/fixed_dates'
import { addLink } from '#programme/actions/links'
import { linkTask, unlinkTask } from '#programme/actions/link_task'
import { keepForecast, observeFacts } from '#programme/actions/observe'
import { observeTasks } from '#programme/actions/observe_tasks'
import { reportProgress } from '#programme/actions/report_progress'
import { dropItem } from '#programme/actions/save_item'
import { setBaseline } from '#programme/actions/set_baseline'
import { createFeed, revokeFeed } from '#programme/actions/feeds'
import { baselineDates, baselines } from '#programme/queries/baselines'
import { programmeCockpit } from '#programme/queries/cockpit'
import { evidenceById } from '#programme/queries/evidence'
import { checkProgramme } from '#programme/queries/programme_checks'
import { programmeInbox } from '#programme/queries/programme_inbox'
import { searchItems } from '#programme/queries/programme_search'
import { Actor } from '#shared/actor'
import { factsPort } from '#shared/ports/facts'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { clock } from '#shared/clock'
import { inTransaction, isCheckViolation, isUniqueViolation } from '#shared/database'
import db from '@adonisjs/lucid/services/db'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import {
  complete,
  givenProgramme,
  givenResolution,
  givenTask,
  RESOLUTION,
  rowNow,
  TODAY,
} from './givens.js'

const t = (key: string) => key
const givenUserOf = (unitId: number) => givenUser({ role: 'liaison', unitId })
const givenStranger = (actor: Actor) =>
  new Actor((actor.userId ?? 0) + 1_000, null, '别人', 'zh-CN', actor.grants)

test.group('The plan', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('a fixed date changes only with a resolution; every date before stays', async ({
    assert,
  }) => {
    const { office, milestone } = await givenProgramme()
    const itemId = await milestone('完成人员划转', '2022-03-31')
    const change = (fixedOn: string | null, version: number, resolutionNo = RESOLUTION) =>
      changeFixedDate({ itemId, version, fixedOn, resolutionNo, reason: null }, office)
    await assert.rejects(() => change('2022-05-31', 1), 'programme.errors.no_resolution')
    await givenResolution('submitted')
    await assert.rejects(() => change('2022-05-31', 1), 'programme.errors.no_resolution')
    await db.from('meetings').update({ state: 'approved' })
    await change('2022-05-31', 1, '市融改纪[2022]3号（1）')
    assert.equal((await rowNow(itemId)).fixedOn, '2022-05-31')
    await assert.rejects(() => change('2022-05-31', 2), 'programme.errors.same_date')
    await assert.rejects(() => change('2022-06-30', 1), 'shared.errors.stale')
    await change(null, 2)
    assert.isNull((await rowNow(itemId)).fixedOn)
    const rows = await rowsOf('fixed_dates', { item_id: itemId })
    assert.equal(rows[1].resolution_no, RESOLUTION)
    assert.deepEqual(
      rows.map(({ fixed_on: date }) => date),
      ['2022-03-31', '2022-05-31', null]
    )
    const bare = await db
      .table('fixed_dates')
      .insert({ item_id: itemId, source: 'resolution', superseded_by: 1, recorded_at: clock.now() })
      .catch((error) => error)
    assert.isTrue(isCheckViolation(bare))
    const second = await db
      .table('fixed_dates')
      .insert({ item_id: itemId, source: 'plan', recorded_at: clock.now() })
      .catch((error) => error)
    assert.isTrue(isUniqueViolation(second))
    assert.deepEqual(await checkProgramme(), [])
  })

  test('the resolution is picked by words, by its minutes or by its full number', async ({
    client,
    assert,
  }) => {
    await givenResolution('approved')
    const user = await givenUser({ role: 'leading_group_office' })
    const pick = async (q: string) => {
      const answer = await client.get('/programme/resolutions/pick').qs({ q }).loginAs(user)
      answer.assertStatus(200)
      return answer.body()
    }
    const found = [{ value: RESOLUTION, text: RESOLUTION, detail: '延期' }]
    for (const text of ['', '延', '〔2022〕3', '市融改纪〔2022〕3号', '市融改纪[2022]3号（1）']) {
      assert.deepEqual(await pick(text), found, text)
    }
    for (const text of ['停办', '市融改纪〔2022〕3号第2项']) {
      assert.deepEqual(await pick(text), [], text)
    }
    await db.from('meetings').update({ state: 'submitted' })
    assert.deepEqual(await pick('延期'), [])
  })

  test('who may not change dates picks no resolution, nor an office of one unit', async ({
    client,
  }) => {
    await givenResolution('approved')
    const strangers = [
      await givenUser({ role: 'leadership' }),
      await givenUser({ role: 'liaison', unitId: await givenUnit() }),
      await givenUser({ role: 'leading_group_office', unitId: await givenUnit() }),
    ]
    for (const stranger of strangers) {
      const answer = await client.get('/programme/resolutions/pick?q=延').loginAs(stranger)
      answer.assertStatus(403)
    }
  })

  test('links never close a circle, not even two that are added at once', async ({ assert }) => {
    const { office, given, link } = await givenProgramme()
    const [a, b, c] = [await given('甲'), await given('乙'), await given('丙')]
    await link(a, b)
    await link(b, c)
    await assert.rejects(() => link(c, a), 'programme.errors.circle')
    await assert.rejects(() => link(a, b), 'programme.errors.link_exists')
    const [d, e] = [await given('丁'), await given('戊')]
    const both = await Promise.allSettled([
      addLink({ fromId: d, toId: e, type: 'FS', lag: 0 }, office),
      addLink({ fromId: e, toId: d, type: 'SS', lag: 0 }, office),
    ])
    assert.lengthOf(
      both.filter(({ status }) => status === 'fulfilled'),
      1
    )
  })

  test('evidence is accepted by somebody outside the lead unit, never by who handed it in', async ({
    assert,
  }) => {
    const { unitId, office, leader, liaison, given } = await givenProgramme()
    const itemId = await given('划转名册核对', { duration: 3 })
    const input = { itemId, happenedOn: '2022-01-10', text: '名册已核对盖章', documentId: null }
    await assert.rejects(
      () => submitEvidence({ ...input, happenedOn: '2022-01-11' }, liaison),
      'programme.errors.date_ahead'
    )
    const evidenceId = await submitEvidence(input, liaison)
    await assert.rejects(() => submitEvidence(input, office), 'programme.errors.evidence_waits')
    const accept = (actor: typeof office) =>
      acceptEvidence({ evidenceId, version: 1, grant: actor.grantFor('programme.accept') }, actor)
    await assert.rejects(() => accept(liaison), 'programme.errors.same_person')
    // An officer of the leading group whose own post is in the lead unit, and one whose grant is.
    const personId = await givenPerson()
    await givenAssignment(personId, unitId)
    const seconded = await givenActor({ role: 'leading_group_office', personId })
    await assert.rejects(() => accept(seconded), 'programme.errors.lead_unit')
    const narrow = await givenActor({ role: 'leading_group_office', unitId })
    await assert.rejects(() => accept(narrow), 'programme.errors.lead_unit')
    assert.lengthOf(await programmeInbox(seconded, t), 0)
    assert.lengthOf(await programmeInbox(office, t), 1)
    assert.isNull((await rowNow(itemId)).finishedOn)

    await assert.rejects(
      () => returnEvidence({ evidenceId, version: 1, comment: '' }, office),
      'programme.errors.comment_needed'
    )
    await returnEvidence({ evidenceId, version: 1, comment: '缺签字页' }, office)
    const [back] = await programmeInbox(liaison, t)
    assert.equal(back.url, `/programme/items/${itemId}`)
    const again = await submitEvidence(input, liaison)
    await assert.rejects(
      () => withdrawEvidence({ evidenceId: again, version: 1 }, office),
      'programme.errors.other_author'
    )
    await acceptEvidence({ evidenceId: again, version: 1 }, leader)
    const row = await rowNow(itemId)
    assert.deepEqual([row.finishedOn, row.forecast.light], ['2022-01-10', 'done'])
    assert.deepEqual(await checkProgramme(), [])
    await db.from('work_items').where('id', itemId).update({ finished_on: '2022-01-07' })
    assert.lengthOf(await checkProgramme(), 1)
  })

  test('progress of the lead unit moves the forecast, the first baseline stands', async ({
    assert,
  }) => {
    const { office, liaison, given, milestone, link } = await givenProgramme()
    const [work, end] = [await given('平台安装'), await milestone('试运行', '2022-01-24')]
    await link(work, end)
    await setBaseline({ name: '首份', reason: '方案批准', documentId: null }, office)
    const report = (startedOn: string | null, remainingDays: number | null, version: number) =>
      reportProgress({ itemId: work, version, startedOn, remainingDays, note: null }, liaison)
    await assert.rejects(() => report(null, 3, 1), 'programme.errors.not_started')
    await report('2022-01-10', 14, 1)
    const row = await rowNow(work)
    assert.deepEqual([row.forecast.start, row.forecast.finish], ['2022-01-10', '2022-01-27'])
    assert.equal(row.forecast.slack, -3)
    await setBaseline({ name: '第二份', reason: '调整', documentId: null }, office)
    const [first, second] = await baselines()
    assert.equal((await baselineDates(first.id)).get(work)!.finish, '2022-01-14')
    assert.equal((await baselineDates(second.id)).get(work)!.finish, '2022-01-27')
    await assert.rejects(
      () => dropItem({ itemId: end, version: 1, reason: '合并' }, office),
      'programme.errors.drop_fixed'
    )
    await dropItem({ itemId: work, version: 2, reason: '合并' }, office)
    assert.equal((await baselineDates(first.id)).get(work)!.finish, '2022-01-14')
    assert.lengthOf(await rowsOf('work_links'), 0)
  })

  test('the records say when an item is done, and when it is not any more', async ({ assert }) => {
    const { liaison, given } = await givenProgramme()
    let met = false
    factsPort.register({
      code: 'test.fact',
      read: async () => ({ met, done: met ? 2 : 1, planned: 2, url: null, missing: [] }),
    })
    const itemId = await given('划转完成', { factCode: 'test.fact' })
    const text = { itemId, happenedOn: '2022-01-10', text: '都转完了', documentId: null }
    const reported = await submitEvidence(text, liaison)
    assert.equal(await observeFacts(), 0)
    met = true
    assert.equal(await observeFacts(), 1)
    assert.equal(await observeFacts(), 0)
    assert.equal((await rowNow(itemId)).finishedOn, TODAY)
    assert.equal((await evidenceById(reported)).state, 'lapsed')
    assert.deepEqual(await checkProgramme(), [])
    met = false
    assert.equal(await observeFacts(), 1)
    assert.isNull((await rowNow(itemId)).finishedOn)
    assert.deepEqual(
      (await rowsOf('work_evidence')).map(({ source, state }) => [source, state]),
      [
        ['report', 'lapsed'],
        ['fact', 'lapsed'],
      ]
    )
    assert.deepEqual(await checkProgramme(), [])
  })

  test('completed tasks are evidence, handed in once; their deadline is no second date', async ({
    assert,
  }) => {
    const { office, leader, unitId, given } = await givenProgramme()
    const itemId = await given('核定编制', { duration: 3 })
    const tasks = await Promise.all(['RW-1', 'RW-2'].map((number) => givenTask(number)))
    for (const number of ['RW-1', ' RW-2 ']) await linkTask({ itemId, taskNumber: number }, office)
    const again = () => linkTask({ itemId, taskNumber: 'RW-1' }, office)
    await assert.rejects(again, 'programme.errors.task_linked')
    const unknown = () => linkTask({ itemId, taskNumber: 'RW-9' }, office)
    await assert.rejects(unknown, 'programme.errors.unknown_task')
    await complete(tasks[0], '2022-01-06 04:00:00.000')
    assert.equal(await observeTasks(), 0)
    await complete(tasks[1], '2022-01-07 04:00:00.000')
    assert.equal(await observeTasks(), 1)
    assert.equal(await observeTasks(), 0)
    const [evidence] = await rowsOf('work_evidence')
    assert.deepEqual(
      [evidence.source, evidence.state, evidence.happened_on, evidence.submitted_by],
      ['tasks', 'submitted', '2022-01-07', null]
    )
    assert.isNull((await rowNow(itemId)).finishedOn)
    const evidenceId = Number(evidence.id)
    const narrow = await givenActor({ role: 'leading_group_office', unitId })
    await assert.rejects(
      () =>
        acceptEvidence(
          { evidenceId, version: 1, grant: narrow.grantFor('programme.accept') },
          narrow
        ),
      'programme.errors.lead_unit'
    )
    await returnEvidence({ evidenceId, version: 1, comment: '缺批文' }, leader)
    // Returned: it does not come back by itself until something is completed anew.
    assert.equal(await observeTasks(), 0)
    await unlinkTask({ itemId, taskId: tasks[0] }, office)
    await complete(tasks[1], '2022-01-10 04:00:00.000')
    assert.equal(await observeTasks(), 1)
  })

  test('the first page: next fixed date, lights, slips since last week', async ({ assert }) => {
    const { leader, liaison, office, given, milestone, link } = await givenProgramme()
    const [work, end] = [await given('设备安装'), await milestone('试运行', '2022-01-28')]
    const late = await milestone('上报方案', '2022-01-07')
    await link(work, end)
    await keepForecast()
    await keepForecast()
    assert.lengthOf(await rowsOf('forecast_days'), 3)
    clock.freeze('2022-01-17')
    await reportProgress(
      { itemId: work, version: 1, startedOn: '2022-01-17', remainingDays: 12, note: null },
      liaison
    )
    const cockpit = (await programmeCockpit(leader))!
    assert.deepEqual(
      [cockpit.next!.itemId, cockpit.next!.daysLeft, cockpit.next!.workdaysLeft],
      [end, 11, 9]
    )
    assert.deepEqual(
      cockpit.milestones.map(({ itemId, light }) => [itemId, light]),
      [
        [end, 'red'],
        [late, 'red'],
      ]
    )
    assert.equal(cockpit.slipsSince, TODAY)
    assert.deepEqual(
      cockpit.slips.map(({ itemId, before, after, days }) => [itemId, before, after, days]),
      [
        [work, '2022-01-14', '2022-02-01', 12],
        [late, '2022-01-10', '2022-01-17', 5],
        [end, '2022-01-28', '2022-02-01', 2],
      ]
    )
    assert.isNull(await programmeCockpit(await givenActor({ role: 'pay_officer' })))
    const url = `/programme/items/${work}`
    assert.isTrue((await programmeInbox(liaison, t)).some((item) => item.url === url))
    assert.isNotNull(await programmeCockpit(office))
  })

  test('a calendar shows what its owner may see today; a revoked address shows nothing', async ({
    client,
    assert,
  }) => {
    const { liaison, unitId, given, milestone } = await givenProgramme()
    const work = await given('名册核对', { duration: 2 })
    await milestone('划转完成', '2022-03-31', { leadUnitId: await givenUnit() })
    const { id, token } = await createFeed({ name: '编办日程', unitId }, liaison)
    assert.notInclude(JSON.stringify(await rowsOf('calendar_feeds')), token)
    const answer = await client.get(`/programme/calendars/${token}.ics`)
    answer.assertStatus(200)
    answer.assertHeader('content-type', 'text/calendar; charset=utf-8')
    const calendar = new ICAL.Component(ICAL.parse(answer.text()))
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    assert.deepEqual(
      events.map((event) => [event.summary, event.startDate.toString(), event.endDate.toString()]),
      [['1 名册核对', '2022-01-10', '2022-01-12']]
    )
    assert.include(String(events[0].component.getFirstPropertyValue('url')), `/items/${work}`)
    // The grant ends: the same address shows nothing of the unit.
    await db.from('grants').where('user_id', liaison.userId!).update({ state: 'ended' })
    const empty = await client.get(`/programme/calendars/${token}.ics`)
    assert.notInclude(empty.text(), 'VEVENT')
    await assert.rejects(() => revokeFeed({ feedId: id }, givenStranger(liaison)), /Not found/)
    await revokeFeed({ feedId: id }, liaison)
    const gone = await client.get(`/programme/calendars/${token}.ics`)
    gone.assertStatus(404)
    const guessed = await client.get(`/programme/calendars/${'a'.repeat(32)}.ics`)
    guessed.assertStatus(404)
  })

  test('a liaison of one unit finds nothing of another by any surface', async ({
    client,
    assert,
  }) => {
    const { given, milestone, link, unitId } = await givenProgramme()
    const other = await givenUnit({ name: '市财政局' })
    const [own, foreign] = [
      await given('本单位事项'),
      await given('机密拨款安排', { leadUnitId: other }),
    ]
    const shared = await milestone('共同完成', '2022-06-30', {
      leadUnitId: other,
      supportUnitIds: [unitId],
    })
    await link(foreign, own)
    await link(own, shared)
    const user = await givenUserOf(unitId)
    const actor = await givenActor({ role: 'liaison', unitId })
    for (const path of [
      '/programme',
      '/programme?by=unit',
      `/programme/items/${own}`,
      `/programme/items/${shared}`,
      `/programme/what-if?item[0]=${own}&days[0]=10`,
    ]) {
      const page = await client.get(path).loginAs(user)
      page.assertStatus(200)
      assert.notInclude(page.text(), '机密', path)
    }
    for (const path of [`/programme/items/${foreign}`, '/programme/conflicts']) {
      const page = await client.get(path).loginAs(user)
      page.assertStatus(403)
    }
    for (const format of ['xlsx', 'pdf']) {
      const file = await client.get(`/programme/export?format=${format}`).loginAs(user)
      file.assertStatus(200)
    }
    assert.lengthOf(await searchItems(actor, '机密', 8), 0)
    assert.lengthOf(await searchItems(actor, '完成', 8), 1)
    const sent = await client
      .post(`/programme/items/${foreign}/evidence`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ happened_on: TODAY, text: '完成' })
    sent.assertStatus(403)
    assert.lengthOf(await rowsOf('work_evidence'), 0)
  })

  test('what a dissolved unit has to do goes to its successor', async ({ assert }) => {
    const { unitId, given, milestone } = await givenProgramme()
    const successor = await givenUnit()
    const item = await given('收尾', { supportUnitIds: [successor] })
    await milestone('协助', null, { leadUnitId: await givenUnit(), supportUnitIds: [unitId] })
    await inTransaction(async (trx) => {
      const held = (await unitDissolvedPort.list(unitId, trx)).filter(({ kind }) =>
        kind.startsWith('work_item')
      )
      assert.deepEqual(
        held.map(({ kind }) => kind),
        ['work_item', 'work_item_unit']
      )
      await assert.rejects(
        () => unitDissolvedPort.settle(held[0], null, TODAY, trx),
        'programme.errors.item_needs_successor'
      )
      for (const holding of held) await unitDissolvedPort.settle(holding, successor, TODAY, trx)
    })
    assert.equal((await rowNow(item)).leadUnitId, successor)
    assert.deepEqual((await rowNow(item)).supportUnits, [])
    assert.deepEqual(
      (await rowsOf('work_item_units')).map((row) => Number(row.unit_id)),
      [successor]
    )
  })
})
