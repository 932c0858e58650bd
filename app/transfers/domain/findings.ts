/** What a check may say of a line or of the whole batch. Sentences: `transfers.findings.<code>`. */
export type FindingCode =
  | 'same_unit'
  | 'other_batch'
  | 'assignment_changed'
  | 'starts_later'
  | 'employment_changes'
  | 'over_quota'
  | 'grade_missing'
  | 'held'
  | 'decision_missing'
  | 'decision_elsewhere'
  | 'commercial_post_needed'
  | 'post_missing'
  | 'post_other_unit'
  | 'post_closed'
  | 'post_employment'
  | 'department_other_unit'
  | 'grade_unfit'
  | 'headcount_full'
  | 'headcount_announced'
  | 'quota_missing'
  | 'vacant_missing'
  | 'no_room'
  | 'category_exceeded'
  | 'above_target'
  | 'retires_before'
  | 'no_lines'
  | 'no_document'
  | 'frozen'
  | 'target_dissolved'

/** What the preparer can do about it. Labels: `transfers.ways.<way>`. */
export type WayOut =
  | 'remove_line'
  | 'set_target'
  | 'split'
  | 'resolve_hold'
  | 'correct_person'
  | 'record_document'
  | 'add_lines'
  | 'lower_quantity'
  | 'raise_target'
  | 'change_date'
  | 'wait'
  | 'choose_unit'
  | 'nothing'

export interface Finding {
  code: FindingCode
  level: 'warning' | 'blocked'
  /** Names, numbers and code values; code values are translated where they are shown. */
  params: Record<string, string | number>
  wayOut: WayOut
}

export type Verdict = 'ok' | 'warning' | 'blocked'

/** Until its first check a line has no verdict. */
export const LINE_VERDICTS = ['unchecked', 'ok', 'warning', 'blocked'] as const
export type LineVerdict = (typeof LINE_VERDICTS)[number]

export function blocked(
  code: FindingCode,
  wayOut: WayOut,
  params: Finding['params'] = {}
): Finding {
  return { code, level: 'blocked', params, wayOut }
}

export function warning(
  code: FindingCode,
  wayOut: WayOut,
  params: Finding['params'] = {}
): Finding {
  return { code, level: 'warning', params, wayOut }
}

/** The worst of the findings. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ level }) => level === 'blocked')) return 'blocked'
  return findings.length > 0 ? 'warning' : 'ok'
}

/** True when a line waits for a decision or a held row, and for nothing that the preparer can mend. */
export function waitsForDecision(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => code === 'decision_missing' || code === 'held')
}
