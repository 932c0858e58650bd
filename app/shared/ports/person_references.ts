import type { Trx } from '#shared/database'

/** A column that points at a person: a merge of duplicates moves it, and its undo moves it back. */
export interface PersonReference {
  table: string
  column: string
  /** Of these rows, what people are signing or have signed and must not change now: its name. */
  fixedBy?(ids: number[], trx: Trx): Promise<string | null>
}

const references: PersonReference[] = []

export const personReferencesPort = {
  register(...list: PersonReference[]) {
    references.push(...list)
  },
  all(): readonly PersonReference[] {
    return references
  },
  /** The name of what is being signed and holds one of these rows; null: they may be changed. */
  async fixedBy(table: string, ids: number[], trx: Trx): Promise<string | null> {
    for (const reference of references) {
      const name = reference.table === table ? await reference.fixedBy?.(ids, trx) : null
      if (name) return name
    }
    return null
  },
  /** Row ids per reference that point at the person now. */
  async pointingAt(
    personId: number,
    trx: Trx
  ): Promise<Array<PersonReference & { ids: number[] }>> {
    const found = []
    for (const reference of references) {
      const rows = await trx.from(reference.table).where(reference.column, personId).select('id')
      if (rows.length) found.push({ ...reference, ids: rows.map((row) => Number(row.id)) })
    }
    return found
  },
}
