import { ScheduleError, type LinkType, type ScheduleTaskInput } from './types.js'

const FINISH_FIRST: Record<LinkType, boolean> = { FS: true, FF: true, SS: false, SF: false }
const FINISH_LAST: Record<LinkType, boolean> = { FS: false, SS: false, FF: true, SF: true }

/**
 * The network on typed arrays. Every link is one inequality between starts, for a task's finish is
 * its start and its duration: start[to] ≥ start[from] + weight.
 */
export interface Network {
  count: number
  duration: Int32Array
  /** Links by the task that waits: those of task i are firstIn[i] … firstIn[i + 1] − 1. */
  firstIn: Int32Array
  from: Int32Array
  to: Int32Array
  weight: Float64Array
  /** 1 where the link rests on the finish of `from` (FS, FF). */
  fromFinish: Uint8Array
  /** Tasks after all that they wait for; members of a cycle and their successors are not in it. */
  order: Int32Array
  ordered: Uint8Array
}

/** Throws ScheduleError for an id that is unknown or there twice, or a duration that is none. */
export function buildNetwork(tasks: readonly ScheduleTaskInput[]): Network {
  const count = tasks.length
  const indexOf = new Map<string, number>()
  const duration = new Int32Array(count)
  let links = 0
  for (let index = 0; index < count; index++) {
    const task = tasks[index]
    if (indexOf.has(task.id)) throw new ScheduleError(`task ${task.id}: twice in the plan`)
    if (!Number.isInteger(task.duration) || task.duration < 0) {
      throw new ScheduleError(`task ${task.id}: duration ${task.duration}`)
    }
    indexOf.set(task.id, index)
    duration[index] = task.duration
    links += task.after?.length ?? 0
  }
  const network: Network = {
    count,
    duration,
    firstIn: new Int32Array(count + 1),
    from: new Int32Array(links),
    to: new Int32Array(links),
    weight: new Float64Array(links),
    fromFinish: new Uint8Array(links),
    order: new Int32Array(0),
    ordered: new Uint8Array(count),
  }
  let at = 0
  for (let index = 0; index < count; index++) {
    network.firstIn[index] = at
    for (const { id, type, lag } of tasks[index].after ?? []) {
      const from = indexOf.get(id)
      if (from === undefined) throw new ScheduleError(`task ${tasks[index].id}: unknown id ${id}`)
      if (!(type in FINISH_FIRST)) throw new ScheduleError(`task ${tasks[index].id}: type ${type}`)
      if (!Number.isInteger(lag)) throw new ScheduleError(`task ${tasks[index].id}: lag ${lag}`)
      network.from[at] = from
      network.to[at] = index
      network.fromFinish[at] = FINISH_FIRST[type] ? 1 : 0
      network.weight[at] =
        lag + (FINISH_FIRST[type] ? duration[from] : 0) - (FINISH_LAST[type] ? duration[index] : 0)
      at++
    }
  }
  network.firstIn[count] = at
  network.order = topological(network)
  for (const index of network.order) network.ordered[index] = 1
  return network
}

/** Links by the task that is waited for: positions in `from`, `to`, `weight`. */
export function outgoing({ count, from }: Network): { first: Int32Array; links: Int32Array } {
  const first = new Int32Array(count + 1)
  for (const index of from) first[index + 1]++
  for (let index = 0; index < count; index++) first[index + 1] += first[index]
  const next = first.slice(0, count)
  const links = new Int32Array(from.length)
  for (let link = 0; link < from.length; link++) links[next[from[link]]++] = link
  return { first, links }
}

function topological(network: Network): Int32Array {
  const { count, firstIn, to } = network
  const { first, links } = outgoing(network)
  const waiting = new Int32Array(count)
  const order = new Int32Array(count)
  let ready = 0
  for (let index = 0; index < count; index++) {
    waiting[index] = firstIn[index + 1] - firstIn[index]
    if (waiting[index] === 0) order[ready++] = index
  }
  for (let done = 0; done < ready; done++) {
    const index = order[done]
    for (let at = first[index]; at < first[index + 1]; at++) {
      const next = to[links[at]]
      if (--waiting[next] === 0) order[ready++] = next
    }
  }
  return order.subarray(0, ready)
}

/** The cycles among the tasks that have no order: the members of each, in the order of the plan. */
export function cyclesOf(network: Network): number[][] {
  const { count, ordered, firstIn, from } = network
  const number = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const onStack = new Uint8Array(count)
  const stack: number[] = []
  const cycles: number[][] = []
  let counter = 0
  // Tarjan's strongly connected components, without recursion: plans may be long chains.
  for (let root = 0; root < count; root++) {
    if (ordered[root] || number[root] !== -1) continue
    const path: { node: number; at: number }[] = [{ node: root, at: firstIn[root] }]
    while (path.length > 0) {
      const frame = path[path.length - 1]
      const { node } = frame
      if (frame.at === firstIn[node] && number[node] === -1) {
        number[node] = low[node] = counter++
        stack.push(node)
        onStack[node] = 1
      }
      if (frame.at < firstIn[node + 1]) {
        const next = from[frame.at++]
        if (ordered[next]) continue
        if (number[next] === -1) path.push({ node: next, at: firstIn[next] })
        else if (onStack[next]) low[node] = Math.min(low[node], number[next])
        continue
      }
      path.pop()
      if (path.length > 0) {
        const parent = path[path.length - 1].node
        low[parent] = Math.min(low[parent], low[node])
      }
      if (low[node] === number[node]) collect(node)
    }
  }
  return cycles.sort((a, b) => a[0] - b[0])

  function collect(node: number) {
    const members = stack.splice(stack.indexOf(node))
    for (const member of members) onStack[member] = 0
    const alone = members.length === 1
    if (!alone || waitsForItself(network, node)) cycles.push(members.sort((a, b) => a - b))
  }
}

function waitsForItself({ firstIn, from }: Network, node: number): boolean {
  for (let at = firstIn[node]; at < firstIn[node + 1]; at++) if (from[at] === node) return true
  return false
}
