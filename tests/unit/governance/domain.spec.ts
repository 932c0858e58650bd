import fc from 'fast-check'
import { test } from '@japa/runner'
import { calendarDays, isWorkday } from '#calendar/domain/working_days'
import { DEFAULT_WORKING_HOURS, workingMinutesBetween } from '#calendar/domain/working_clock'
import { quorumOf, seatRoleOf, type Attendance, type SeatRole } from '#governance/domain/bodies'
import { parseResolutionNo, resolutionNo, issueNo } from '#governance/domain/meetings'
import { addressees, clockSteps, DEFAULT_RULES, type Post } from '#governance/domain/supervision'
import { lightOf, nextReportOn, periodEnd, RHYTHMS, soonUntil } from '#governance/domain/tasks'
import { addDays } from '#shared/dates'

const CALENDAR = calendarDays([
  { day: '2026-02-14', kind: 'workday' },
  ...['16', '17', '18', '19', '20', '23'].map((day) => ({
    day: `2026-02-${day}`,
    kind: 'holiday' as const,
  })),
  { day: '2026-02-28', kind: 'workday' },
])
const CLOCK = { calendar: CALENDAR, hours: DEFAULT_WORKING_HOURS, timeZone: 'Asia/Shanghai' }

test.group('Governance: quorum', () => {
  const seats = (...rows: [SeatRole, Attendance][]) =>
    rows.map(([role, state]) => ({ role, state }))

  test('{rule}: {came} of {base} reach it: {reached}')
    .with([
      { rule: 'half', came: 3, base: 5, reached: true },
      { rule: 'half', came: 2, base: 4, reached: false },
      { rule: 'half', came: 3, base: 4, reached: true },
      { rule: 'two_thirds', came: 4, base: 6, reached: true },
      { rule: 'two_thirds', came: 4, base: 7, reached: false },
      { rule: 'two_thirds', came: 5, base: 7, reached: true },
    ] as const)
    .run(({ assert }, { rule, came, base, reached }) => {
      const rows = Array.from({ length: base }, (_, index): [SeatRole, Attendance] => [
        index === 0 ? 'head' : 'member',
        index < came ? 'present' : 'absent',
      ])
      assert.equal(quorumOf(rule, seats(...rows)).reached, reached)
    })

  test('a vacant seat is no part of the base; a substitute counts but does not preside', ({
    assert,
  }) => {
    const rows: [SeatRole, Attendance][] = [
      ['head', 'substitute'],
      ['member', 'present'],
      ['member', 'vacant'],
      ['member', 'absent'],
    ]
    assert.deepEqual(quorumOf('half', seats(...rows)), {
      base: 3,
      needed: 2,
      came: 2,
      presided: false,
      reached: false,
    })
    assert.isTrue(quorumOf('half', seats(['deputy', 'present'], ...rows.slice(1, 2))).reached)
  })

  test('words of the sheets', ({ assert }) => {
    assert.deepEqual(['组长', '牵头', '副组长', '成员', ' 成 员 ', '秘书'].map(seatRoleOf), [
      'head',
      'head',
      'deputy',
      'member',
      'member',
      null,
    ])
  })
})

test.group('Governance: numbers of resolutions', () => {
  const ISSUE = issueNo('市融改纪', 2022, 3)

  test('however it is cited, the same resolution is meant', ({ assert }) => {
    assert.equal(resolutionNo(ISSUE, 2), '市融改纪〔2022〕3号第2项')
    for (const text of [
      '市融改纪〔2022〕3号第2项',
      '市融改纪[2022]3号第2项',
      '市融改纪（2022）3号（2）',
      ' 市融改纪〔２０２２〕３号 - 2 ',
    ]) {
      assert.deepEqual(parseResolutionNo(text), { issueNo: ISSUE, number: 2 }, text)
    }
    assert.deepEqual(parseResolutionNo(ISSUE), { issueNo: ISSUE, number: null })
    for (const text of ['', '第2项', '市融改纪3号', '市融改纪〔2022〕3']) {
      assert.isNull(parseResolutionNo(text), text)
    }
  })
})

test.group('Governance: lights and reports', () => {
  const soonOn = soonUntil(CALENDAR, '2026-02-13')

  test('five working days over the holidays end on the 27th', ({ assert }) => {
    assert.equal(soonOn, '2026-02-27')
  })

  test('{dueOn} {state} is {light}')
    .with([
      { dueOn: '2026-02-12', state: 'open', returnedAt: null, light: 'red' },
      { dueOn: '2026-02-13', state: 'open', returnedAt: null, light: 'yellow' },
      { dueOn: '2026-02-27', state: 'open', returnedAt: null, light: 'yellow' },
      { dueOn: '2026-02-28', state: 'open', returnedAt: null, light: 'green' },
      { dueOn: '2026-06-30', state: 'open', returnedAt: '2026-02-12', light: 'yellow' },
      { dueOn: null, state: 'open', returnedAt: null, light: 'green' },
      { dueOn: '2026-02-12', state: 'submitted', returnedAt: null, light: 'checking' },
      { dueOn: '2026-02-12', state: 'accepted', returnedAt: null, light: 'done' },
      { dueOn: '2026-02-12', state: 'ended', returnedAt: null, light: 'done' },
    ] as const)
    .run(({ assert }, { light, ...part }) => {
      assert.equal(lightOf(part, '2026-02-13', soonOn), light)
    })

  test('{rhythm} from {day}: {end}')
    .with([
      { rhythm: 'weekly', day: '2026-02-09', end: '2026-02-14' },
      // The week of the holidays has no working day of its own.
      { rhythm: 'weekly', day: '2026-02-15', end: '2026-02-28' },
      { rhythm: 'monthly', day: '2026-01-31', end: '2026-02-28' },
      { rhythm: 'monthly', day: '2026-02-28', end: '2026-02-28' },
      { rhythm: 'quarterly', day: '2026-02-01', end: '2026-03-31' },
      { rhythm: 'quarterly', day: '2026-12-31', end: '2026-12-31' },
    ] as const)
    .run(({ assert }, { rhythm, day, end }) => {
      assert.equal(periodEnd(CALENDAR, rhythm, day), end)
    })

  test('the next report always lies behind the one answered and behind today, on a working day', ({
    assert,
  }) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RHYTHMS),
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: -120, max: 120 }),
        (rhythm, day, late) => {
          const due = periodEnd(CALENDAR, rhythm, addDays('2025-06-01', day))
          const today = addDays(due, late)
          const next = nextReportOn(CALENDAR, rhythm, due, today)
          assert.isAbove(Number(next > due), 0)
          assert.isAbove(Number(next > today), 0)
          assert.isTrue(isWorkday(CALENDAR, next))
        }
      )
    )
  })
})

test.group('Governance: the supervision clock', () => {
  const moments = fc.record({
    start: fc.integer({ min: 0, max: 60 * 24 * 200 }),
    days: fc.integer({ min: 0, max: 90 }),
  })
  const orderOf = ({ start, days }: { start: number; days: number }) => {
    const from = new Date(Date.UTC(2026, 0, 1) + start * 60_000).toISOString()
    const countedFrom = from.replace('T', ' ').replace('Z', '')
    return { countedFrom, deadlineOn: addDays(from.slice(0, 10), days + 1) }
  }

  test('steps never go back in time, and the working time between them is what the rules say', ({
    assert,
  }) => {
    fc.assert(
      fc.property(moments, (given) => {
        const order = orderOf(given)
        const steps = clockSteps(CLOCK, DEFAULT_RULES, order)
        const [reminder, head, joint, leading] = steps.map(({ dueAt }) => dueAt)
        assert.isTrue(order.countedFrom <= reminder && reminder <= head)
        assert.isTrue(head < joint && joint < leading)
        assert.equal(workingMinutesBetween(CLOCK, head, joint), 840)
        assert.equal(workingMinutesBetween(CLOCK, head, leading), 2_100)
        const all = workingMinutesBetween(CLOCK, order.countedFrom, head)
        const used = workingMinutesBetween(CLOCK, order.countedFrom, reminder)
        assert.equal(used, Math.floor((all * 80) / 100))
      })
    )
  })

  const post = (title: string, name: string | null): Post => ({
    title,
    seatId: null,
    unitId: 1,
    holder: name === null ? null : { personId: 1, name },
  })

  test('empty posts are passed over, upwards only, and each is named', ({ assert }) => {
    const levels = [
      [post('单位', '单位')],
      [post('负责人', null)],
      [post('联席会议', null)],
      [post('书记', null), post('市长', '王')],
      [post('深改', '李')],
    ]
    const told = (step: number) =>
      addressees(step, levels).map(({ title, level, vacant }) => [title, level, vacant])
    assert.deepEqual(told(0), [['单位', 0, false]])
    assert.deepEqual(told(1), [
      ['负责人', 1, true],
      ['联席会议', 2, true],
      ['书记', 3, true],
      ['市长', 3, false],
    ])
    assert.deepEqual(told(3), [
      ['书记', 3, true],
      ['市长', 3, false],
    ])
    const nobody = [...levels.slice(0, 3), [post('书记', null)], [post('深改', null)]]
    assert.lengthOf(addressees(1, nobody), 4)
    assert.isTrue(addressees(1, nobody).every(({ vacant }) => vacant))
  })
})
