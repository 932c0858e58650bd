import { POST_NATURES, type PostNature } from '#organization/domain/codes'
import { parseCode } from '#organization/domain/code_table'
import { column, type RowReading } from '#organization/imports/reading'
import { choiceRefusal } from '../domain/preferences.js'
import { parseScore } from '../domain/scores.js'
import type { PeopleByNumber } from './people_by_number.js'

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

/** A post on record that may stand in a round. */
export interface KnownPost {
  id: number
  name: string
  unitName: string
  headcount: number | null
}

/** Each reads one row; what is wrong is said of the reading, and null is given where nothing can be kept. */
export function readPost(
  reading: RowReading,
  known: Map<string, KnownPost>
): RoundPostParsed | null {
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

export function readChoice(
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

export function readScore(
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
