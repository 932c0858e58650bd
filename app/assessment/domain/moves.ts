import type { Transitions } from '#shared/transitions'

/** 责任考核, 跟踪测评, 效果评估 */
export const KINDS = ['accountability', 'progress', 'outcome'] as const
export type AssessmentKind = (typeof KINDS)[number]

export type SheetState = 'draft' | 'adopted' | 'withdrawn'
export type SheetVerb = 'adopt' | 'withdraw'

export const SHEET_MOVES: Transitions<SheetState, SheetVerb> = {
  adopt: { from: ['draft'], to: 'adopted' },
  withdraw: { from: ['draft'], to: 'withdrawn' },
}

export const STATES = [
  'draft',
  'submitted',
  'confirmed',
  'published',
  'replaced',
  'withdrawn',
] as const
export type AssessmentState = (typeof STATES)[number]
export type AssessmentVerb = 'submit' | 'return' | 'confirm' | 'publish' | 'replace' | 'withdraw'

export const ASSESSMENT_MOVES: Transitions<AssessmentState, AssessmentVerb> = {
  submit: { from: ['draft'], to: 'submitted' },
  return: { from: ['submitted', 'confirmed'], to: 'draft' },
  confirm: { from: ['submitted'], to: 'confirmed' },
  publish: { from: ['confirmed'], to: 'published' },
  replace: { from: ['published'], to: 'replaced' },
  withdraw: { from: ['draft'], to: 'withdrawn' },
}
