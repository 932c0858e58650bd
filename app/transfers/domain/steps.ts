/** Who signs a batch, one after the other: 单位, 人社, 编办. */
export const STEPS = ['unit', 'personnel', 'establishment'] as const
export type StepName = (typeof STEPS)[number]

/** The approval line of one submission, fixed when the batch is submitted. */
export interface ApprovalLine {
  /** 1 for the first submission; a returned batch is signed anew in the next round. */
  round: number
  steps: StepName[]
}

export interface Signature {
  step: number
  userId: number
  onBehalfOfId: number | null
}

export interface Signer {
  userId: number
  /** The absent person in a delegation (代签). */
  onBehalfOfId: number | null
}

/** The configured steps, or the default when nothing (or nothing usable) is configured. */
export function approvalSteps(configured: unknown): StepName[] {
  const known = Array.isArray(configured)
    ? STEPS.filter((step) => configured.includes(step)).sort(
        (a, b) => configured.indexOf(a) - configured.indexOf(b)
      )
    : []
  return known.length > 0 ? known : [...STEPS]
}

export function capabilityOf(step: StepName): string {
  return `transfers.approve_${step}`
}

/**
 * Why this person may not sign, or null. Nobody signs what he prepared, neither himself nor through
 * somebody he delegated to; every step is signed by somebody else, and a delegate and the absent
 * person count as one.
 */
export function refusalOf(
  signer: Signer,
  preparers: ReadonlySet<number>,
  signed: readonly Signature[]
): 'own_batch' | 'signed_before' | null {
  const people = [signer.userId, signer.onBehalfOfId].filter((id) => id !== null)
  if (people.some((id) => preparers.has(id))) return 'own_batch'
  const before = new Set(signed.flatMap(({ userId, onBehalfOfId }) => [userId, onBehalfOfId]))
  return people.some((id) => before.has(id)) ? 'signed_before' : null
}
