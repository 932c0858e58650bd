import db from '@adonisjs/lucid/services/db'
import { recordOfAnswer } from '#imports/domain/record_answer'
import { headersOf, RowReading } from '#organization/imports/reading'
import type { CheckSummary, ImportContext, SourceRow } from '#shared/ports/imports'
import { roundById } from '../queries/rounds.js'
import { PeopleByNumber } from './people_by_number.js'
import {
  CHOICE_FIELDS,
  POST_FIELDS,
  readChoice,
  readPost,
  readScore,
  SCORE_FIELDS,
  type KnownPost,
  type RoundChoiceParsed,
  type RoundPostParsed,
} from './round_rows.js'

/** Judges posts, choices and scores of one round together. */
export async function checkRound(
  sheets: Map<string, SourceRow[]>,
  { asOf, answers }: ImportContext
): Promise<CheckSummary> {
  const round = await roundById(recordOfAnswer(answers.round))
  const [postRows, choiceRows, scoreRows] = ['posts', 'choices', 'scores'].map(
    (key) => sheets.get(key) ?? []
  )
  const known = await knownPosts(asOf)
  const posts = new Map<string, RoundPostParsed>()
  const seen = {
    posts: new Map<string, number>(),
    choices: new Map<string, number>(),
    scores: new Map<string, number>(),
  }
  const postVerdicts = judge(postRows, POST_FIELDS, (reading) => {
    const parsed = readPost(reading, known)
    if (parsed) reading.once(seen.posts, parsed.code, 'code')
    if (parsed && !reading.rejected) posts.set(parsed.code, parsed)
    return parsed
  })
  const people = await PeopleByNumber.load([...choiceRows, ...scoreRows], asOf)
  const busy = await busyPeople(round.id)
  const chosen = new Map<number, RoundChoiceParsed>()
  const choiceVerdicts = judge(choiceRows, CHOICE_FIELDS, (reading) => {
    const parsed = readChoice(reading, people, posts, round.maxPreferences)
    if (!parsed) return null
    reading.once(seen.choices, String(parsed.personId), 'name')
    if (busy.has(parsed.personId)) reading.say('rejected', 'selection_other_round', 'name')
    if (!reading.rejected) chosen.set(parsed.personId, parsed)
    return parsed
  })
  const scoreVerdicts = judge(scoreRows, SCORE_FIELDS, (reading) => {
    const parsed = readScore(reading, people, posts, chosen)
    if (!parsed) return null
    reading.once(seen.scores, `${parsed.code}/${parsed.personId}`, 'name')
    return parsed
  })
  const missing = [...chosen.values()].flatMap(({ personId, posts: list }) =>
    list.filter((code) => !seen.scores.has(`${code}/${personId}`))
  ).length
  return {
    findings: missing
      ? [
          {
            level: 'warning',
            code: 'selection_unscored',
            field: '',
            params: { count: missing },
          },
        ]
      : [],
    verdicts: [
      { sheet: 'posts', verdicts: postVerdicts },
      { sheet: 'choices', verdicts: choiceVerdicts },
      { sheet: 'scores', verdicts: scoreVerdicts },
    ],
  }
}

function judge<Parsed>(
  rows: SourceRow[],
  fields: typeof POST_FIELDS,
  read: (reading: RowReading) => Parsed | null
) {
  const headers = headersOf(fields)
  return rows.map((row) => {
    const reading = new RowReading(row, headers)
    const parsed = read(reading)
    return reading.verdict(parsed, parsed ? 'create' : 'none')
  })
}

/** Posts outside the establishment by their codes. */
async function knownPosts(date: string): Promise<Map<string, KnownPost>> {
  const rows = await db
    .from('posts as o')
    .join('units as u', 'u.id', 'o.unit_id')
    .whereIn('o.employment_type', ['contract', 'enterprise'])
    .whereNotNull('o.code')
    .where((open) => open.whereNull('o.valid_to').orWhere('o.valid_to', '>', date))
    .select('o.id', 'o.code', 'o.name', 'o.headcount', 'u.name as unit_name')
  return new Map(
    rows.map((row) => [
      row.code,
      {
        id: Number(row.id),
        name: row.name,
        unitName: row.unit_name,
        headcount: row.headcount === null ? null : Number(row.headcount),
      },
    ])
  )
}

async function busyPeople(roundId: number): Promise<Set<number>> {
  const rows = await db
    .from('selection_participants as t')
    .join('selection_rounds as r', 'r.id', 't.round_id')
    .whereNotIn('r.state', ['arrangement', 'closed'])
    .whereNot('r.id', roundId)
    .select('t.person_id')
  return new Set(rows.map((row) => Number(row.person_id)))
}
