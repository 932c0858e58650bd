import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'

/** The texts of a list's pages, from the first to the last by its links. */
export async function pagesOf(client: any, path: string, user: any, query: Row = {}) {
  const texts: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: any = await client
      .get(path)
      .qs(cursor ? { ...query, cursor } : query)
      .loginAs(user)
    page.assertStatus(200)
    texts.push(page.text())
    cursor = /rel="next" href="[^"]*cursor=([^"&]+)/.exec(page.text())?.[1]
  }
  return texts
}

/** Columns that the database fills by itself. */
const GENERATED = ['id', 'live', 'employment_key', 'leads', 'admin_slot', 'under_way', 'current']

/** Copies of the newest row of a table, each with what is its own. */
export async function givenCopies(table: string, count: number, own: (index: number) => Row) {
  const row = await db.from(table).orderBy('id', 'desc').firstOrFail()
  for (const column of GENERATED) delete row[column]
  const rows = Array.from({ length: count }, (_, index) => ({ ...row, ...own(index) }))
  for (let at = 0; at < count; at += 400)
    await db.table(table).multiInsert(rows.slice(at, at + 400))
}
