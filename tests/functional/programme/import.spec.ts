import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { decideConflict } from '#programme/actions/decide_conflict'
import { setBaseline } from '#programme/actions/set_baseline'
import { conflictsNow, importMilestones, TODAY } from './givens.js'
import { checkProgramme } from '#programme/queries/programme_checks'
import { decidedConflicts } from '#programme/queries/conflicts'
import { programmeInbox } from '#programme/queries/programme_inbox'
import { outlook } from '#programme/queries/forecast'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUser, rowsOf } from '#tests/support/givens'

test.group('Import of the milestones', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze(TODAY)
    await seedCalendar()
    return () => clock.release()
  })

  test('keeps what is printed: dates, units and order; both contradictions are shown', async ({
    assert,
  }) => {
    const importId = await importMilestones({ document: '市委〔2022〕1号' })
    const items = await rowsOf('work_items')
    assert.deepEqual(
      items.map(({ number, printed_due: due }) => [number, due]),
      [
        ['1', '2022年12月'],
        ['2', '2022年12月'],
        ['3', '2022年12月'],
        ['4', '2022年2月'],
        ['5', '2022年3月'],
        ['6', '2022年5月'],
        ['7', '2022年9月'],
      ]
    )
    const dates = await rowsOf('fixed_dates')
    assert.deepEqual(
      dates.map(({ fixed_on: date }) => date),
      [
        '2022-12-30',
        '2022-12-30',
        '2022-12-30',
        '2022-02-28',
        '2022-03-31',
        '2022-05-31',
        '2022-09-30',
      ]
    )
    const view = (await outlook())!
    const third = view.rows[2]
    assert.equal(third.leadUnitName, '国投集团')
    assert.deepEqual(
      third.supportUnits.map(({ name }) => name),
      ['市文旅公司']
    )
    assert.deepEqual(await conflictsNow(), ['1→4', '3→5'])
    assert.deepEqual(
      view.rows.map(({ forecast }) => forecast.light),
      ['grey', 'green', 'grey', 'grey', 'grey', 'green', 'green']
    )
    const findings = await db
      .from('import_findings')
      .where({ import_id: importId, level: 'warning' })
      .orderBy('row_no')
    const told = findings.filter(({ code }) => code === 'date_conflict_slip')
    assert.deepEqual(
      told.map(({ params }) => {
        const { from_due: from, to_due: to, numbers, date } = JSON.parse(params)
        return { from, to, numbers, date }
      }),
      [
        { from: '2022年12月', to: '2022年2月', numbers: '1', date: '2021-12-31' },
        { from: '2022年12月', to: '2022年3月', numbers: '1、2、3', date: '2021-12-31' },
      ]
    )
  })

  test('found, decided with a reason, gone; the dates before stay on record', async ({
    assert,
  }) => {
    await importMilestones()
    const leader = await givenActor({ role: 'leadership' })
    const office = await givenActor({ role: 'leading_group_office' })
    assert.lengthOf(await programmeInbox(leader, (key) => key), 2)
    assert.lengthOf(await programmeInbox(office, (key) => key), 0)
    await assert.rejects(
      () => setBaseline({ name: '首份', reason: '方案', documentId: null }, office),
      'programme.errors.conflicts_open'
    )
    const ids = (await rowsOf('work_items')).map(({ id }) => Number(id))
    const decide = (from: number, to: number, more = {}) =>
      decideConflict(
        {
          fromId: ids[from - 1],
          toId: ids[to - 1],
          choice: 'suggestion',
          fromOn: null,
          toOn: null,
          reason: '年份误写',
          documentId: null,
          ...more,
        },
        leader
      )
    // A date that leaves the contradiction, and one that makes another.
    const dates = { choice: 'dates' as const }
    await assert.rejects(
      () => decide(1, 4, { ...dates, fromOn: '2022-03-31' }),
      'programme.errors.conflict_stays'
    )
    await assert.rejects(
      () => decide(3, 5, { ...dates, fromOn: '2021-12-31' }),
      'programme.errors.conflict_arises'
    )
    await assert.rejects(() => decide(2, 3), 'programme.errors.no_conflict')
    assert.deepEqual(await conflictsNow(), ['1→4', '3→5'])

    await decide(1, 4)
    assert.deepEqual(await conflictsNow(), ['3→5'])
    await assert.rejects(() => decide(1, 4), 'programme.errors.no_conflict')
    await decide(3, 5)
    assert.deepEqual(await conflictsNow(), [])
    const view = (await outlook())!
    assert.deepEqual(
      view.rows.slice(0, 3).map(({ fixedOn, printedDue }) => [fixedOn, printedDue]),
      Array.from({ length: 3 }, () => ['2021-12-31', '2022年12月'])
    )
    const first = await rowsOf('fixed_dates', { item_id: ids[0] })
    assert.deepEqual(
      first.map(({ fixed_on: date, source }) => [date, source]),
      [
        ['2022-12-30', 'plan'],
        ['2021-12-31', 'conflict'],
      ]
    )
    assert.lengthOf(await decidedConflicts(), 2)
    assert.lengthOf(await rowsOf('audit_events', { action: 'programme.conflict.decided' }), 5)
    assert.deepEqual(await checkProgramme(), [])
    assert.lengthOf(await programmeInbox(leader, (key) => key), 0)
    await setBaseline({ name: '首份', reason: '方案', documentId: null }, office)
  })

  test('two people decide at once: one decides, the other is told', async ({ assert }) => {
    await importMilestones()
    const leader = await givenActor({ role: 'leadership' })
    const [from, , , to] = (await rowsOf('work_items')).map(({ id }) => Number(id))
    const decide = () =>
      decideConflict(
        {
          fromId: from,
          toId: to,
          choice: 'suggestion',
          fromOn: null,
          toOn: null,
          reason: '年份误写',
          documentId: null,
        },
        leader
      )
    const answers = await Promise.allSettled([decide(), decide(), decide()])
    assert.lengthOf(
      answers.filter(({ status }) => status === 'fulfilled'),
      1
    )
    assert.lengthOf(await rowsOf('conflict_decisions'), 1)
    assert.deepEqual(await checkProgramme(), [])
  })

  test('the same sheet again adds nothing; it is undone while nobody has used it', async ({
    assert,
  }) => {
    const first = await importMilestones()
    const tables = ['work_items', 'work_links', 'fixed_dates', 'units', 'programmes']
    const counts = async () => Promise.all(tables.map(async (name) => (await rowsOf(name)).length))
    const before = await counts()
    const again = await importMilestones()
    assert.equal((await importById(again)).totals!.same, 7)
    assert.deepEqual(await counts(), before)
    const undo = async (id: number) => {
      const { version } = await importById(id)
      await undoImport({ id, version }, Actor.system('tests'))
    }
    await undo(first)
    assert.deepEqual(await counts(), [0, 0, 0, 0, 0])

    const third = await importMilestones()
    const [from, , , to] = (await rowsOf('work_items')).map(({ id }) => Number(id))
    await decideConflict(
      {
        fromId: from,
        toId: to,
        choice: 'suggestion',
        fromOn: null,
        toOn: null,
        reason: '年份误写',
        documentId: null,
      },
      await givenActor({ role: 'leadership' })
    )
    await assert.rejects(() => undo(third), 'programme.errors.milestone_in_use')
    assert.lengthOf(await rowsOf('work_items'), 7)
  })

  test('the leader decides on the page; the office and a scoped leader may not', async ({
    client,
    assert,
  }) => {
    await importMilestones()
    const ids = (await rowsOf('work_items')).map(({ id }) => Number(id))
    const url = `/programme/conflicts/${ids[0]}/${ids[3]}`
    const send = (user: any, form: object) =>
      client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)
    const form = { choice: 'suggestion', reason: '年份误写' }
    const unit = await rowsOf('units', { name: '市委宣传部' })
    for (const user of [
      await givenUser({ role: 'leading_group_office' }),
      await givenUser({ role: 'leadership', unitId: Number(unit[0].id) }),
      await givenUser({ role: 'liaison', unitId: Number(unit[0].id) }),
    ]) {
      const answer = await send(user, form)
      answer.assertStatus(403)
    }
    assert.lengthOf(await rowsOf('conflict_decisions'), 0)
    const leader = await givenUser({ role: 'leadership' })
    const page = await client.get(url).loginAs(leader)
    assert.include(page.text(), '2021-12-31')
    assert.include(page.text(), '2022年12月')
    const refused = await send(leader, { choice: 'suggestion' })
    assert.property(refused.flashMessage('inputErrorsBag'), 'reason')
    await send(leader, { ...form, _key: 'once' })
    await send(leader, { ...form, _key: 'once' })
    assert.lengthOf(await rowsOf('conflict_decisions'), 1)
    assert.deepEqual(await conflictsNow(), ['3→5'])
  })
})
