import { blocked, type Finding } from './findings.js'

export interface BatchFacts {
  lineCount: number
  documentId: number | null
  /** What reform discipline answers: a translation key and its params; null: nothing forbids it. */
  freeze: { code: string; params: Record<string, string> } | null
  /** Names of target units that exist no more on the effective date. */
  dissolvedTargets: readonly string[]
}

/** What the batch as a whole can be told. */
export function checkBatchFacts(facts: BatchFacts): Finding[] {
  const findings: Finding[] = []
  if (facts.lineCount === 0) findings.push(blocked('no_lines', 'add_lines'))
  if (facts.documentId === null) findings.push(blocked('no_document', 'record_document'))
  if (facts.freeze) {
    findings.push(blocked('frozen', 'wait', { ...facts.freeze.params, rule: facts.freeze.code }))
  }
  for (const unit of facts.dissolvedTargets) {
    findings.push(blocked('target_dissolved', 'choose_unit', { unit }))
  }
  return findings
}
