import type { Trx } from '#shared/database'

/** What the records say of something that a milestone may wait for; counts open into their rows. */
export interface Fact {
  met: boolean
  done: number
  planned: number
  /** Where the rows behind the counts are. */
  url: string | null
  /** What is still missing, as translation keys with their values. */
  missing: { key: string; params: Record<string, string | number> }[]
}

export interface FactSource {
  /** `<module>.<name>`; its label is `<module>.facts.<name>` in the translations. */
  code: string
  read(asOf: string, trx?: Trx): Promise<Fact>
}

const sources = new Map<string, FactSource>()

/** Programme and governance ask; the module that has the records answers. */
export const factsPort = {
  register(...list: FactSource[]) {
    for (const source of list) sources.set(source.code, source)
  },
  codes(): string[] {
    return [...sources.keys()].sort()
  },
  /** Null when no module answers to the code. */
  async read(code: string, asOf: string, trx?: Trx): Promise<Fact | null> {
    return (await sources.get(code)?.read(asOf, trx)) ?? null
  },
}
