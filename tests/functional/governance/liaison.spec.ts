import { writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { buildActor } from '#accounts/queries/build_actor'
import { askExtension } from '#governance/actions/extensions'
import { issueOrder } from '#governance/actions/orders'
import { addItem, planMeeting } from '#governance/actions/meetings'
import { assignTask, createTask } from '#governance/actions/tasks'
import { runSupervision } from '#governance/jobs/run_supervision'
import { noticeById } from '#governance/queries/notices'
import { clock } from '#shared/clock'
import { inboxPort } from '#shared/ports/inbox'
import { searchPort } from '#shared/ports/search'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { allRoutes } from '../permissions/probe.js'
import { givenCity, givenTask } from './givens.js'

/** Stands in every text of the other unit. */
const MARK = '乙方机密'

test.group('A liaison sees and reports the own unit’s tasks only', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze('2026-02-09')
    await seedCalendar()
  })
  group.each.teardown(() => clock.release())

  /**
   * The other unit leads a task of its own with a report, evidence, a request, an order and a
   * notice, and supports one that the liaison's unit supports too.
   */
  async function givenTwoUnits(client: any) {
    const city = await givenCity()
    const mine = await givenUser({ role: 'liaison', unitId: city.finance })
    const theirs = await givenUser({ role: 'liaison', unitId: city.personnel })
    const own = await givenTask(city, { title: '甲方任务', leadUnitId: city.finance })
    const other = await givenTask(city, {
      title: `${MARK}任务`,
      leadUnitId: city.personnel,
      dueOn: '2026-02-13',
    })
    const shared = await givenTask(city, { title: '共同任务', leadUnitId: city.department }, [
      city.finance,
      city.personnel,
    ])
    const path = app.makePath('tmp', `${MARK}.pdf`)
    await writeFile(path, `%PDF-1.4 ${MARK}`)
    const report = (partId: number) =>
      client
        .post(`/governance/parts/${partId}/reports`)
        .loginAs(theirs)
        .withCsrfToken()
        .redirects(0)
        .fields({ version: '1', content: `${MARK}进展` })
        .file('files', path)
    await report(other.lead.id)
    await report(shared.others[1].id)
    const orderId = await issueOrder(
      { partId: other.lead.id, requirement: `${MARK}要求`, deadlineOn: null },
      city.office
    )
    const extensionId = await askExtension(
      { partId: other.lead.id, untilOn: '2026-02-28', reason: `${MARK}理由` },
      await buildActor(theirs.id)
    )
    clock.freeze('2026-02-14')
    await runSupervision()
    const meetingId = await planMeeting(
      {
        bodyId: city.group,
        title: `${MARK}会议`,
        heldOn: '2026-03-01',
        startsAt: '09:00',
        place: '会议室',
        observers: null,
      },
      city.office
    )
    await addItem({ meetingId, title: `${MARK}议题`, unitId: city.personnel }, city.office)
    const [evidence] = await rowsOf('files')
    const notices = await rowsOf('supervision_notices')
    return {
      city,
      mine,
      own,
      other,
      shared,
      orderId,
      extensionId,
      meetingId,
      evidenceId: Number(evidence.id),
      noticeId: Number(notices.at(-1)!.id),
    }
  }

  test('no route of the application shows anything of another unit', async ({ client, assert }) => {
    const { city, mine, other, shared, ...ids } = await givenTwoUnits(client)
    const places: [prefix: string, id: number][] = [
      ['/governance/tasks', other.taskId],
      ['/governance/parts', other.lead.id],
      ['/governance/evidence', ids.evidenceId],
      ['/governance/extensions', ids.extensionId],
      ['/governance/orders', ids.orderId],
      ['/governance/notices', ids.noticeId],
      ['/governance/meetings', ids.meetingId],
      ['/governance/units', city.personnel],
      ['/governance/bodies', city.group],
      ['/organization/units', city.personnel],
    ]
    const readable = allRoutes().filter(({ method }) => method === 'GET')
    const asked: string[] = []
    for (const { pattern } of readable) {
      const id = places.find(([prefix]) => pattern.startsWith(`${prefix}/:id`))?.[1]
      if (pattern.includes(':') && id === undefined) continue
      if (pattern.startsWith('/accounts/sign')) continue
      const url = pattern.replace(':id', String(id))
      const search = /search|pick|tasks$|orders$/.test(url) ? `?q=${encodeURIComponent(MARK)}` : ''
      const page = await client.get(`${url}${search}`).loginAs(mine).redirects(0)
      // What was typed comes back in the search box; nothing was found.
      const text = page.text().replaceAll(`value="${MARK}"`, '')
      assert.notInclude(text, `${MARK}任务`, url)
      assert.notInclude(text, `${MARK}进展`, url)
      assert.notInclude(text, `${MARK}理由`, url)
      assert.notInclude(text, `${MARK}要求`, url)
      assert.notInclude(text, `${MARK}会议`, url)
      assert.notInclude(text, `${MARK}.pdf`, url)
      if (pattern.startsWith('/governance/') && id !== undefined) {
        assert.equal(page.status(), 403, url)
        asked.push(url)
      }
    }
    assert.isAtLeast(asked.length, 9)
    // A task that both support: the own part, not the other's.
    const common = await client.get(`/governance/tasks/${shared.taskId}`).loginAs(mine)
    common.assertStatus(200)
    assert.include(common.text(), `配合事项${city.finance}`)
    assert.notInclude(common.text(), `配合事项${city.personnel}`)
    assert.notInclude(common.text(), MARK)
  }).timeout(120_000)

  test('nor do the inbox, the search or the lists behind them', async ({ client, assert }) => {
    const { mine, own } = await givenTwoUnits(client)
    const actor = await buildActor(mine.id)
    const found = await searchPort.find(actor, '任务')
    assert.deepEqual(found.map(({ title }) => title).sort(), ['共同任务', '甲方任务'].sort())
    assert.lengthOf(await searchPort.find(actor, MARK), 0)
    const items = await inboxPort.items(actor, (key, params) => `${key} ${JSON.stringify(params)}`)
    assert.notInclude(JSON.stringify(items), MARK)
    const desk = await client.get('/governance/desk').loginAs(mine)
    assert.include(desk.text(), `/governance/tasks/${own.taskId}"`)
    assert.notInclude(desk.text(), MARK)
  })

  test('a draft is the office’s own until it is assigned', async ({ client, assert }) => {
    const city = await givenCity()
    const mine = await givenUser({ role: 'liaison', unitId: city.finance })
    const taskId = await createTask(
      {
        title: '尚未交办的任务',
        sourceKind: 'instruction',
        source: '批示',
        bodyId: null,
        leadUnitId: city.finance,
        dueOn: '2026-03-31',
        rhythm: null,
        criteria: null,
      },
      city.office
    )
    const page = await client.get(`/governance/tasks/${taskId}`).loginAs(mine)
    page.assertStatus(403)
    const actor = await buildActor(mine.id)
    assert.lengthOf(await searchPort.find(actor, '尚未交办'), 0)
    assert.lengthOf(await searchPort.find(city.office, '尚未交办'), 1)
    await assignTask({ taskId, version: 1 }, city.office)
    const assigned = await client.get(`/governance/tasks/${taskId}`).loginAs(mine)
    assigned.assertStatus(200)
    assert.lengthOf(await searchPort.find(actor, '尚未交办'), 1)
  })

  test('every write to another unit’s part is refused and changes nothing', async ({
    client,
    assert,
  }) => {
    const { mine, other, shared, orderId, extensionId, noticeId } = await givenTwoUnits(client)
    const before = await everything()
    const part = `/governance/parts/${other.lead.id}`
    const attempts: [string, object][] = [
      [`${part}/reports`, { version: 2, content: '冒充' }],
      [`${part}/completion`, { version: 2, content: '冒充' }],
      [`/governance/parts/${shared.others[1].id}/reports`, { version: 2, content: '冒充' }],
      [`/governance/parts/${shared.lead.id}/completion`, { version: 1, content: '冒充' }],
      [`${part}/extensions`, { until_on: '2026-12-31', reason: '冒充' }],
      [`${part}/comments`, { content: '冒充' }],
      [`${part}/acceptance`, { version: 2 }],
      [`${part}/return`, { version: 2, comment: '冒充' }],
      [`${part}/orders`, { requirement: '冒充' }],
      [`${part}/end`, { version: 2, comment: '冒充' }],
      [`/governance/extensions/${extensionId}/approval`, { version: 1 }],
      [`/governance/orders/${orderId}/closing`, { version: 1, comment: '冒充' }],
      [`/governance/notices/${noticeId}/seen`, {}],
      [`/governance/tasks/${other.taskId}/end`, { version: 2, comment: '冒充' }],
      [`/governance/tasks/${other.taskId}/reading`, { version: 2 }],
      ['/governance/heads', { unit_id: 1, name: '冒充', from: '2026-01-01' }],
    ]
    for (const [url, form] of attempts) {
      const sent = await client.post(url).loginAs(mine).withCsrfToken().redirects(0).form(form)
      assert.equal(sent.status(), 403, url)
    }
    assert.deepEqual(await everything(), before)
    assert.isNull((await noticeById(noticeId)).seenAt)
    assert.lengthOf(
      await rowsOf('audit_events', { actor_id: mine.id }).then((rows) =>
        rows.filter(({ action }) => action === 'audit.refused' || action.includes('refus'))
      ),
      attempts.length
    )
  })

  async function everything() {
    const tables = ['tasks', 'task_parts', 'task_reports', 'task_extensions', 'post_holders']
    return Promise.all(
      [...tables, 'supervision_orders', 'supervision_notices'].map((t) => rowsOf(t))
    )
  }

  test('a refused form in a fold comes back open, with the field named as on the page', async ({
    client,
  }) => {
    const { mine, own } = await givenTwoUnits(client)
    const send = (path: string, form: object) =>
      client
        .post(`/governance/parts/${own.lead.id}/${path}`)
        .header('referer', `/governance/tasks/${own.taskId}`)
        .loginAs(mine)
        .withCsrfToken()
        .form({ _form: `/governance/parts/${own.lead.id}/${path}`, ...form })
    const asked = await send('extensions', { until_on: '2027-02-29', reason: '等待数据' })
    asked.assertTextIncludes('<details class="more" open>')
    asked.assertTextIncludes('>等待数据</textarea>')
    const reported = await send('reports', { version: 1, content: '' })
    reported.assertTextIncludes('请填写办理进展')
  })
})
