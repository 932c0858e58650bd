export const STAGES = ['written', 'interview'] as const
export type Stage = (typeof STAGES)[number]

/** One examiner's paper (examiner 0: the written test) with the two times it was entered. */
export interface Sheet {
  examinerId: number
  entries: readonly { entry: number; userId: number; scores: ReadonlyMap<number, number | null> }[]
}

export interface Difference {
  examinerId: number
  applicationId: number
  /** `missing`: one of the two has no value for the person; `differs`: they do not agree. */
  kind: 'missing' | 'differs'
}

/** What keeps a stage from being closed: every score is entered twice, alike, by two people. */
export function differencesOf(
  sheets: readonly Sheet[],
  takers: readonly number[],
  isRecused: (applicationId: number, examinerId: number) => boolean
): Difference[] {
  const found: Difference[] = []
  for (const { examinerId, entries } of sheets) {
    const [first, second] = [1, 2].map((entry) => entries.find((one) => one.entry === entry))
    for (const applicationId of takers) {
      if (isRecused(applicationId, examinerId)) continue
      const isThere = first?.scores.has(applicationId) && second?.scores.has(applicationId)
      if (!isThere) found.push({ examinerId, applicationId, kind: 'missing' })
      else if (first!.scores.get(applicationId) !== second!.scores.get(applicationId)) {
        found.push({ examinerId, applicationId, kind: 'differs' })
      }
    }
  }
  return found
}

/** Which of the two entries somebody writes; null: two others have entered the sheet already. */
export function entryFor(entries: readonly { entry: number; userId: number }[], userId: number) {
  const own = entries.find((one) => one.userId === userId)
  if (own) return own.entry
  const taken = new Set(entries.map(({ entry }) => entry))
  return [1, 2].find((entry) => !taken.has(entry)) ?? null
}
