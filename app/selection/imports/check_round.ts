import db from '@adonisjs/lucid/services/db'
import { POST_NATURES, type PostNature } from '#organization/domain/codes'
import { parseCode } from '#organization/domain/code_table'
import { recordOfAnswer } from '#imports/domain/record_answer'
import { column, headersOf, RowReading } from '#organization/imports/reading'
import type { CheckSummary, ImportContext, SourceRow } from '#shared/ports/imports'
import { choiceRefusal } from '../domain/preferences.js'
import { parseScore } from '../domain/scores.js'
import { roundById } from '../queries/rounds.js'
import { PeopleByNumber } from './people_by_number.js'

export const CHOICES = ['第一志愿', '第二志愿', '第三志愿', '第四志愿', '第五志愿']

export const POST_FIELDS = [
  column('code', '岗位编码', ['岗位代码'], true),
  column('unit', '单位', ['用人单位'], true),
  column('post', '岗位', ['岗位名称'], true),
  column('capacity', '人数', ['岗位数'], true),
  column('natures', '可报岗位性质', ['报考条件', '可报性质'], true),
]
export const CHOICE_FIELDS = [
  column('name', '姓名', [], true),
  column('identityNo', '身份证号码', ['身份证号'], true),
  column('nature', '岗位性质', ['原岗位性质'], true),
  ...CHOICES.map((header, index) => column(`choice${index + 1}`, header, [], index === 0)),
  column('accepts', '服从调剂', ['是否服从调剂'], true),
]
export const SCORE_FIELDS = [
  column('code', '岗位编码', ['岗位代码'], true),
  column('name', '姓名', [], true),
  column('identityNo', '身份证号码', ['身份证号'], true),
  column('score', '评分', ['得分', '分数'], true),
]

export interface RoundPostParsed {
  postId: number
  code: string
  name: string
  capacity: number
  natures: PostNature[]
}

export interface RoundChoiceParsed {
  personId: number
  assignmentId: number
  unitId: number
  departmentId: number | null
  nature: PostNature
  posts: string[]
  acceptsPlacement: boolean
}

export interface RoundScoreParsed {
  personId: number
  code: string
  scoreCenti: number
}

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

interface KnownPost {
  id: number
  name: string
  unitName: string
  headcount: number | null
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

function readPost(reading: RowReading, known: Map<string, KnownPost>): RoundPostParsed | null {
  const code = reading.required('code')
  const post = known.get(code)
  if (code && !post) reading.say('rejected', 'selection_unknown_post', 'code')
  const name = reading.required('post')
  if (post && post.name !== name) reading.say('warning', 'selection_other_post', 'post')
  const unit = reading.required('unit')
  if (post && !post.unitName.includes(unit) && !unit.includes(post.unitName)) {
    reading.say('warning', 'selection_other_unit', 'unit')
  }
  const capacity = reading.count('capacity', true)
  if (post?.headcount && capacity !== null && capacity > post.headcount) {
    reading.say('rejected', 'selection_above_headcount', 'capacity', { headcount: post.headcount })
  }
  const natures = reading
    .required('natures')
    .split(/[,，、;；\s]+/)
    .filter(Boolean)
    .map((text) => parseCode(POST_NATURES, text))
  if (natures.some(({ ok }) => !ok)) reading.say('rejected', 'unknown_value', 'natures')
  if (!post || capacity === null || reading.rejected) return null
  const codes = natures.flatMap((one) => (one.ok ? [one.code] : []))
  return { postId: post.id, code, name: post.name, capacity, natures: [...new Set(codes)] }
}

function readChoice(
  reading: RowReading,
  people: PeopleByNumber,
  posts: Map<string, RoundPostParsed>,
  most: number
): RoundChoiceParsed | null {
  const person = people.read(reading)
  const nature = reading.code('nature', POST_NATURES, true)
  if (person && nature && person.postNature && person.postNature !== nature) {
    reading.say('warning', 'selection_other_nature', 'nature')
  }
  const list = CHOICES.map((_, index) => reading.text(`choice${index + 1}`)).filter(Boolean)
  const unknown = list.find((code) => !posts.has(code))
  if (unknown) reading.say('rejected', 'selection_unknown_choice', 'choice1', { post: unknown })
  const acceptsPlacement = reading.yes('accepts')
  const allowed = new Set(
    [...posts.values()]
      .filter(({ natures }) => nature && natures.includes(nature))
      .map((p) => p.code)
  )
  const refusal = unknown ? null : choiceRefusal({ posts: list, acceptsPlacement }, allowed, most)
  if (refusal) {
    const post = 'post' in refusal ? refusal.post : ''
    reading.say('rejected', `selection_choice_${refusal.code}`, 'choice1', { post, most })
  }
  if (!person || !nature || reading.rejected) return null
  return {
    personId: person.personId,
    assignmentId: person.id,
    unitId: person.unitId,
    departmentId: person.departmentId,
    nature,
    posts: list,
    acceptsPlacement,
  }
}

function readScore(
  reading: RowReading,
  people: PeopleByNumber,
  posts: Map<string, RoundPostParsed>,
  chosen: Map<number, RoundChoiceParsed>
): RoundScoreParsed | null {
  const code = reading.required('code')
  if (code && !posts.has(code)) reading.say('rejected', 'selection_unknown_post', 'code')
  const person = people.read(reading)
  const scoreCenti = parseScore(reading.required('score'))
  if (scoreCenti === null) reading.say('rejected', 'selection_score', 'score')
  const choice = person ? chosen.get(person.personId) : undefined
  if (person && !choice) reading.say('rejected', 'selection_no_choice', 'name')
  else if (choice && !choice.posts.includes(code)) {
    reading.say('note', 'selection_not_chosen', 'code')
  }
  if (!person || scoreCenti === null || reading.rejected) return null
  return { personId: person.personId, code, scoreCenti }
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
