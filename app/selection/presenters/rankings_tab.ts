import { hasReached } from '../domain/rounds.js'
import { openCount } from '../domain/preferences.js'
import { scoreText } from '../domain/scores.js'
import {
  isStuck,
  listProgress,
  rankingsOf,
  type ListProgress,
  type RankingRow,
} from '../queries/rankings.js'
import type { RoundRow } from '../queries/rounds.js'

/** The lists of a round with their progress, and their rankings once these are open. */
export async function rankingsTab(round: RoundRow) {
  const open = hasReached(round.state, 'matching')
  const said = new Map(
    (open ? await rankingsOf(round.id) : []).map((row) => [
      `${row.listId}/${row.participantId}`,
      row,
    ])
  )
  return (await listProgress(round)).map((one) => listRow(one, open, said))
}

/** Of a list whose ranking is open HR sees progress and numbers of five or more, nobody's name. */
function listRow(
  { list, posts, people, scorers, entries, combined }: ListProgress,
  open: boolean,
  said: Map<string, RankingRow>
) {
  const ready = [...combined.values()].filter(({ kind }) => kind !== 'incomplete').length
  return {
    list,
    posts,
    people: openCount(people.length),
    done: openCount(people.length) === null ? null : ready,
    complete: ready === people.length,
    stuck: isStuck(combined),
    scorers: scorers.map((scorer) => ({
      ...scorer,
      complete: people.every(({ id }) =>
        entries.get(id)!.some(({ scorerId }) => scorerId === scorer.id)
      ),
    })),
    rows: open
      ? people
          .map((person) => {
            const result = combined.get(person.id)!
            const row = said.get(`${list.id}/${person.id}`)
            return {
              person,
              centi: row?.scoreCenti ?? -1,
              score: scoreText(row?.scoreCenti ?? null),
              spread: result.kind === 'score' ? scoreText(result.spreadCenti) : '',
              withdrawn: entries.get(person.id)!.filter(({ kind }) => kind === 'withdrawn').length,
              reason: row?.reason ?? '',
            }
          })
          .sort((a, b) => b.centi - a.centi)
      : [],
  }
}
