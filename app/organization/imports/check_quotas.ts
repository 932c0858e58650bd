import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import type { CheckSummary, ImportEffect, RowVerdict, SourceRow } from '#shared/ports/imports'
import { FUNDING_TYPES, type FundingType, type PostCategory } from '../domain/codes.js'
import { column, headersOf, RowReading } from './reading.js'
import { UnitBook } from './unit_book.js'

export const TARGET_FIELDS = [
  column('unit', '机构', ['单位', '机构名称', '单位名称'], true),
  column('rank', '机构规格', ['规格']),
  column('unitClass', '公益类别', ['机构类别']),
  column('funding', '编制经费形式', ['经费形式', '经费来源'], true),
  column('total', '核定编制数', ['编制数', '核定编制', '编制总数'], true),
  column('management', '其中管理岗', ['管理岗', '管理岗位'], true),
  column('professional', '其中专技岗', ['专技岗', '专业技术岗', '其中专业技术岗'], true),
  column('support', '其中工勤岗', ['工勤岗', '工勤技能岗', '其中工勤技能岗'], true),
  column('leaderPosts', '领导职数', []),
  column('document', '批文号', ['文号', '批准文号', '批文'], true),
  column('validFrom', '生效日期', ['批准日期', '生效时间'], true),
]
export const NEW_POST_FIELDS = [
  column('unit', '机构', ['单位'], true),
  column('function', '职能', ['新增职能'], true),
  column('post', '岗位', ['岗位名称'], true),
  column('total', '编制数', ['编制'], true),
  column('requirements', '专业要求', ['专业']),
]

export interface TargetParsed {
  unit: string
  fundingType: FundingType
  total: number
  seats: Record<PostCategory, number>
  leaderPosts: number
  document: string
  validFrom: string
  /** The live target of the same day, when there is one. */
  targetId: number | null
}

export interface NewPostParsed {
  unit: string
  function: string
  post: string
  total: number
  requirements: string | null
  postId: number | null
}

/** Judges the approved numbers and the posts for new functions. */
export async function checkQuotas(sheets: Map<string, SourceRow[]>): Promise<CheckSummary> {
  const book = await UnitBook.open()
  const seen = new Map<string, number>()
  const targets: RowVerdict[] = []
  for (const row of sheets.get('targets') ?? []) targets.push(await target(row, book, seen))
  const posts: RowVerdict[] = []
  for (const row of sheets.get('new_posts') ?? []) posts.push(await newPost(row, book))
  return {
    verdicts: [
      { sheet: 'targets', verdicts: targets },
      { sheet: 'new_posts', verdicts: posts },
    ],
    confirmations: book.confirmations(),
  }
}

async function target(
  row: SourceRow,
  book: UnitBook,
  seen: Map<string, number>
): Promise<RowVerdict> {
  const reading = new RowReading(row, headersOf(TARGET_FIELDS))
  const parsed = readTarget(reading)
  mention(reading, book, parsed.unit, parsed.validFrom)
  const key = [parsed.unit, parsed.fundingType, parsed.validFrom].join('\n')
  reading.once(seen, key, 'unit')
  if (reading.rejected) return reading.verdict(null, 'none')
  const hit = book.find(parsed.unit, parsed.validFrom)
  const known = hit.kind === 'found' ? await targetOnRecord(hit.unitId, parsed) : null
  let effect: ImportEffect = 'create'
  if (known) effect = known.same ? 'same' : 'update'
  if (effect === 'update') reading.say('warning', 'target_changed', 'total')
  return reading.verdict({ ...parsed, targetId: known?.id ?? null }, effect)
}

function readTarget(reading: RowReading): TargetParsed {
  const seats = {
    management: reading.count('management', true) ?? 0,
    professional: reading.count('professional', true) ?? 0,
    support: reading.count('support', true) ?? 0,
  }
  const total = reading.count('total', true) ?? 0
  const sum = seats.management + seats.professional + seats.support
  if (!reading.rejected && sum !== total) {
    reading.say('rejected', 'sum_differs', 'total', { sum, total })
  }
  return {
    unit: reading.required('unit'),
    fundingType: reading.code('funding', FUNDING_TYPES, true)!,
    total,
    seats,
    leaderPosts: reading.count('leaderPosts') ?? 0,
    document: reading.required('document'),
    validFrom: reading.date('validFrom') ?? '',
    targetId: null,
  }
}

async function newPost(row: SourceRow, book: UnitBook): Promise<RowVerdict> {
  const reading = new RowReading(row, headersOf(NEW_POST_FIELDS))
  const parsed: NewPostParsed = {
    unit: reading.required('unit'),
    function: reading.required('function'),
    post: reading.required('post'),
    total: reading.count('total', true) ?? 0,
    requirements: reading.text('requirements') || null,
    postId: null,
  }
  const today = clock.today()
  mention(reading, book, parsed.unit, today)
  if (reading.rejected) return reading.verdict(null, 'none')
  const hit = book.find(parsed.unit, today)
  const post =
    hit.kind === 'found'
      ? await db.from('posts').where({ unit_id: hit.unitId, name: parsed.post }).first()
      : null
  if (!post) {
    reading.say('warning', 'unknown_post', 'post')
    return reading.verdict(parsed, 'none')
  }
  if (Number(post.headcount) !== parsed.total) {
    reading.say('warning', 'headcount_differs', 'total', { headcount: Number(post.headcount) })
  }
  const same = parsed.requirements === null || post.requirements === parsed.requirements
  return reading.verdict({ ...parsed, postId: Number(post.id) }, same ? 'same' : 'update')
}

function mention(reading: RowReading, book: UnitBook, unit: string, date: string) {
  if (unit === '' || date === '') return
  const mentioned = book.mention(unit, date)
  if (mentioned === 'ambiguous') reading.say('rejected', 'ambiguous_unit', 'unit')
  if (mentioned === 'unknown') reading.say('warning', 'unknown_unit', 'unit')
}

async function targetOnRecord(unitId: number, parsed: TargetParsed) {
  const row = await db
    .from('quota_targets')
    .join('documents', 'documents.id', 'quota_targets.document_id')
    .where({ unit_id: unitId, funding_type: parsed.fundingType, live: 1 })
    .where('valid_from', parsed.validFrom)
    .select('quota_targets.*', 'documents.document_no')
    .first()
  if (!row) return null
  const same =
    Number(row.total) === parsed.total &&
    Number(row.leader_posts) === parsed.leaderPosts &&
    row.document_no === parsed.document &&
    Object.entries(parsed.seats).every(([category, seats]) => Number(row[category]) === seats)
  return { id: Number(row.id), same }
}
