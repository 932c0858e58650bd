import { test } from '@japa/runner'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { reportProgress } from '#governance/actions/report_part'
import { allBodies, seatsOf } from '#governance/queries/bodies'
import { partsOfTask } from '#governance/queries/parts'
import { checkTasks } from '#governance/queries/governance_checks'
import { taskList } from '#governance/queries/tasks'
import { linkTask, unlinkTask } from '#programme/actions/link_task'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUser, rowsOf } from '#tests/support/givens'
import { importSample } from '../imports/samples.js'

test.group('Sheets 领导小组, 联席会议, 任务分工', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze('2022-01-10')
    await seedCalendar()
    await importSample('units', 'reform-plan.xlsx', { effective_on: '2022-02-20' })
  })
  group.each.teardown(() => clock.release())

  const importPlan = () => importSample('governance', 'reform-plan.xlsx')

  test('17 seats with two heads, joint meeting of 10, 13 tasks; the same file adds nothing', async ({
    assert,
  }) => {
    await importPlan()
    const [group17, joint, supervisor] = await allBodies()
    const seats = await seatsOf(group17.id)
    assert.lengthOf(seats, 17)
    const byRole = (role: string) => seats.filter((seat) => seat.role === role)
    assert.deepEqual(
      ['head', 'deputy', 'member'].map((role) => byRole(role).length),
      [2, 4, 11]
    )
    assert.deepEqual(
      byRole('head').map(({ title, unitId }) => [title, unitId]),
      [
        ['市委书记', null],
        ['市长', null],
      ]
    )
    assert.isTrue(byRole('member').every(({ unitId }) => unitId !== null))
    const jointSeats = await seatsOf(joint.id)
    assert.lengthOf(jointSeats, 10)
    assert.deepEqual(
      jointSeats.filter(({ role }) => role === 'head').map(({ title }) => title),
      ['市委宣传部']
    )
    assert.equal(supervisor.kind, 'supervisor')
    // 市广播电视台 of the sheet is the unit that the plan calls 广播电视台.
    const station = seats.find(({ title }) => title === '市广播电视台')
    assert.equal(station?.unitName, '广播电视台')

    const tasks = await taskList({ units: 'all' })
    assert.lengthOf(tasks, 13)
    assert.deepEqual(
      tasks.map(({ planNo, leadUnitName, dueOn, rhythm }) => [planNo, leadUnitName, dueOn, rhythm]),
      [
        [1, '市委宣传部', '2022-03-31', 'quarterly'],
        [2, '市财政局', '2022-03-31', null],
        [3, '市委编办', '2022-03-31', null],
        [4, '市人社局', '2022-03-31', null],
        [5, '市发改局', '2022-05-31', null],
        [6, '市网信办', '2022-03-31', 'quarterly'],
        [7, '市文广局', '2022-03-31', 'quarterly'],
        [8, '市经信局', '2022-05-31', null],
        [9, '市政务服务中心', '2022-09-30', null],
        [10, '市委编办', '2022-02-28', null],
        [11, '市人社局', '2022-03-31', null],
        [12, '市人社局', '2022-05-31', null],
        [13, '市深改办', '2022-03-31', 'quarterly'],
      ]
    )
    assert.isTrue(tasks.every(({ state }) => state === 'active'))
    const eleventh = await partsOfTask(tasks[10].id)
    assert.deepEqual(
      eleventh.map(({ unitName, role }) => [unitName, role]),
      [
        ['市人社局', 'lead'],
        ['报社', 'support'],
        ['广播电视台', 'support'],
        ['文化传媒公司', 'support'],
      ]
    )
    assert.deepEqual(await checkTasks(), [])

    const before = [await rowsOf('body_seats'), await rowsOf('task_parts')]
    await importPlan()
    assert.deepEqual([await rowsOf('body_seats'), await rowsOf('task_parts')], before)
    assert.lengthOf(await rowsOf('bodies'), 3)
  })

  test('undone it leaves nothing; once a unit has reported it stays', async ({ assert }) => {
    const actor = Actor.system('tests')
    const undo = async (id: number) =>
      undoImport({ id, version: (await importById(id)).version }, actor)
    const units = await rowsOf('units')
    await undo(await importPlan())
    for (const table of ['bodies', 'body_seats', 'tasks', 'task_parts']) {
      assert.lengthOf(await rowsOf(table), 0, table)
    }
    assert.deepEqual(await rowsOf('units'), units)

    const again = await importPlan()
    const [task] = await taskList({ units: 'all' })
    const [lead] = await partsOfTask(task.id)
    const liaison = await givenActor({ role: 'liaison', unitId: lead.unitId })
    await reportProgress({ partId: lead.id, version: 1, content: '已召开' }, liaison)
    await assert.rejects(() => undo(again), 'governance.errors.import_in_use')
    assert.lengthOf(await rowsOf('tasks'), 13)
  })

  test('an import whose task delivers a work item is not undone', async ({ assert }) => {
    await importSample('milestones', 'reform-plan.xlsx')
    const id = await importPlan()
    const [task] = await rowsOf('tasks')
    const office = await givenActor({ role: 'leading_group_office' })
    const [item] = await rowsOf('work_items')
    const itemId = Number(item.id)
    await linkTask({ itemId, taskNumber: task.number }, office)
    const undo = async () =>
      undoImport({ id, version: (await importById(id)).version }, Actor.system('tests'))
    await assert.rejects(undo, 'governance.errors.import_in_use')
    assert.lengthOf(await rowsOf('tasks'), 13)
    assert.lengthOf(await rowsOf('work_item_tasks', { task_id: task.id }), 1)
    await unlinkTask({ itemId, taskId: Number(task.id) }, office)
    await undo()
    assert.lengthOf(await rowsOf('tasks'), 0)
  })

  test('the office sees the imports that it may run, and no roster', async ({ client, assert }) => {
    const own = await importPlan()
    const [units] = await rowsOf('imports', { definition: 'units' })
    const office = await givenUser({ role: 'leading_group_office' })
    const list = await client.get('/imports').loginAs(office)
    list.assertStatus(200)
    assert.include(list.text(), `/imports/${own}`)
    assert.notInclude(list.text(), `/imports/${units.id}"`)
    const opened = await client.get(`/imports/${own}`).loginAs(office)
    opened.assertStatus(200)
    const refused = await client.get(`/imports/${units.id}`).loginAs(office)
    refused.assertStatus(403)
  })
})
