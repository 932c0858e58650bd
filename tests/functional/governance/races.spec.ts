import { test } from '@japa/runner'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { setHolder } from '#governance/actions/bodies'
import {
  addItem,
  holdMeeting,
  inviteMeeting,
  planMeeting,
  recordAttendance,
} from '#governance/actions/meetings'
import {
  addResolution,
  removeResolution,
  returnMinutes,
  submitMinutes,
  writeMinutes,
} from '#governance/actions/minutes'
import { issueOrder } from '#governance/actions/orders'
import { acceptPart, submitPart } from '#governance/actions/report_part'
import { addPart, endPart } from '#governance/actions/tasks'
import { partHoldings } from '#governance/dissolution'
import { attendanceOf, meetingById } from '#governance/queries/meetings'
import { partById } from '#governance/queries/parts'
import { resolutionsOf } from '#governance/queries/resolutions'
import { taskById } from '#governance/queries/tasks'
import { clock } from '#shared/clock'
import type { OpenHolding } from '#shared/ports/unit_dissolved'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUnit, rowsOf } from '#tests/support/givens'
import { meanwhile } from '#tests/support/meanwhile'
import { together } from '#tests/support/together'
import { givenCity, givenTask, type City } from './givens.js'

const ROUNDS = 10

test.group('Governance, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze('2026-02-09')
    await seedCalendar()
    return () => clock.release()
  })

  const submitted = async (partId: number, unitId: number) => {
    const liaison = await givenActor({ role: 'liaison', unitId })
    const { version } = await partById(partId)
    await submitPart({ partId, version, content: '已完成' }, liaison)
    return { partId, version: version + 1 }
  }

  test('a part added while the lead’s is accepted: no task is done with a part open', async ({
    assert,
  }) => {
    const city = await givenCity()
    for (let round = 0; round < ROUNDS; round++) {
      const { taskId, lead } = await givenTask(city)
      const move = await submitted(lead.id, city.finance)
      const part = { taskId, unitId: city.personnel, content: '配合', dueOn: null }
      const accept = () => acceptPart(move, city.office)
      const add = () => addPart(part, city.office)
      const refusals = await together(round % 2 ? [accept, add] : [add, accept])
      const { state } = await taskById(taskId)
      const key = state === 'done' ? 'shared.errors.move' : 'governance.errors.parts_open'
      assert.deepEqual(refusals, [key], `round ${round}`)
    }
  }).timeout(120_000)

  test('an order issued while its part ends: none runs on', async ({ assert }) => {
    const city = await givenCity()
    for (let round = 0; round < ROUNDS; round++) {
      const { others } = await givenTask(city, {}, [city.personnel])
      const part = await partById(others[0].id)
      const { id: partId, version } = part
      const order = () =>
        issueOrder({ partId, requirement: '按期办结', deadlineOn: null }, city.office)
      const end = () => endPart({ partId, version, comment: '不再配合' }, part, city.office)
      await together(round % 2 ? [order, end] : [end, order])
      const { state } = await partById(partId)
      const running = await rowsOf('supervision_orders', { part_id: partId, state: 'running' })
      assert.deepEqual([state, running.length], ['ended', 0], `round ${round}`)
    }
  }).timeout(120_000)

  test('a point resolved while minutes without a quorum are handed in: one is refused', async ({
    assert,
  }) => {
    const city = await givenCity()
    const meetingId = await heldWithoutQuorum(city)
    const at = async () => ({ meetingId, version: (await meetingById(meetingId)).version })
    for (let round = 0; round < ROUNDS; round++) {
      const move = await at()
      const point = { meetingId, content: '安排资金', leadUnitId: null, dueOn: null }
      const submit = () => submitMinutes(move, city.office)
      const resolve = () => addResolution({ ...point, decisionId: null }, city.office)
      const refusals = await together(round % 2 ? [submit, resolve] : [resolve, submit])
      const { state } = await meetingById(meetingId)
      const resolutions = await resolutionsOf(meetingId)
      assert.equal(resolutions.length, state === 'submitted' ? 0 : 1, `round ${round}`)
      assert.lengthOf(refusals, 1)
      if (state === 'submitted')
        await returnMinutes({ ...(await at()), comment: '再议' }, city.leader)
      else await removeResolution(resolutions[0].id, city.office)
    }
  }).timeout(120_000)

  test('a seat given to two from two days at once: nobody ends before the beginning', async ({
    assert,
  }) => {
    const city = await givenCity()
    for (let round = 0; round < ROUNDS; round++) {
      const post = { unitId: await givenUnit({ name: `单位${round}` }) }
      const give = (name: string, from: string) => () =>
        setHolder({ post, holder: { personId: null, name }, from }, city.office)
      await give('前任', '2020-01-01')()
      await together([give('甲', '2026-02-01'), give('乙', '2026-01-01')])
      const holders = await rowsOf('post_holders', { unit_id: post.unitId })
      const turned = holders.filter(
        ({ valid_to: to, valid_from: from }) => to !== null && to < from
      )
      assert.deepEqual(turned, [], `round ${round}`)
    }
  }).timeout(120_000)

  test('a part accepted while its unit ends stays accepted', async ({ assert }) => {
    const city = await givenCity()
    const unitId = await givenUnit({ name: '市文旅局', kind: 'external' })
    const { others } = await givenTask(city, {}, [unitId])
    const move = await submitted(others[0].id, unitId)
    let open: OpenHolding[] = []
    const { here, there } = await meanwhile(
      async (trx) => (open = await partHoldings.list(unitId, trx)),
      () => acceptPart(move, city.office),
      async (trx) => {
        for (const { id } of open) await partHoldings.settle(id, null, clock.today(), trx)
      }
    )
    const { state } = await partById(others[0].id)
    assert.deepEqual([here, state], [[], there.length ? 'ended' : 'accepted'])
  })
})

/** A meeting that was held although nobody of the group came, with minutes and no resolution. */
async function heldWithoutQuorum(city: City) {
  const at = async () => ({ meetingId, version: (await meetingById(meetingId)).version })
  const meetingId = await planMeeting(
    {
      bodyId: city.group,
      title: '第1次会议',
      heldOn: clock.today(),
      startsAt: '09:00',
      place: '市委',
      observers: null,
    },
    city.office
  )
  await addItem({ meetingId, title: '审议资金安排', unitId: city.finance }, city.office)
  await inviteMeeting(await at(), city.office)
  const absent = { state: 'absent' as const, substitute: null, reason: '请假' }
  const seats = (await attendanceOf(meetingId)).map(({ id }) => ({ id, ...absent }))
  await recordAttendance({ ...(await at()), seats }, city.office)
  await holdMeeting(await at(), city.office)
  await writeMinutes({ ...(await at()), minutes: '会议情况。', observers: null }, city.office)
  return meetingId
}
