import { record } from '#audit/actions/record'
import type { PostNature } from '#organization/domain/codes'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { listsOf } from '../queries/posts.js'
import { openForChange } from './rounds.js'

const refuse: Refuse = refusing('selection')

export interface PostInput {
  roundId: number
  version: number
  postId: number
  /** Null: a list of its own. */
  listId: number | null
  capacity: number
  minimum: number
  natures: PostNature[]
  requirements: string | null
}

/** Puts a post of a unit that the actor reaches into a round that is being prepared; returns its id there. */
export async function addPost(input: PostInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    const round = await openForChange(client, input.roundId, input.version)
    const post = await client
      .from('posts as o')
      .join('units as u', 'u.id', 'o.unit_id')
      .where('o.id', input.postId)
      .select('o.*', 'u.dissolved_on')
      .first()
    if (post) actor.authorize('selection.prepare', { unitId: Number(post.unit_id) })
    if (!post || !['contract', 'enterprise'].includes(post.employment_type)) {
      refuse('post_id', 'post_unfit')
    }
    const ends = [post.valid_to, post.dissolved_on].filter((day) => day !== null).sort()
    if (ends.length && ends[0] <= clock.today()) refuse('post_id', 'post_gone', { date: ends[0] })
    if (post.headcount !== null && input.capacity > Number(post.headcount)) {
      refuse('capacity', 'above_headcount', { headcount: String(post.headcount) })
    }
    if (input.minimum > input.capacity) refuse('minimum', 'minimum_above')
    const code = post.code ?? `G${post.id}`
    const listId = input.listId ?? (await ownList(client, round.id, code, post.name))
    const lists = await listsOf(round.id, client)
    if (!lists.some(({ id }) => id === listId)) refuse('list_id', 'list_elsewhere')
    const id = await insertPost(client, round.id, code, listId, input)
    await write(client, actor, round.id, 'added', { post: code, capacity: input.capacity })
    return id
  }, trx)
}

/** Takes a post out again, with its list when no other post uses it. */
export async function removePost(
  input: { roundId: number; version: number; id: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const round = await openForChange(client, input.roundId, input.version)
    const row = await client
      .from('selection_posts')
      .where({ id: input.id, round_id: round.id })
      .first()
    if (!row) throw new DomainError('selection.errors.list_elsewhere')
    await client.from('selection_posts').where('id', row.id).delete()
    const left = await client.from('selection_posts').where('list_id', row.list_id).first()
    const list = await client.from('selection_lists').where('id', row.list_id).firstOrFail()
    if (!left && list.capacity === null) {
      await client.from('selection_scorers').where('list_id', list.id).delete()
      await client.from('selection_lists').where('id', list.id).delete()
    }
    await write(client, actor, round.id, 'removed', { post: row.code })
  }, trx)
}

/** A cap over several posts (单位总量): they are ranked by one list. Returns the list's id. */
export async function addGroup(
  input: { roundId: number; version: number; code: string; name: string; capacity: number },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const round = await openForChange(client, input.roundId, input.version)
    const { code, name, capacity } = input
    const id = await insertList(client, round.id, code, name, capacity)
    await write(client, actor, round.id, 'grouped', { name, capacity })
    return id
  }, trx)
}

async function ownList(trx: Trx, roundId: number, code: string, name: string): Promise<number> {
  return insertList(trx, roundId, code, name, null)
}

async function insertList(
  trx: Trx,
  roundId: number,
  code: string,
  name: string,
  capacity: number | null
) {
  try {
    return await insertRow(trx, 'selection_lists', {
      round_id: roundId,
      code,
      name,
      capacity,
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) refuse('code', 'code_taken', { code })
    throw error
  }
}

async function insertPost(
  trx: Trx,
  roundId: number,
  code: string,
  listId: number,
  input: PostInput
) {
  try {
    return await insertRow(trx, 'selection_posts', {
      round_id: roundId,
      post_id: input.postId,
      list_id: listId,
      code,
      capacity: input.capacity,
      minimum: input.minimum,
      natures: JSON.stringify(input.natures),
      requirements: input.requirements,
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) refuse('post_id', 'code_taken', { code })
    throw error
  }
}

function write(
  trx: Trx,
  actor: Actor,
  roundId: number,
  done: string,
  changes: Record<string, unknown>
) {
  return record(trx, actor, {
    action: `selection.post.${done}`,
    subjectType: 'selection_round',
    subjectId: roundId,
    changes,
  })
}
