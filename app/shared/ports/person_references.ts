import type { Trx } from '#shared/database'

/** A column that points at a person: a merge of duplicates moves it, and its undo moves it back. */
export interface PersonReference {
  table: string
  column: string
}

const references: PersonReference[] = []

export const personReferencesPort = {
  register(...list: PersonReference[]) {
    references.push(...list)
  },
  all(): readonly PersonReference[] {
    return references
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
