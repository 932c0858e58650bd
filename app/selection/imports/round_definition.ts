import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import type { ImportContext, ImportDefinition, StoredRow } from '#shared/ports/imports'
import { recordEffects } from '#imports/actions/effects'
import { recordAnswer, recordOfAnswer, unitOfAnswer } from '#imports/domain/record_answer'
import { SheetBuffer } from '#organization/imports/sheet_buffer'
import { openForChange } from '../actions/rounds.js'
import { pseudonymOf, receiptHash, sealChoice } from '../sealing.js'
import { checkRound } from './check_round.js'
import {
  CHOICE_FIELDS,
  POST_FIELDS,
  SCORE_FIELDS,
  type RoundChoiceParsed,
  type RoundPostParsed,
  type RoundScoreParsed,
} from './round_rows.js'

/** 双向选择 that was held on paper: posts, choices and scores of one round. It says "not sealed". */
export const roundDefinition: ImportDefinition<StoredRow[]> = {
  key: 'selection_round',
  titleKey: 'imports.definitions.selection_round',
  capability: 'selection.prepare',
  order: 60,
  after: ['posts', 'roster'],
  module: 'imports',
  sheets: [
    { key: 'posts', names: ['岗位'], fields: POST_FIELDS },
    { key: 'choices', names: ['志愿', '志愿表'], fields: CHOICE_FIELDS },
    { key: 'scores', names: ['考核评分', '评分'], fields: SCORE_FIELDS },
  ],
  async questions(_found, _asOf, actor) {
    const options = await emptyRounds(actor)
    return [
      {
        name: 'round',
        kind: 'choice',
        labelKey: 'selection.fields.round',
        helpKey: 'selection.help.import_round',
        value: options.length === 1 ? options[0].value : null,
        required: true,
        options,
      },
    ]
  },
  unitOf: ({ round }) => unitOfAnswer(round),
  checker: async (context) => new SheetBuffer((sheets) => checkRound(sheets, context)),
  prepare: (_context, rows) => rows.all(),
  write,
  undo,
}

async function emptyRounds(actor: Actor) {
  const query = db
    .from('selection_rounds as r')
    .where('r.state', 'preparation')
    .whereNotExists((posts) =>
      posts.from('selection_posts').whereColumn('selection_posts.round_id', 'r.id')
    )
    .orderBy('r.id', 'desc')
    .select('r.id', 'r.number', 'r.name', 'r.unit_id')
  const rows = await withinUnits(query, 'r.unit_id', actor.unitsFor('selection.prepare'))
  return rows.map((row) => ({
    value: recordAnswer({ id: row.id, unitId: row.unit_id }),
    label: `${row.number} ${row.name}`,
  }))
}

async function write(trx: Trx, _actor: Actor, context: ImportContext, rows: StoredRow[]) {
  const round = await openForChange(trx, recordOfAnswer(context.answers.round))
  const there = await trx.from('selection_posts').where('round_id', round.id).first()
  if (there) throw new DomainError('selection.errors.round_not_empty')
  const of = <Parsed>(sheet: string) =>
    rows.filter((row) => row.sheet === sheet && row.parsed).map((row) => row.parsed as Parsed)
  const posts = of<RoundPostParsed>('posts')
  const choices = of<RoundChoiceParsed>('choices')
  const scores = of<RoundScoreParsed>('scores')
  const stamps = { version: 1, created_at: clock.now() }

  await bulkInsert(
    trx,
    'selection_lists',
    posts.map(({ code, name }) => ({ round_id: round.id, code, name, ...stamps }))
  )
  const lists = await idsBy(trx, 'selection_lists', round.id, 'code')
  await bulkInsert(
    trx,
    'selection_posts',
    posts.map((post) => ({
      round_id: round.id,
      post_id: post.postId,
      list_id: lists.get(post.code)!,
      code: post.code,
      capacity: post.capacity,
      minimum: 0,
      natures: JSON.stringify(post.natures),
      ...stamps,
    }))
  )
  await bulkInsert(
    trx,
    'selection_participants',
    choices.map((row) => ({
      round_id: round.id,
      person_id: row.personId,
      assignment_id: row.assignmentId,
      unit_id: row.unitId,
      department_id: row.departmentId,
      nature: row.nature,
      pseudonym: pseudonymOf(round.saltSealed, row.personId),
      answer: 'open',
      ...stamps,
    }))
  )
  const people = await idsBy(trx, 'selection_participants', round.id, 'person_id')
  const kept = choices.map((row) => {
    const { choice, columns } = sealChoice(round.id, row)
    return { row, choice, columns, participant: people.get(String(row.personId))! }
  })
  await bulkInsert(
    trx,
    'selection_preferences',
    kept.map(({ participant, columns }) => ({
      participant_id: participant,
      ...columns,
      source: 'sheet',
      ...stamps,
    }))
  )
  await bulkInsert(
    trx,
    'selection_receipts',
    kept.map(({ row, choice, participant }): Row => {
      const savedAt = clock.now()
      const pseudonym = pseudonymOf(round.saltSealed, row.personId)
      const receipt = { round: round.number, pseudonym, revision: 1, savedAt, choice }
      return {
        participant_id: participant,
        revision: 1,
        hash: receiptHash(receipt),
        source: 'sheet',
        saved_at: savedAt,
      }
    })
  )
  await bulkInsert(
    trx,
    'selection_rankings',
    scores.map(({ code, personId, scoreCenti }) => ({
      list_id: lists.get(code)!,
      participant_id: people.get(String(personId))!,
      score_centi: scoreCenti,
      source: 'sheet',
      ...stamps,
    }))
  )
  await trx.from('selection_rounds').where('id', round.id).update({ sealed: false })
  await recordEffects(trx, context.importId, [
    { subjectType: 'selection_round', subjectId: round.id, effect: 'updated' },
  ])
  return {
    selection_posts: posts.length,
    participants: choices.length,
    scores: scores.length,
  }
}

async function idsBy(trx: Trx, table: string, roundId: number, column: string) {
  const rows = await trx.from(table).where('round_id', roundId).select('id', column)
  return new Map(rows.map((row) => [String(row[column]), Number(row.id)]))
}

/** Empties the round again, while it is being prepared. */
async function undo(trx: Trx, _actor: Actor, context: ImportContext) {
  const round = await openForChange(trx, recordOfAnswer(context.answers.round))
  const people = trx.from('selection_participants').where('round_id', round.id).select('id')
  for (const table of ['selection_rankings', 'selection_receipts', 'selection_preferences']) {
    await trx.from(table).whereIn('participant_id', people.clone()).delete()
  }
  for (const table of ['selection_participants', 'selection_posts', 'selection_lists']) {
    await trx.from(table).where('round_id', round.id).delete()
  }
  await trx.from('selection_rounds').where('id', round.id).update({ sealed: true })
}
