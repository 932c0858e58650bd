import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  solveSchedule,
  type LinkType,
  type ScheduleInstance,
} from '#programme/domain/schedule/solve'
import { networks, numberOf, workday } from './networks.js'

const REVERSED: Record<LinkType, LinkType> = { FS: 'FS', SS: 'FF', FF: 'SS', SF: 'SF' }

/** The same network with the arrow of time turned round. */
function reversed({ start, tasks }: ScheduleInstance): ScheduleInstance {
  return {
    start,
    tasks: tasks.map(({ id, duration }) => ({
      id,
      duration,
      after: tasks.flatMap((task) =>
        (task.after ?? [])
          .filter((link) => link.id === id)
          .map(({ type, lag }) => ({ id: task.id, type: REVERSED[type], lag }))
      ),
    })),
  }
}

/** Earliest starts by relaxing every inequality until nothing moves; shares no code with the engine. */
function longestPaths({ tasks }: ScheduleInstance): Map<string, number> {
  const start = new Map(
    tasks.map((task) => [task.id, task.notBefore ? Math.max(0, numberOf(task.notBefore)) : 0])
  )
  const length = new Map(tasks.map(({ id, duration }) => [id, duration]))
  for (let round = 0; round <= tasks.length; round++) {
    for (const task of tasks) {
      for (const { id, type, lag } of task.after ?? []) {
        const rests = start.get(id)! + (type.startsWith('F') ? length.get(id)! : 0) + lag
        const least = type.endsWith('F') ? rests - task.duration : rests
        if (least > start.get(task.id)!) start.set(task.id, least)
      }
    }
  }
  return start
}

test.group('Schedule, properties', () => {
  test('earliest is never after latest where there is no conflict', ({ assert }) => {
    fc.assert(
      fc.property(networks({ fixed: true, notBefore: true }), (instance) => {
        const { tasks, conflicts } = solveSchedule(instance)
        const late = Object.values(tasks).filter(({ slack }) => slack! < 0)
        if (conflicts.length === 0) assert.deepEqual(late, [])
        if (late.length > 0) assert.isNotEmpty(conflicts)
      }),
      { numRuns: 500 }
    )
  })

  test('backward is forward on the reversed index', ({ assert }) => {
    fc.assert(
      fc.property(networks(), (instance) => {
        const { tasks } = solveSchedule(instance)
        const mirror = solveSchedule(reversed(instance)).tasks
        const end = Math.max(
          ...Object.values(tasks).map(({ earliestFinish }) => numberOf(earliestFinish!))
        )
        for (const { id } of instance.tasks) {
          assert.equal(numberOf(tasks[id].latestFinish!), end - numberOf(mirror[id].earliestStart!))
        }
      }),
      { numRuns: 500 }
    )
  })

  test('a link that is taken away delays nothing', ({ assert }) => {
    fc.assert(
      fc.property(networks({ notBefore: true }), fc.nat(), fc.nat(), (instance, one, other) => {
        const at = one % instance.tasks.length
        const lighter = instance.tasks.map((task, index) => {
          if (index !== at || !task.after?.length) return task
          const cut = other % task.after.length
          return { ...task, after: task.after.filter((_, place) => place !== cut) }
        })
        const before = solveSchedule(instance).tasks
        const after = solveSchedule({ ...instance, tasks: lighter }).tasks
        for (const id of Object.keys(before)) {
          assert.isAtMost(numberOf(after[id].earliestFinish!), numberOf(before[id].earliestFinish!))
        }
      }),
      { numRuns: 300 }
    )
  })

  test('the order of the input changes nothing', ({ assert }) => {
    fc.assert(
      fc.property(networks({ fixed: true }), fc.infiniteStream(fc.nat()), (instance, keys) => {
        const shuffle = <T>(list: readonly T[]) =>
          list
            .map((item) => [keys.next().value!, item] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, item]) => item)
        const other = shuffle(
          instance.tasks.map((task) => ({ ...task, after: shuffle(task.after!) }))
        )
        const [one, two] = [instance.tasks, other].map((tasks) =>
          solveSchedule({ ...instance, tasks })
        )
        assert.deepEqual(two.tasks, one.tasks)
        const told = ({ conflicts }: typeof one) =>
          conflicts.map(({ task, kind }) => `${task} ${kind}`).sort()
        assert.deepEqual(told(two), told(one))
      }),
      { numRuns: 300 }
    )
  })

  test('200 networks of all link types agree with a longest-path check of its own', ({
    assert,
  }) => {
    fc.assert(
      fc.property(networks({ notBefore: true, largest: 40 }), (instance) => {
        const { tasks } = solveSchedule(instance)
        for (const [id, start] of longestPaths(instance)) {
          assert.equal(tasks[id].earliestStart, workday(start), id)
        }
      }),
      { numRuns: 200 }
    )
  })
})
