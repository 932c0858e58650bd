import type { Trx } from '#shared/database'

/** Rows that point at posts, and whose they are. */
export interface Wanting {
  table: string
  post: string
  owner: string
}

/**
 * Whoever else wants a place of the posts that the rows of this owner want, waits. It comes before
 * anything is read, in one locking read, and the places are counted behind it: MySQL shows a
 * transaction the others' work as it was at its first plain read.
 */
export async function lockPosts(trx: Trx, { table, post, owner }: Wanting, ownerId: number) {
  await trx
    .from('posts as o')
    .join(`${table} as w`, `w.${post}`, 'o.id')
    .where(`w.${owner}`, ownerId)
    .orderBy('o.id')
    .forUpdate()
    .select('o.id')
}
