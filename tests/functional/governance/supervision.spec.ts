import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { approveExtension, askExtension } from '#governance/actions/extensions'
import { closeOrder, issueOrder, seeNotice } from '#governance/actions/orders'
import { acceptPart, commentPart, sendBackPart, submitPart } from '#governance/actions/report_part'
import { setClockRules } from '#governance/actions/set_clock_rules'
import { setHolder } from '#governance/actions/bodies'
import { DEFAULT_RULES } from '#governance/domain/supervision'
import { runSupervision, SUPERVISION_JOB } from '#governance/jobs/run_supervision'
import { orderById } from '#governance/queries/orders'
import { escalationsFor, isAddressee, stepsTaken } from '#governance/queries/notices'
import { extensionById } from '#governance/queries/extensions'
import { checkOrders } from '#governance/queries/governance_checks'
import { governanceInbox } from '#governance/queries/governance_inbox'
import { partById } from '#governance/queries/parts'
import { civilTime, clock } from '#shared/clock'
import { drainJobs, enqueueScheduled } from '#shared/jobs/queue'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, rowsOf } from '#tests/support/givens'
import { givenCity, givenHolder, givenOrder, givenTask, hold } from './givens.js'

/** A moment of the wall clock in Shanghai, as the house's UTC. */
const at = (wall: string) => {
  const [day, time] = wall.split(' ')
  return new Date(`${day}T${time}:00+08:00`).toISOString()
}

/** step, due, told, card: what the record says of an order. */
async function recorded(orderId: number) {
  const steps = await stepsTaken(orderId)
  return steps.map(({ step, dueAt, card }) => [step, civilTime(dueAt), card])
}

async function told(orderId: number) {
  const steps = await stepsTaken(orderId)
  return steps.map(({ notices }) =>
    notices.map(({ title, name, vacant }) => `${title}=${vacant ? '空缺' : name}`)
  )
}

test.group('Supervision over a holiday week', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze(at('2026-02-09 10:30'))
    await seedCalendar()
  })
  group.each.teardown(() => clock.release())

  /**
   * Spring Festival 2026: Saturday 14 February is worked, 15 to 23 February are free, Saturday 28
   * February is worked again. From Monday 9 February 10:30 to the end of the 13th are 2,010
   * working minutes; four fifths of them, 1,608, are used up on Friday at 09:18.
   */
  const DUE = [
    [0, '2026-02-13 09:18', null],
    [1, '2026-02-14 00:00', null],
    // 420 minutes on the worked Saturday, the rest on the first day after the holidays.
    [2, '2026-02-24 18:00', 'yellow'],
    // 2,100 minutes are five working days: 14, 24, 25, 26, 27 February.
    [3, '2026-02-27 18:00', 'red'],
  ]

  async function givenHolders() {
    const city = await givenCity()
    const head = await givenHolder('钱局长')
    const secretary = await givenHolder('赵书记')
    const department = await givenHolder('孙部长')
    await hold({ unitId: city.finance }, head, city.office)
    await hold({ seatId: city.seats.secretary }, secretary, city.office)
    await hold({ unitId: city.department }, department, city.office)
    return { city, head, secretary, department }
  }

  test('each step falls to the minute, and not a minute before', async ({ assert }) => {
    const { city } = await givenHolders()
    const { orderId } = await givenOrder(city, '2026-02-13')
    const moments: [string, string][] = [
      ['2026-02-13 09:17', '2026-02-13 09:18'],
      ['2026-02-13 23:59', '2026-02-14 00:00'],
      ['2026-02-24 17:59', '2026-02-24 18:00'],
      ['2026-02-27 17:59', '2026-02-27 18:00'],
    ]
    for (const [index, [before, due]] of moments.entries()) {
      clock.freeze(at(before))
      assert.deepEqual(await runSupervision(), { steps: 0 }, before)
      clock.freeze(at(due))
      assert.deepEqual(await runSupervision(), { steps: 1 }, due)
      assert.deepEqual(await recorded(orderId), DUE.slice(0, index + 1))
    }
    assert.deepEqual(await checkOrders(), [])
  })

  test('a vacant post is skipped to the next level and said so', async ({ assert }) => {
    const { city, secretary, department, head } = await givenHolders()
    await setHolder(
      { post: { unitId: city.finance }, holder: null, from: '2026-02-10' },
      city.office
    )
    const { orderId } = await givenOrder(city, '2026-02-13')
    clock.freeze(at('2026-02-28 09:00'))
    await runSupervision()
    assert.deepEqual(await told(orderId), [
      ['市财政局=市财政局'],
      ['市财政局主要负责人=空缺', '媒体融合改革工作联席会议：市委宣传部=孙部长'],
      ['媒体融合改革工作联席会议：市委宣传部=孙部长'],
      // One of the two heads: the other seat is empty, the level is not.
      ['市媒体融合改革工作领导小组：市委书记=赵书记', '市媒体融合改革工作领导小组：市长=空缺'],
    ])
    // The card goes with the time, not with who was there to be told.
    assert.deepEqual(await recorded(orderId), DUE)
    assert.lengthOf(await escalationsFor(department.actor), 2)
    assert.lengthOf(await escalationsFor(secretary.actor), 1)
    assert.lengthOf(await escalationsFor(head.actor), 0)
    const audit = await rowsOf('audit_events', { action: 'governance.order.head' })
    assert.include(audit[0].changes, '市财政局主要负责人（空缺）')
  })

  test('nobody anywhere is on record too', async ({ assert }) => {
    const city = await givenCity()
    const { orderId } = await givenOrder(city, '2026-02-13')
    clock.freeze(at('2026-02-28 09:00'))
    await runSupervision()
    const [, head] = await told(orderId)
    assert.deepEqual(head, [
      '市财政局主要负责人=空缺',
      '媒体融合改革工作联席会议：市委宣传部=空缺',
      '市媒体融合改革工作领导小组：市委书记=空缺',
      '市媒体融合改革工作领导小组：市长=空缺',
    ])
  })

  test('stopped for three days and started twice, the job leaves the same record', async ({
    assert,
  }) => {
    const { city } = await givenHolders()
    const { orderId } = await givenOrder(city, '2026-02-13')
    clock.freeze(at('2026-02-12 12:00'))
    await runSupervision()
    // Three days without the application: the reminder and the deadline pass.
    clock.freeze(at('2026-02-15 12:00'))
    const answers = await Promise.all([runSupervision(), runSupervision()])
    assert.equal(answers[0].steps + answers[1].steps, 2)
    assert.deepEqual(await recorded(orderId), DUE.slice(0, 2))
    const [, late] = await stepsTaken(orderId)
    assert.equal(civilTime(late.toldAt), '2026-02-15 12:00')
    assert.deepEqual(await runSupervision(), { steps: 0 })

    // By the queue: two instances enqueue the period's job, it runs once.
    clock.freeze(at('2026-02-27 18:00'))
    await Promise.all([enqueueScheduled(), enqueueScheduled()])
    assert.lengthOf(await rowsOf('jobs', { kind: SUPERVISION_JOB }), 1)
    await drainJobs()
    await runSupervision()
    assert.deepEqual(await recorded(orderId), DUE)
    assert.lengthOf(await rowsOf('supervision_steps'), 4)
    assert.deepEqual(await checkOrders(), [])
  })

  test('two orders that run twice at once: every step once, 12 rounds', async ({ assert }) => {
    const { city } = await givenHolders()
    const { orderId } = await givenOrder(city, '2026-02-13')
    const other = await givenOrder(city, '2026-02-14')
    clock.freeze(at('2026-03-31 18:00'))
    for (let round = 0; round < 12; round++) {
      await db.from('supervision_notices').delete()
      await db.from('supervision_steps').delete()
      await db.from('supervision_orders').update({ last_step: -1 })
      const answers = await Promise.all([runSupervision(), runSupervision(), runSupervision()])
      assert.equal(
        answers.reduce((sum, { steps }) => sum + steps, 0),
        8,
        `round ${round}`
      )
      assert.lengthOf(await rowsOf('supervision_steps', { order_id: orderId }), 4)
      assert.lengthOf(await rowsOf('supervision_steps', { order_id: other.orderId }), 4)
    }
  }).timeout(120_000)

  test('neither comments nor reports nor what is sent back move the clock', async ({ assert }) => {
    const { city } = await givenHolders()
    const { orderId, partId } = await givenOrder(city, '2026-02-13')
    const liaison = await givenActor({ role: 'liaison', unitId: city.finance })
    clock.freeze(at('2026-02-11 09:00'))
    const version = async () => (await partById(partId)).version
    await submitPart({ partId, version: await version(), content: '已办' }, liaison)
    await commentPart({ partId, content: '请抓紧' }, city.office)
    await sendBackPart({ partId, version: await version(), comment: '缺批复' }, city.office)
    await commentPart({ partId, content: '再催' }, city.leader)
    clock.freeze(at('2026-02-28 09:00'))
    await runSupervision()
    assert.deepEqual(await recorded(orderId), DUE)
  })

  test('handed in on time and accepted late: the cards given meanwhile are lifted', async ({
    assert,
  }) => {
    const { city } = await givenHolders()
    const { orderId, partId, taskId } = await givenOrder(city, '2026-02-13')
    const liaison = await givenActor({ role: 'liaison', unitId: city.finance })
    clock.freeze(at('2026-02-13 16:00'))
    await submitPart({ partId, version: 1, content: '已办结' }, liaison)
    clock.freeze(at('2026-02-25 10:00'))
    await runSupervision()
    assert.deepEqual(await recorded(orderId), DUE.slice(0, 3))
    await acceptPart({ partId, version: (await partById(partId)).version }, city.office)
    const cards = (await stepsTaken(orderId)).filter(({ card }) => card)
    assert.deepEqual(
      cards.map(({ card, liftedAt }) => [card, liftedAt !== null]),
      [['yellow', true]]
    )
    const [task] = await rowsOf('tasks', { id: taskId })
    assert.equal(task.state, 'done')
    assert.equal((await orderById(orderId)).state, 'closed')
    clock.freeze(at('2026-03-31 10:00'))
    assert.deepEqual(await runSupervision(), { steps: 0 })
  })

  test('an approved extension begins another run to the new day; old steps stay', async ({
    assert,
  }) => {
    const { city } = await givenHolders()
    const { orderId, partId } = await givenOrder(city, '2026-02-13')
    const liaison = await givenActor({ role: 'liaison', unitId: city.finance })
    clock.freeze(at('2026-02-13 10:00'))
    await runSupervision()
    const extensionId = await askExtension(
      { partId, untilOn: '2026-02-25', reason: '等待省厅批复' },
      liaison
    )
    clock.freeze(at('2026-02-14 09:00'))
    await runSupervision()
    await approveExtension({ extensionId, version: 1 }, city.leader)
    assert.equal((await extensionById(extensionId)).state, 'approved')
    assert.equal((await partById(partId)).dueOn, '2026-02-25')
    clock.freeze(at('2026-02-28 18:00'))
    await runSupervision()
    const steps = await stepsTaken(orderId)
    assert.deepEqual(
      steps.map(({ run, step, dueAt }) => [run, step, civilTime(dueAt)]),
      [
        [1, 0, '2026-02-13 09:18'],
        [1, 1, '2026-02-14 00:00'],
        // From the 14th 09:00 to the end of the 25th are 1,260 minutes; 1,008 end on the 25th.
        [2, 0, '2026-02-25 11:48'],
        [2, 1, '2026-02-26 00:00'],
        [2, 2, '2026-02-27 18:00'],
      ]
    )
  })

  test('an order keeps the rules of the day it was issued', async ({ assert }) => {
    const { city } = await givenHolders()
    const { orderId } = await givenOrder(city, '2026-02-13')
    const admin = await givenActor({ role: 'system_admin' })
    const rules = { ...DEFAULT_RULES, reminderPercent: 50, jointMinutes: 60 }
    await assert.rejects(
      () =>
        setClockRules(
          {
            validFrom: '2026-02-10',
            documentNo: '督〔2026〕1号',
            rules: { ...rules, leadingMinutes: 60 },
          },
          admin
        ),
      'governance.errors.levels_order'
    )
    const bad = { ...rules, hours: [{ from: '18:00', to: '09:00' }] }
    await assert.rejects(
      () =>
        setClockRules({ validFrom: '2026-02-10', documentNo: '督〔2026〕1号', rules: bad }, admin),
      'governance.errors.hours_unreadable'
    )
    await setClockRules({ validFrom: '2026-02-10', documentNo: '督〔2026〕1号', rules }, admin)
    clock.freeze(at('2026-02-10 09:00'))
    const later = await givenOrder(city, '2026-02-13')
    clock.freeze(at('2026-02-28 18:00'))
    await runSupervision()
    assert.deepEqual(await recorded(orderId), DUE)
    const [reminder, , joint] = await recorded(later.orderId)
    // Half of 1,680 minutes: two working days.
    assert.deepEqual(reminder, [0, '2026-02-11 18:00', null])
    assert.deepEqual(joint, [2, '2026-02-14 10:00', 'yellow'])
  })

  test('who was told takes note once; the inbox is then empty', async ({ assert }) => {
    const { city, head, secretary } = await givenHolders()
    const { orderId } = await givenOrder(city, '2026-02-13')
    clock.freeze(at('2026-02-14 09:00'))
    await runSupervision()
    const [item] = await governanceInbox(head.actor, (key) => key)
    assert.equal(item.url, `/governance/orders/${orderId}`)
    const [escalation] = await escalationsFor(head.actor)
    assert.isTrue(await isAddressee(head.actor, escalation))
    assert.isFalse(await isAddressee(secretary.actor, escalation))
    await seeNotice(escalation.id, head.actor)
    await seeNotice(escalation.id, head.actor)
    assert.lengthOf(await rowsOf('audit_events', { action: 'governance.order.seen' }), 1)
    assert.lengthOf(await escalationsFor(head.actor), 0)
  })

  test('one order at a time on a part; closing by hand ends the clock', async ({ assert }) => {
    const { city } = await givenHolders()
    const { orderId, partId } = await givenOrder(city, '2026-02-13')
    const again = { partId, requirement: '再办', deadlineOn: null }
    await assert.rejects(() => issueOrder(again, city.office), 'governance.errors.order_runs')
    await closeOrder({ orderId, version: 1, comment: '已另行部署' }, city.office)
    clock.freeze(at('2026-03-31 18:00'))
    assert.deepEqual(await runSupervision(), { steps: 0 })
    const { lead } = await givenTask(city, { dueOn: '2026-04-30' })
    const past = { partId: lead.id, requirement: '办', deadlineOn: '2026-03-30' }
    await assert.rejects(() => issueOrder(past, city.office), 'governance.errors.deadline_past')
  })
})
