/** One record that a grant of scope `case` reaches: `key` is its kind and id, `transfer_batch:12`. */
export interface Case {
  key: string
  title: string
  url: string
}

interface CaseSource {
  kind: string
  find(text: string, limit: number): Promise<Case[]>
  byId(id: number): Promise<Case | null>
}

const sources = new Map<string, CaseSource>()

/** Modules whose records can be granted one by one answer here by number and title. */
export const casesPort = {
  register(source: CaseSource) {
    sources.set(source.kind, source)
  },
  async find(text: string, limit = 20): Promise<Case[]> {
    const lists = await Promise.all([...sources.values()].map((each) => each.find(text, limit)))
    // In turn, so that the first of each kind are there however many another kind has.
    const turns = Array.from({ length: limit }, (_, at) => lists.flatMap((list) => list[at] ?? []))
    return turns.flat().slice(0, limit)
  },
  async byKey(key: string): Promise<Case | null> {
    const [kind, id] = key.split(':')
    return (await sources.get(kind)?.byId(Number(id))) ?? null
  },
}

export function caseKey(kind: string, id: number): string {
  return `${kind}:${id}`
}
