import type { Client } from './queries/client.js'

export interface SubjectName {
  name: string
  url: string | null
}

export interface SubjectSource {
  /** Whoever has it may follow the address. */
  capability: string
  names(ids: number[], client?: Client): Promise<Map<number, SubjectName>>
  /** What a decider may choose from. */
  options?(): Promise<Array<{ value: number; label: string }>>
}

const sources = new Map<string, SubjectSource>()

/** Names of what a decision is about (`unit`, `person`, …); the modules that own them answer. */
export const decisionSubjects = {
  register(type: string, source: SubjectSource) {
    sources.set(type, source)
  },
  async names(type: string, ids: number[], client?: Client): Promise<Map<number, SubjectName>> {
    return ids.length ? ((await sources.get(type)?.names(ids, client)) ?? new Map()) : new Map()
  },
  capability(type: string): string {
    return sources.get(type)!.capability
  },
  async options(type: string) {
    return (await sources.get(type)?.options?.()) ?? []
  },
}
