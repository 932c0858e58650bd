import { test } from '@japa/runner'
import { writeFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { approveExtension, askExtension, refuseExtension } from '#governance/actions/extensions'
import {
  acceptPart,
  reportProgress,
  sendBackPart,
  submitPart,
} from '#governance/actions/report_part'
import {
  addPart,
  archiveTask,
  editTask,
  endPart,
  endTask,
  readTask,
} from '#governance/actions/tasks'
import { createTask } from '#governance/actions/tasks'
import { taskLightsByUnit, unitOwes, waitingForPerson } from '#governance/queries/cockpit'
import { governanceFacts } from '#governance/queries/facts'
import { checkTasks } from '#governance/queries/governance_checks'
import { governanceInbox } from '#governance/queries/governance_inbox'
import { partById, partsOfTask } from '#governance/queries/parts'
import { taskById, taskPage } from '#governance/queries/tasks'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenCity, givenOrder, givenTask } from './givens.js'

test.group('Tasks of the leading group', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze('2026-02-09')
    await seedCalendar()
  })
  group.each.teardown(() => clock.release())

  const versionOf = async (partId: number) => (await partById(partId)).version

  async function givenLiaisons() {
    const city = await givenCity()
    const finance = await givenActor({ role: 'liaison', unitId: city.finance })
    const personnel = await givenActor({ role: 'liaison', unitId: city.personnel })
    return { city, finance, personnel }
  }

  test('from assignment to archive: parts first, then the lead, then leadership reads', async ({
    assert,
  }) => {
    const { city, finance, personnel } = await givenLiaisons()
    const { taskId, lead, others } = await givenTask(city, {}, [city.personnel])
    const submit = async (partId: number, actor: typeof finance) =>
      submitPart({ partId, version: await versionOf(partId), content: '已完成' }, actor)
    const accept = async (partId: number, actor = city.office) =>
      acceptPart({ partId, version: await versionOf(partId) }, actor)

    await submit(lead.id, finance)
    await assert.rejects(() => accept(lead.id), 'governance.errors.parts_open')
    await submit(others[0].id, personnel)
    await assert.rejects(() => accept(others[0].id, personnel), 'governance.errors.same_person')
    await sendBackPart(
      { partId: others[0].id, version: await versionOf(others[0].id), comment: '缺附件' },
      city.office
    )
    const [returned] = await governanceInbox(personnel, (key) => key)
    assert.isTrue(returned.blocked)
    assert.include(returned.detail, '缺附件')
    await submit(others[0].id, personnel)
    await accept(others[0].id)
    await accept(lead.id)
    const done = await taskById(taskId)
    assert.equal(done.state, 'done')
    await assert.rejects(
      () => archiveTask({ taskId, version: done.version }, city.office),
      /E_MOVE|move/
    )
    assert.deepEqual(
      (await governanceInbox(city.leader, (key) => key)).map(({ title }) => title),
      ['governance.inbox.read']
    )
    await readTask({ taskId, version: done.version, comment: '很好' }, city.leader)
    await archiveTask({ taskId, version: done.version + 1 }, city.office)
    assert.equal((await taskById(taskId)).state, 'archived')
    assert.deepEqual(await checkTasks(), [])
  })

  test('an extension is asked before the deadline, once at a time, and decided by another', async ({
    assert,
  }) => {
    const { city, finance } = await givenLiaisons()
    const { lead, taskId } = await givenTask(city, { dueOn: '2026-02-13' })
    const ask = (untilOn: string) =>
      askExtension({ partId: lead.id, untilOn, reason: '等' }, finance)
    await assert.rejects(() => ask('2026-02-13'), 'governance.errors.not_later')
    const first = await ask('2026-02-27')
    await assert.rejects(() => ask('2026-03-31'), 'governance.errors.extension_waits')
    await assert.rejects(
      () => approveExtension({ extensionId: first, version: 1 }, finance),
      'governance.errors.same_person'
    )
    assert.lengthOf((await waitingForPerson(city.leader)).extensions, 1)
    await refuseExtension({ extensionId: first, version: 1, comment: '按期' }, city.leader)
    assert.equal((await taskById(taskId)).dueOn, '2026-02-13')
    const second = await ask('2026-02-28')
    await approveExtension({ extensionId: second, version: 1 }, city.leader)
    assert.equal((await taskById(taskId)).dueOn, '2026-02-28')
    await assert.rejects(
      () => approveExtension({ extensionId: second, version: 2 }, city.leader),
      /E_MOVE|move/
    )
    clock.freeze('2026-03-01')
    await assert.rejects(() => ask('2026-03-31'), 'governance.errors.asked_too_late')
    assert.lengthOf(await rowsOf('task_extensions'), 2)
  })

  test('an extension that still waits does not move the day of a part that was accepted', async ({
    assert,
  }) => {
    const { city, finance } = await givenLiaisons()
    const { lead, taskId } = await givenTask(city, { dueOn: '2026-02-13' })
    const ask = { partId: lead.id, untilOn: '2026-02-27', reason: '等' }
    const extensionId = await askExtension(ask, finance)
    await submitPart(
      { partId: lead.id, version: await versionOf(lead.id), content: '完成' },
      finance
    )
    await acceptPart({ partId: lead.id, version: await versionOf(lead.id) }, city.office)
    const approve = () => approveExtension({ extensionId, version: 1 }, city.leader)
    await assert.rejects(approve, /E_MOVE|move/)
    assert.equal((await taskById(taskId)).dueOn, '2026-02-13')
    await refuseExtension({ extensionId, version: 1, comment: '已审结' }, city.leader)
  })

  test('a standing task is reported in its rhythm; each report moves the next one on', async ({
    assert,
  }) => {
    const { city, finance } = await givenLiaisons()
    const { lead } = await givenTask(city, { dueOn: null, rhythm: 'monthly' })
    assert.equal(lead.dueOn, '2026-02-28')
    const report = async () =>
      reportProgress(
        { partId: lead.id, version: await versionOf(lead.id), content: '进展' },
        finance
      )
    clock.freeze('2026-03-02')
    await report()
    assert.equal((await partById(lead.id)).dueOn, '2026-03-31')
    clock.freeze('2026-03-30')
    await report()
    assert.equal((await partById(lead.id)).dueOn, '2026-04-30')
    const reports = await rowsOf('task_reports')
    assert.deepEqual(
      reports.map(({ due_on: due }) => due),
      ['2026-02-28', '2026-03-31']
    )
  })

  test('drafts are edited, assigned ones are not; a unit has one part; never after the lead', async ({
    assert,
  }) => {
    const { city } = await givenLiaisons()
    const draft = {
      title: '任务',
      bodyId: null,
      leadUnitId: city.finance,
      dueOn: '2026-03-31',
      rhythm: null,
      criteria: null,
    }
    const taskId = await createTask(
      { ...draft, sourceKind: 'instruction', source: '批示' },
      city.office
    )
    await editTask({ ...draft, taskId, version: 1, title: '改名' }, city.office)
    await assert.rejects(
      () => editTask({ ...draft, taskId, version: 1 }, city.office),
      'shared.errors.stale'
    )
    const part = { taskId, unitId: city.personnel, content: '配合', dueOn: null }
    await assert.rejects(
      () => addPart({ ...part, dueOn: '2026-04-01' }, city.office),
      'governance.errors.after_lead'
    )
    const partId = await addPart(part, city.office)
    await assert.rejects(() => addPart(part, city.office), 'governance.errors.unit_has_part')
    await assert.rejects(
      () => addPart({ ...part, unitId: city.finance }, city.office),
      'governance.errors.unit_has_part'
    )
    await endPart({ partId, version: 1, comment: '不需要' }, await partById(partId), city.office)
    await addPart(part, city.office)
    const [lead] = await partsOfTask(taskId)
    await assert.rejects(
      () => endPart({ partId: lead.id, version: 1, comment: '-' }, lead, city.office),
      'governance.errors.lead_stays'
    )
    await assert.rejects(
      () => createTask({ ...draft, dueOn: null, sourceKind: 'plan', source: '' }, city.office),
      'governance.errors.due_or_rhythm'
    )
    await endTask({ taskId, version: 2, comment: '撤销' }, city.office)
    assert.deepEqual([...new Set((await partsOfTask(taskId)).map(({ state }) => state))], ['ended'])
    assert.deepEqual(await checkTasks(), [])
  })

  test('lights by unit, overdue, what a unit owes: the same rule in rows and in the filter', async ({
    assert,
  }) => {
    const { city } = await givenLiaisons()
    const days = ['2026-02-06', '2026-02-13', '2026-04-30']
    for (const dueOn of days) await givenTask(city, { dueOn, title: dueOn }, [city.personnel])
    const lights = await taskLightsByUnit('all')
    assert.deepEqual(
      lights.map(({ unitName, lights: { red, yellow, green }, total }) => [
        unitName,
        red,
        yellow,
        green,
        total,
      ]),
      [
        ['市财政局', 1, 1, 1, 3],
        ['市人社局', 1, 1, 1, 3],
      ]
    )
    for (const [index, light] of ['red', 'yellow', 'green'].entries()) {
      const page = await taskPage({ units: 'all', light, cursor: null })
      assert.deepEqual(
        page.rows.map(({ title, light: shown }) => [title, shown]),
        [[days[index], light]]
      )
    }
    assert.deepEqual(
      (await unitOwes(city.finance)).map(({ dueOn }) => dueOn),
      days
    )
    const [tasksDone] = governanceFacts
    assert.isFalse((await tasksDone.read('2026-02-09')).met)
  })

  test('what a dissolved unit held goes to the successor or ends with it', async ({ assert }) => {
    const { city } = await givenLiaisons()
    const heir = await givenUnit({ name: '融媒体中心' })
    const gone = await givenUnit({ name: '报社' })
    const handed = await givenTask(city, { leadUnitId: gone }, [heir])
    const ended = await givenTask(city, { leadUnitId: gone })
    const support = await givenTask(city, {}, [gone, heir])
    await inTransaction(async (trx) => {
      const holdings = await unitDissolvedPort.list(gone, trx)
      const parts = holdings.filter(({ kind }) => kind === 'task_part')
      assert.lengthOf(parts, 3)
      for (const holding of parts) {
        const heirless = holding.id === ended.lead.id
        await unitDissolvedPort.settle(holding, heirless ? null : heir, '2026-02-09', trx)
      }
      assert.lengthOf(
        (await unitDissolvedPort.list(gone, trx)).filter(({ kind }) => kind === 'task_part'),
        0
      )
    })
    const states = async (taskId: number) =>
      (await partsOfTask(taskId)).map(({ unitName, role, state }) => [unitName, role, state])
    assert.deepEqual(await states(handed.taskId), [
      ['融媒体中心', 'lead', 'open'],
      ['融媒体中心', 'support', 'ended'],
    ])
    assert.equal((await taskById(ended.taskId)).state, 'ended')
    assert.deepEqual(await states(support.taskId), [
      ['市财政局', 'lead', 'open'],
      ['报社', 'support', 'ended'],
      ['融媒体中心', 'support', 'open'],
    ])
    assert.deepEqual(await checkTasks(), [])
  })

  test('a seat of a dissolved unit is taken over once', async ({ assert }) => {
    const city = await givenCity()
    const heir = await givenUnit({ name: '融媒体中心' })
    await inTransaction(async (trx) => {
      const [seat] = (await unitDissolvedPort.list(city.finance, trx)).filter(
        ({ kind }) => kind === 'body_seat'
      )
      await unitDissolvedPort.settle(seat, heir, '2026-02-09', trx)
    })
    const seats = await rowsOf('body_seats', { body_id: city.group })
    assert.deepEqual(
      seats.map(({ title, valid_to: to }) => [title, to]),
      [
        ['市委书记', null],
        ['市长', null],
        ['市财政局', '2026-02-09'],
        ['融媒体中心', null],
      ]
    )
  })

  test('reports come with evidence that is checked by content; only who may see the part opens it', async ({
    client,
    assert,
  }) => {
    const { city } = await givenLiaisons()
    const { lead } = await givenTask(city)
    const liaison = await givenUser({ role: 'liaison', unitId: city.finance })
    const pdf = app.makePath('tmp', 'evidence.pdf')
    const fake = app.makePath('tmp', 'fake.pdf')
    await writeFile(pdf, '%PDF-1.4 evidence')
    await writeFile(fake, 'MZ this is no PDF')
    const send = (path: string, key: string) =>
      client
        .post(`/governance/parts/${lead.id}/reports`)
        .loginAs(liaison)
        .withCsrfToken()
        .redirects(0)
        .fields({ version: '1', content: '已下达预算', _key: key })
        .file('files', path)
    const refused = await send(fake, 'one')
    assert.property(refused.flashMessage('inputErrorsBag'), 'files')
    assert.lengthOf(await rowsOf('task_reports'), 0)
    assert.lengthOf(await rowsOf('files'), 0)
    await send(pdf, 'two')
    await send(pdf, 'two')
    assert.lengthOf(await rowsOf('task_reports'), 1)
    const [file] = await rowsOf('files')
    const opened = await client.get(`/governance/evidence/${file.id}`).loginAs(liaison)
    opened.assertStatus(200)
    assert.equal(opened.header('content-type'), 'application/pdf')
    const other = await givenUser({ role: 'liaison', unitId: city.personnel })
    const strange = await client.get(`/governance/evidence/${file.id}`).loginAs(other)
    strange.assertStatus(403)
    const read = await rowsOf('audit_events', { action: 'governance.part.file_opened' })
    assert.deepEqual(
      read.map((row) => [Number(row.actor_id), Number(row.subject_id), JSON.parse(row.changes)]),
      [[liaison.id, lead.id, { file: 'evidence.pdf' }]]
    )
  })

  test('pages, register, bulletin and order as documents', async ({ client, assert }) => {
    const city = await givenCity()
    const { orderId, taskId } = await givenOrder(city, '2026-02-13')
    const office = await givenUser({ role: 'leading_group_office' })
    for (const path of [
      '/governance/tasks',
      `/governance/tasks/${taskId}`,
      '/governance/orders',
      `/governance/orders/${orderId}`,
      `/governance/orders/${orderId}/paper`,
      '/governance/tasks/export?light=yellow',
      '/governance/bulletin',
      '/governance/bulletin/file',
      '/governance/bulletin/file?format=xlsx',
      '/governance/bodies',
      `/governance/bodies/${city.group}`,
      '/governance/heads',
      `/governance/seats/${city.seats.mayor}`,
      `/governance/units/${city.finance}`,
      '/governance/tasks/create',
    ]) {
      const page = await client.get(path).loginAs(office)
      assert.equal(page.status(), 200, path)
    }
    assert.lengthOf(await rowsOf('audit_events', { action: 'governance.bulletin.exported' }), 2)
    const [taken] = await rowsOf('audit_events', { action: 'governance.order.exported' })
    assert.deepEqual([Number(taken.actor_id), Number(taken.subject_id)], [office.id, orderId])
    const admin = await givenUser({ role: 'system_admin' })
    const rules = await client.get('/governance/rules').loginAs(admin)
    rules.assertStatus(200)
  })
})
