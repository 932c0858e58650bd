import { writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { decide } from '#decisions/actions/decide'
import { findDecision } from '#decisions/queries/decisions'
import { setHolder } from '#governance/actions/bodies'
import { resolutionToDecision, resolutionToTask } from '#governance/actions/carry_out_resolution'
import {
  addItem,
  holdMeeting,
  inviteMeeting,
  planMeeting,
  recordAttendance,
} from '#governance/actions/meetings'
import {
  addResolution,
  approveMinutes,
  removeResolution,
  returnMinutes,
  submitMinutes,
  writeMinutes,
} from '#governance/actions/minutes'
import type { Attendance } from '#governance/domain/bodies'
import { governanceInbox } from '#governance/queries/governance_inbox'
import { attendanceOf, itemsOf, meetingById } from '#governance/queries/meetings'
import { findApprovedResolution, resolutionsOf } from '#governance/queries/resolutions'
import { partsOfTask } from '#governance/queries/parts'
import { taskById } from '#governance/queries/tasks'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenPerson, givenUser, rowsOf } from '#tests/support/givens'
import { givenCity, givenHolder, hold, type City } from './givens.js'

test.group('Meetings, minutes and resolutions', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze('2026-03-02')
    await seedCalendar()
  })
  group.each.teardown(() => clock.release())

  const versionOf = async (id: number) => (await meetingById(id)).version

  /** A planned meeting of the group; the mayor's seat is empty. */
  async function givenMeeting(city: City, bodyId = city.group) {
    const secretary = await givenHolder('赵书记')
    const head = await givenHolder('钱局长')
    await hold({ seatId: city.seats.secretary }, secretary, city.office)
    await hold({ unitId: city.finance }, head, city.office)
    const meetingId = await planMeeting(
      {
        bodyId,
        title: '领导小组第1次会议',
        heldOn: '2026-03-03',
        startsAt: '09:00',
        place: '市委常委会议室',
        observers: null,
      },
      city.office
    )
    await addItem({ meetingId, title: '审议专项资金安排', unitId: city.finance }, city.office)
    return { meetingId, secretary, head }
  }

  async function invite(city: City, meetingId: number) {
    await inviteMeeting({ meetingId, version: await versionOf(meetingId) }, city.office)
  }

  /** Notes who came by the title of the seat, and holds the meeting. */
  async function held(city: City, meetingId: number, came: Record<string, Attendance>) {
    clock.freeze('2026-03-03')
    const seats = (await attendanceOf(meetingId))
      .filter(({ title }) => came[title])
      .map(({ id, title }) => ({
        id,
        state: came[title],
        reason: null,
        substitute: came[title] === 'substitute' ? '李副局长' : null,
      }))
    await recordAttendance({ meetingId, version: await versionOf(meetingId), seats }, city.office)
    await holdMeeting({ meetingId, version: await versionOf(meetingId) }, city.office)
  }

  async function minuted(city: City, meetingId: number, resolutions: readonly object[]) {
    await writeMinutes(
      {
        meetingId,
        version: await versionOf(meetingId),
        minutes: '会议听取了汇报。',
        observers: '市融媒体中心筹备组',
      },
      city.office
    )
    for (const row of resolutions) {
      await addResolution(
        {
          meetingId,
          content: '安排专项资金',
          leadUnitId: null,
          dueOn: null,
          decisionId: null,
          ...row,
        },
        city.office
      )
    }
    await submitMinutes({ meetingId, version: await versionOf(meetingId) }, city.office)
  }

  const CAME: Record<string, Attendance> = { 市委书记: 'present', 市财政局: 'substitute' }

  test('agenda, invitations, attendance, minutes, issue: each step in its order', async ({
    assert,
  }) => {
    const city = await givenCity()
    const { meetingId, secretary } = await givenMeeting(city)
    await assert.rejects(
      () => holdMeeting({ meetingId, version: 1 }, city.office),
      'governance.errors.meeting_ahead'
    )
    await invite(city, meetingId)
    assert.deepEqual(
      (await attendanceOf(meetingId)).map(({ title, name, state }) => [title, name, state]),
      [
        ['市委书记', '赵书记', 'invited'],
        ['市长', null, 'vacant'],
        ['市财政局', '钱局长', 'invited'],
      ]
    )
    const [invitation] = await governanceInbox(secretary.actor, (key) => key)
    assert.equal(invitation.title, 'governance.inbox.meeting_invitation')
    await assert.rejects(
      () => held(city, meetingId, { 市委书记: 'present' }),
      'governance.errors.attendance_open'
    )
    await held(city, meetingId, CAME)
    await minuted(city, meetingId, [{ leadUnitId: city.finance, dueOn: '2026-03-31' }])
    const waiting = await governanceInbox(city.leader, (key) => key)
    assert.equal(waiting[0].title, 'governance.inbox.meeting_submitted')
    await returnMinutes(
      { meetingId, version: await versionOf(meetingId), comment: '写明来源' },
      city.leader
    )
    await submitMinutes({ meetingId, version: await versionOf(meetingId) }, city.office)
    const version = await versionOf(meetingId)
    await assert.rejects(
      () => approveMinutes({ meetingId, version }, city.office),
      'governance.errors.same_person'
    )
    const number = await approveMinutes({ meetingId, version }, city.leader)
    assert.equal(number, '市融改纪〔2026〕1号')
    const [document] = await rowsOf('documents', { document_no: number })
    assert.equal(document.issuer, '市媒体融合改革工作领导小组')
    await assert.rejects(() => approveMinutes({ meetingId, version }, city.leader), /move/)
  })

  test('without a quorum, or without a head to preside, nothing is resolved', async ({
    assert,
  }) => {
    const city = await givenCity()
    const { meetingId } = await givenMeeting(city)
    await invite(city, meetingId)
    await held(city, meetingId, { 市委书记: 'absent', 市财政局: 'present' })
    await assert.rejects(() => minuted(city, meetingId, [{}]), 'governance.errors.not_presided')
    const [row] = await resolutionsOf(meetingId)
    await removeResolution(row.id, city.office)
    await submitMinutes({ meetingId, version: await versionOf(meetingId) }, city.office)
    assert.equal((await meetingById(meetingId)).state, 'submitted')
  })

  test('issues are numbered by body and year; two signatures at once give two numbers', async ({
    assert,
  }) => {
    const city = await givenCity()
    const ids = []
    for (let count = 0; count < 2; count++) {
      const { meetingId } = await givenMeeting(city)
      await invite(city, meetingId)
      await held(city, meetingId, CAME)
      await minuted(city, meetingId, [{}])
      ids.push(meetingId)
      clock.freeze('2026-03-02')
    }
    const answers = await Promise.allSettled(
      ids.map(async (meetingId) =>
        approveMinutes({ meetingId, version: await versionOf(meetingId) }, city.leader)
      )
    )
    const numbers = answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? [answer.value] : []
    )
    // Who was slower is told or gets the next number; never the same one.
    assert.equal(new Set(numbers).size, numbers.length)
    assert.isAtLeast(numbers.length, 1)
    for (const meetingId of ids) {
      if ((await meetingById(meetingId)).state === 'approved') continue
      await approveMinutes({ meetingId, version: await versionOf(meetingId) }, city.leader)
    }
    assert.deepEqual((await rowsOf('meetings')).map(({ issue }) => Number(issue)).sort(), [1, 2])
  })

  test('a resolution becomes a task in one step, once; others find it by its number', async ({
    assert,
  }) => {
    const city = await givenCity()
    const { meetingId } = await givenMeeting(city)
    await invite(city, meetingId)
    await held(city, meetingId, CAME)
    await minuted(city, meetingId, [{ content: '第一项' }, { content: '第二项' }])
    const [, second] = await resolutionsOf(meetingId)
    const input = {
      resolutionId: second.id,
      leadUnitId: city.finance,
      dueOn: '2026-03-31',
      rhythm: null,
    }
    await assert.rejects(
      () => resolutionToTask(input, city.office),
      'governance.errors.minutes_not_approved'
    )
    assert.isNull(await findApprovedResolution('市融改纪〔2026〕1号第2项'))
    await approveMinutes({ meetingId, version: await versionOf(meetingId) }, city.leader)
    const found = await findApprovedResolution('市融改纪[2026]1号（2）')
    assert.equal(found?.content, '第二项')
    // Two resolutions: the number of the minutes alone names neither.
    assert.isNull(await findApprovedResolution('市融改纪〔2026〕1号'))
    assert.isNull(await findApprovedResolution('市融改纪〔2026〕1号第3项'))
    const taskId = await resolutionToTask(input, city.office)
    const task = await taskById(taskId)
    assert.deepEqual(
      [task.state, task.source, task.title, task.dueOn],
      ['active', '市融改纪〔2026〕1号第2项', '第二项', '2026-03-31']
    )
    assert.lengthOf(await partsOfTask(taskId), 1)
    await assert.rejects(() => resolutionToTask(input, city.office), 'governance.errors.task_there')
    assert.lengthOf(await rowsOf('tasks'), 1)
  })

  test('a resolution decides a missing decision by its minutes; still two people', async ({
    assert,
  }) => {
    const city = await givenCity()
    const decision = await findDecision('contract_staff_pay')
    const { meetingId } = await givenMeeting(city)
    await invite(city, meetingId)
    await held(city, meetingId, CAME)
    await minuted(city, meetingId, [{ decisionId: decision!.id }])
    await approveMinutes({ meetingId, version: await versionOf(meetingId) }, city.leader)
    const [resolution] = await resolutionsOf(meetingId)
    await resolutionToDecision(
      {
        resolutionId: resolution.id,
        version: decision!.version,
        fields: { text: '参照在编人员绩效工资执行' },
      },
      city.office
    )
    const proposed = await findDecision('contract_staff_pay')
    assert.deepEqual(
      [proposed!.state, proposed!.documentNo, proposed!.effectiveOn],
      ['proposed', '市融改纪〔2026〕1号', '2026-03-03']
    )
    const second = { decisionId: proposed!.id, version: proposed!.version }
    await assert.rejects(() => decide(second, city.office), 'decisions.errors.same_person')
    await decide(second, city.leader)
    assert.equal((await findDecision('contract_staff_pay'))!.state, 'decided')
  })

  test('papers, notice and minutes are for the invited and for who oversees', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenUser({ role: 'leading_group_office' })
    const { meetingId } = await givenMeeting(city)
    const path = app.makePath('tmp', 'paper.pdf')
    await writeFile(path, '%PDF-1.4 paper')
    await client
      .post(`/governance/meetings/${meetingId}/items`)
      .loginAs(office)
      .withCsrfToken()
      .redirects(0)
      .fields({ title: '审议编制方案' })
      .file('files', path)
    assert.lengthOf(await itemsOf(meetingId), 2)
    const [file] = await rowsOf('files', { subject_type: 'meeting_item' })
    const stranger = await givenUser({ role: 'liaison', unitId: city.finance })
    for (const url of [
      `/governance/meetings/${meetingId}`,
      `/governance/papers/${file.id}`,
      `/governance/meetings/${meetingId}/notice`,
      `/governance/meetings/${meetingId}/minutes`,
    ]) {
      const refused = await client.get(url).loginAs(stranger)
      assert.equal(refused.status(), 403, url)
      const opened = await client.get(url).loginAs(office)
      assert.equal(opened.status(), 200, url)
    }
    const taken = await rowsOf('audit_events', { action: 'governance.meeting.exported' })
    assert.deepEqual(
      taken.map((row) => [Number(row.actor_id), Number(row.subject_id), JSON.parse(row.changes)]),
      ['notice', 'minutes'].map((paper) => [office.id, meetingId, { paper, format: 'pdf' }])
    )
    const read = await rowsOf('audit_events', { action: 'governance.meeting.file_opened' })
    assert.deepEqual(
      read.map((row) => [Number(row.actor_id), Number(row.subject_id), JSON.parse(row.changes)]),
      [[office.id, meetingId, { file: 'paper.pdf' }]]
    )
    for (const tab of ['agenda', 'attendance', 'minutes']) {
      const page = await client.get(`/governance/meetings/${meetingId}?tab=${tab}`).loginAs(office)
      page.assertStatus(200)
    }
  })

  test('an invited member opens the meeting without any grant', async ({ client }) => {
    const city = await givenCity()
    const { meetingId } = await givenMeeting(city)
    const personId = await givenPerson({ name: '孙市长', external: true })
    const mayor = await givenUser({ personId })
    await setHolder(
      {
        post: { seatId: city.seats.mayor },
        from: '2026-03-01',
        holder: { personId, name: '孙市长' },
      },
      city.office
    )
    const before = await client.get(`/governance/meetings/${meetingId}`).loginAs(mayor)
    before.assertStatus(403)
    await invite(city, meetingId)
    const after = await client.get(`/governance/meetings/${meetingId}`).loginAs(mayor)
    after.assertStatus(200)
  })
})
