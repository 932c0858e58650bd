/** Wage facts of a person for the papers of a move; fen; a missing fact is a ruled blank. */
export interface WageFacts {
  postPayFen: number | null
  /** The decided standard of contract staff. */
  contractPayFen: number | null
  stepPayFen: number | null
  step: string | null
  allowanceFen: number | null
  pensionBaseFen: number | null
  housingBaseFen: number | null
}

type Source = (personIds: number[], date: string) => Promise<Map<number, WageFacts>>
let source: Source | null = null

/** Transfers asks, pay answers; until then every fact is a blank to be filled by hand. */
export const wageFactsPort = {
  register(answer: Source) {
    source = answer
  },
  async of(personIds: number[], date: string): Promise<Map<number, WageFacts>> {
    return source ? source(personIds, date) : new Map()
  },
}
