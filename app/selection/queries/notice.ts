import type { RoundRow } from './rounds.js'
import { participantsOf } from './participants.js'
import { changesOf, matchingById, matchingsOf, resultsOf, type MatchingRow } from './results.js'
import { postsOf, type SelectionPost } from './posts.js'

export interface NoticeRow {
  name: string
  identityMasked: string
  unitName: string
  code: string
  post: string
  toUnit: string
}

export interface Notice {
  matching: MatchingRow
  rows: NoticeRow[]
  unplaced: number
  /** What changed since the first publication, newest first; only those whom it concerns. */
  changes: {
    run: number
    kind: string
    on: string
    /** `to` null: the place was lost. */
    rows: { name: string; identityMasked: string; from: string | null; to: string | null }[]
  }[]
}

/** What is published (公示): who is to have which post, identity numbers masked, no scores. */
export async function noticeOf(round: RoundRow): Promise<Notice> {
  const matching = await matchingById(round.matchingId!)
  const people = new Map((await participantsOf(round.id)).map((row) => [row.id, row]))
  const posts = new Map((await postsOf(round.id)).map((post) => [post.code, post]))
  const nameOf = (participantId: number) => {
    const { name, identityMasked } = people.get(participantId)!
    return { name, identityMasked: identityMasked ?? '' }
  }
  const postOf = (code: string | null) =>
    code === null ? null : `${code} ${posts.get(code)!.name}`
  const rowOf = (participantId: number, post: SelectionPost): NoticeRow => {
    return {
      ...nameOf(participantId),
      unitName: people.get(participantId)!.unitName,
      code: post.code,
      post: post.name,
      toUnit: post.unitName,
    }
  }
  const results = await resultsOf(matching.id)
  const placed = results.filter(({ postCode }) => postCode !== null)
  const changed = (await matchingsOf(round.id)).filter(({ kind }) => kind !== 'first')
  return {
    matching,
    rows: placed
      .map((row) => rowOf(row.participantId, posts.get(row.postCode!)!))
      .sort((a, b) => a.code.localeCompare(b.code) || a.name.localeCompare(b.name, 'zh-CN')),
    unplaced: results.length - placed.length,
    changes: await Promise.all(
      changed.map(async (row) => ({
        run: row.run,
        kind: row.kind,
        on: row.madeAt,
        rows: (await changesOf(row)).map(({ participantId, from, to }) => ({
          ...nameOf(participantId),
          from: postOf(from),
          to: postOf(to),
        })),
      }))
    ),
  }
}
