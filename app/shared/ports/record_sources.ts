import type { Actor } from '#shared/actor'

/** Something that wrote the records of many people at once. */
export interface RecordSource {
  id: number
  /** Translation key of what it is, where the event does not say so. */
  titleKey?: string
  name: string
  /** For an actor who may open it. */
  url: string | null
}

interface Kind {
  /** `source_type` of the records, and the subject of its events in the audit log. */
  type: string
  /** The event by which it wrote: no event of a person's own says so. */
  deed: string
  describe(ids: readonly number[], actor: Actor): Promise<RecordSource[]>
}

const kinds: Kind[] = []

/** The history of a person asks what wrote the record; imports and transfers answer. */
export const recordSourcesPort = {
  register(kind: Kind) {
    kinds.push(kind)
  },
  all(): readonly Kind[] {
    return kinds
  },
}
