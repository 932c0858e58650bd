import type { Transitions } from '#shared/transitions'

/** 立项审批 of a construction project paid by government, in its order (政府投资条例). */
export const PROJECT_STEPS = ['proposal', 'feasibility', 'design', 'start', 'acceptance'] as const
export type ProjectStep = (typeof PROJECT_STEPS)[number]

export type StepState = 'todo' | 'submitted' | 'approved' | 'refused'
export type StepVerb = 'submit' | 'approve' | 'refuse'

export const STEP_MOVES: Transitions<StepState, StepVerb> = {
  submit: { from: ['todo', 'refused'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  refuse: { from: ['submitted'], to: 'refused' },
}

/** The step that is at work: the first that is not approved; null when all are. */
export function currentStep<Step extends { state: StepState }>(steps: readonly Step[]) {
  return steps.find(({ state }) => state !== 'approved') ?? null
}

/** Money may be committed only when the design and its estimate are approved (初步设计和概算). */
export function mayCommit(steps: readonly { step: ProjectStep; state: StepState }[]): boolean {
  return steps.some(({ step, state }) => step === 'design' && state === 'approved')
}
