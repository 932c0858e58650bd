import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { SHEET_MOVES, type AssessmentKind } from '../domain/moves.js'
import { FULL_SCORE } from '../domain/scoring.js'
import { indicatorsOf, sheetById } from '../queries/sheets.js'
import { holdSheet } from './hold_rows.js'

export interface SheetInput {
  title: string
  validFrom: string
  yellowPoints: number
  redPoints: number
}

/** Begins a sheet of indicators; `from` copies those of an earlier one. Returns its id. */
export async function createSheet(
  input: SheetInput & { kind: AssessmentKind; from?: number | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const id = await insertRow(client, 'assessment_sheets', {
      ...columnsOf(input),
      kind: input.kind,
      state: 'draft',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    if (input.from) await copyIndicators(client, input.from, id)
    await write(client, actor, 'created', id, { title: input.title, kind: input.kind })
    return id
  }, trx)
}

async function copyIndicators(trx: Trx, from: number, to: number) {
  const indicators = await indicatorsOf(from, trx)
  await bulkInsert(
    trx,
    'assessment_indicators',
    indicators.map((row) => ({
      sheet_id: to,
      line_no: row.lineNo,
      name: row.name,
      source: row.source,
      rule: row.rule,
      target: row.target,
      measured_in: row.measuredIn,
      weight: row.weight,
      standard: row.standard,
      version: 1,
      created_at: clock.now(),
    }))
  )
}

/** Changes the head of a sheet that is still a draft. */
export async function editSheet(
  input: SheetInput & { sheetId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await assertDraft(client, input.sheetId)
    await updateVersioned(client, 'assessment_sheets', before.id, input.version, columnsOf(input))
    await write(client, actor, 'edited', before.id, {
      title: [before.title, input.title],
      valid_from: [before.validFrom, input.validFrom],
      yellow_points: [before.yellowPoints, input.yellowPoints],
      red_points: [before.redPoints, input.redPoints],
    })
  }, trx)
}

/**
 * Puts a sheet in force from its date by a document; never by who prepared it. Its weights are 100
 * points together.
 */
export async function adoptSheet(
  input: { sheetId: number; version: number; documentId: number; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const sheet = await assertDraft(client, input.sheetId)
    if (actor.actsAs(sheet.preparedBy, input.grant)) {
      throw new DomainError('assessment.errors.same_person')
    }
    const indicators = await indicatorsOf(sheet.id, client)
    const weights = indicators.reduce((sum, { weight }) => sum + weight, 0)
    if (weights !== FULL_SCORE) {
      throw new DomainError('assessment.errors.weights', { sum: weights / 100 })
    }
    await adopt(client, actor, input, sheet.validFrom)
    await write(
      client,
      actor,
      'adopted',
      sheet.id,
      { document_id: input.documentId, valid_from: sheet.validFrom },
      input.grant
    )
  }, trx)
}

async function adopt(
  trx: Trx,
  actor: Actor,
  input: { sheetId: number; version: number; documentId: number },
  validFrom: string
) {
  try {
    await moveState(
      trx,
      'assessment_sheets',
      { id: input.sheetId, version: input.version },
      SHEET_MOVES,
      'adopt',
      { document_id: input.documentId, adopted_by: actor.userId }
    )
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('assessment.errors.date_taken', { date: validFrom })
  }
}

/** Gives a draft up. */
export async function withdrawSheet(
  input: { sheetId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const place = { id: input.sheetId, version: input.version }
    await moveState(client, 'assessment_sheets', place, SHEET_MOVES, 'withdraw')
    await write(client, actor, 'withdrawn', input.sheetId, {})
  }, trx)
}

/** A sheet may be changed while nobody has adopted it, and nobody does meanwhile. */
export async function assertDraft(trx: Trx, sheetId: number) {
  await holdSheet(trx, sheetId)
  const sheet = await sheetById(sheetId, trx)
  if (sheet.state !== 'draft') throw new DomainError('assessment.errors.sheet_fixed')
  return sheet
}

function columnsOf(input: SheetInput): Row {
  return {
    title: input.title,
    valid_from: input.validFrom,
    yellow_points: input.yellowPoints,
    red_points: input.redPoints,
  }
}

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `assessment.sheet.${done}`,
    subjectType: 'assessment_sheet',
    subjectId: id,
    changes,
    grant,
  })
}
