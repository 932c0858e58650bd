import type { Ranking, TieBreak } from './types.js'

/**
 * An instance as numbers. People, posts and groups are numbered as they stand in the file; a slot is
 * one preference of one person, those of a person lie together in the person's order.
 *
 * It says what stands in the file and nothing that follows from it: neither an order inside ties
 * nor who is admitted where.
 */
export interface Market {
  /** How many there are. */
  readonly people: number
  readonly posts: number
  readonly groups: number
  /** Per person the first slot; one more behind the last. */
  readonly firstSlot: Int32Array
  /** Per slot; negative for what does not count: no such post, or one that the person named before. */
  readonly postOf: Int32Array
  /**
   * Per slot the number, from 0, of the entry that the person stands in among those of the ranking
   * that the post goes by; who is in a tie shares it. Negative: not ranked, or does not count.
   */
  readonly tierOf: Int32Array
  /** Per post; negative: none. */
  readonly groupOf: Int32Array
  /** Per post: how many people listed it. */
  readonly listedBy: Int32Array
  /** Places. */
  readonly capacityOf: { readonly posts: Int32Array; readonly groups: Int32Array }
  /** Per post. */
  readonly minimumOf: readonly number[]
  readonly tieBreak: TieBreak | undefined
  /** What stands under `check`, made by JSON.parse. */
  readonly check: unknown

  nameOfPerson(person: number): string
  nameOfPost(post: number): string
  nameOfGroup(group: number): string
  /** What the person wrote there. */
  nameAt(slot: number): string
  /** −1: there is nobody, no post of that name. */
  personCalled(name: string): number
  postCalled(name: string): number
  /** The ranking that the post goes by, read from the text once more. */
  rankingOf(post: number): Ranking
}
