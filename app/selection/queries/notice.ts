import type { RoundRow } from './rounds.js'
import { participantsOf } from './participants.js'
import { matchingById, matchingsOf, resultsOf, type MatchingRow } from './results.js'
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
    rows: (NoticeRow & { from: string | null })[]
  }[]
}

/** What is published (公示): who is to have which post, identity numbers masked, no scores. */
export async function noticeOf(round: RoundRow): Promise<Notice> {
  const matching = await matchingById(round.matchingId!)
  const people = new Map((await participantsOf(round.id)).map((row) => [row.id, row]))
  const posts = new Map((await postsOf(round.id)).map((post) => [post.code, post]))
  const rowOf = (participantId: number, post: SelectionPost): NoticeRow => {
    const person = people.get(participantId)!
    return {
      name: person.name,
      identityMasked: person.identityMasked ?? '',
      unitName: person.unitName,
      ...{ code: post.code, post: post.name, toUnit: post.unitName },
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
    changes: changed.map(({ run, kind, madeAt, summary }) => ({
      ...{ run, kind, on: madeAt },
      rows: summary.changes
        .filter(({ to }) => to !== null)
        .map(({ participantId, from, to }) => ({
          ...rowOf(participantId, posts.get(to!)!),
          from: from === null ? null : `${from} ${posts.get(from)!.name}`,
        })),
    })),
  }
}
