/** A record as the log names it. */
export interface Subject {
  type: string
  id: number
}

/** The newest change of a record. */
export interface LastChange {
  who: string
  at: string
  action: string
  changes: Record<string, unknown>
}

type Answer = (subject: Subject) => Promise<LastChange | null>
let answer: Answer = async () => null

/** Who changed a record last: the error handler asks, `audit` answers. */
export const lastChangePort = {
  register(given: Answer) {
    answer = given
  },
  of(subject: Subject): Promise<LastChange | null> {
    return answer(subject)
  },
}
