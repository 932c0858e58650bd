import db from '@adonisjs/lucid/services/db'
import { SheetBuffer } from '#organization/imports/sheet_buffer'
import { livingUnits } from '#organization/queries/units'
import { buildActor } from '#accounts/queries/build_actor'
import { type Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import type {
  ImportContext,
  ImportDefinition,
  ImportQuestion,
  RowSource,
} from '#shared/ports/imports'
import { EDITABLE } from '../domain/states.js'
import { mayPrepare } from '../policies/access.js'
import { batchById, batchQuery, toBatch, unitsOfBatch, unitsOfBatches } from '../queries/batches.js'
import { LinesCheck } from './check_lines.js'
import { commitLines, openBatchFor, type LinesPlan } from './commit_lines.js'
import { PEOPLE_FIELDS, SEATS_FIELDS } from './lines_fields.js'
import { undoLines } from './undo_lines.js'

/** 划转名册 as a list: people and vacant seats for a batch that is being prepared. */
export const linesDefinition: ImportDefinition<LinesPlan> = {
  key: 'transfer_lines',
  titleKey: 'imports.definitions.transfer_lines',
  capability: 'transfers.prepare',
  order: 45,
  after: ['roster'],
  module: 'imports',
  sheets: [
    {
      key: 'people',
      names: ['人员', '划转人员', '划转名册'],
      fields: PEOPLE_FIELDS,
      optional: true,
    },
    { key: 'seats', names: ['空编', '空编划转'], fields: SEATS_FIELDS, optional: true },
  ],
  questions: async (_found, asOf, actor) => [
    await batchQuestion(actor),
    await unitQuestion(asOf, actor),
  ],
  unitOf: (answers) => Number(answers.unit) || null,
  checker: async (context) => {
    const batch = await openBatchFor(db, Number(context.answers.batch))
    const check = await LinesCheck.of(batch, context)
    return new SheetBuffer((sheets) => check.run(sheets))
  },
  prepare,
  write: commitLines,
  undo: undoLines,
}

/** Batches that the actor may still add lines to. */
async function batchQuestion(actor: Actor): Promise<ImportQuestion> {
  const rows = await batchQuery()
    .whereIn('b.state', [...EDITABLE])
    .orderBy('b.id', 'desc')
  const batches = rows.map(toBatch)
  const units = await unitsOfBatches(batches.map(({ id }) => id))
  const options = batches
    .filter((batch) => mayPrepare(actor, { batch, units: units.get(batch.id)!, scope: [] }))
    .map(({ id, number, title }) => ({ value: String(id), label: `${number} ${title}` }))
  return {
    name: 'batch',
    kind: 'choice',
    labelKey: 'imports.questions.batch',
    value: options.length === 1 ? options[0].value : null,
    required: true,
    options,
  }
}

/** Whose people and seats: any unit's only for who may prepare for all of them. */
async function unitQuestion(asOf: string, actor: Actor): Promise<ImportQuestion> {
  const reach = actor.unitsFor('transfers.prepare')
  const units = await livingUnits(asOf || undefined)
  const options = units
    .filter(({ id }) => reach === 'all' || reach.includes(id))
    .map(({ id, name }) => ({ value: String(id), label: name }))
  return {
    name: 'unit',
    kind: 'choice',
    labelKey: 'imports.questions.from_unit',
    helpKey: reach === 'all' ? 'imports.questions.from_unit_help' : undefined,
    value: reach !== 'all' && options.length === 1 ? options[0].value : null,
    required: reach !== 'all',
    options,
  }
}

async function prepare(context: ImportContext, source: RowSource): Promise<LinesPlan> {
  const rows = await source.all()
  const batchId = Number(context.answers.batch)
  const work = rows.filter(({ effect }) => effect === 'create' || effect === 'update')
  const units = [...new Set(work.map(({ parsed }) => parsed.line.fromUnitId as number))]
  await authorizeCommit(context.importId, batchId, units)
  return {
    batchId,
    rows: work.map(({ parsed }) => parsed),
    same: rows.filter(({ effect }) => effect === 'same').length,
  }
}

/** Who commits must be allowed to prepare for every unit that gives: the job has no grants of its own. */
async function authorizeCommit(importId: number, batchId: number, unitIds: number[]) {
  const { committed_by: userId } = await db.from('imports').where('id', importId).firstOrFail()
  if (userId === null) return
  const opened = {
    batch: await batchById(batchId),
    units: await unitsOfBatch(batchId),
    scope: [],
  }
  if (mayPrepare(await buildActor(Number(userId)), opened, unitIds)) return
  throw new DomainError('transfers.errors.import_not_allowed', { number: opened.batch.number })
}
