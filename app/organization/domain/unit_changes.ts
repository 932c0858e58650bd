import type { Transitions } from '#shared/transitions'

/** 撤并, 组建, 改组, 剥离, 撤销 */
export const UNIT_CHANGE_KINDS = ['merge', 'form', 'restructure', 'spin_off', 'dissolve'] as const
export type UnitChangeKind = (typeof UNIT_CHANGE_KINDS)[number]

export type UnitChangeState = 'proposed' | 'executed' | 'withdrawn'
export type UnitChangeVerb = 'execute' | 'withdraw'

export const UNIT_CHANGE_MOVES: Transitions<UnitChangeState, UnitChangeVerb> = {
  execute: { from: ['proposed'], to: 'executed' },
  withdraw: { from: ['proposed'], to: 'withdrawn' },
}

export interface ChangeLink {
  predecessorId: number | null
  successorId: number | null
}

/** Does the kind end its predecessors? */
export function dissolves(kind: UnitChangeKind): boolean {
  return kind === 'merge' || kind === 'dissolve'
}

/**
 * The links of a change between its predecessors and successors, each with each; a side that the
 * kind may leave empty gives half links. The error names the side that is missing or the overlap.
 */
export function changeLinks(
  kind: UnitChangeKind,
  predecessors: readonly number[],
  successors: readonly number[]
):
  { ok: true; links: ChangeLink[] } | { ok: false; error: 'predecessors' | 'successors' | 'same' } {
  const [before, after] = [[...new Set(predecessors)], [...new Set(successors)]]
  const needsBefore = kind === 'merge' || kind === 'spin_off' || kind === 'dissolve'
  const needsAfter = kind !== 'dissolve'
  if (needsBefore && before.length === 0) return { ok: false, error: 'predecessors' }
  if (needsAfter && after.length === 0) return { ok: false, error: 'successors' }
  if (before.some((id) => after.includes(id))) return { ok: false, error: 'same' }
  const links = before.flatMap((predecessorId) =>
    (after.length ? after : [null]).map((successorId) => ({ predecessorId, successorId }))
  )
  if (before.length) return { ok: true, links }
  return { ok: true, links: after.map((successorId) => ({ predecessorId: null, successorId })) }
}
