import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { ASSESSMENT_MOVES } from '../domain/moves.js'
import { assessmentById, authorsOf } from '../queries/assessments.js'
import { missingIn, resultsOf } from '../queries/results.js'
import { assertOpen } from './enter_values.js'
import { holdAssessment } from './hold_rows.js'

export interface MoveInput {
  assessmentId: number
  version: number
  comment?: string
  grant?: ActiveGrant | null
}

/** 综合评价: what the figures mean, in words. */
export async function writeSummary(
  input: { assessmentId: number; version: number; summary: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await assessmentById(input.assessmentId, client)
    assertOpen(before)
    const { summary } = input
    await updateVersioned(client, 'assessments', before.id, input.version, { summary })
    await write(client, actor, 'summarised', input, { summary: [before.summary, summary] })
  }, trx)
}

/** Hands it to who confirms; nothing may be missing. */
export async function submitAssessment(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdAssessment(client, input.assessmentId)
    const assessment = await assessmentById(input.assessmentId, client)
    if (!assessment.readOn) throw new DomainError('assessment.errors.not_read')
    const open = (await resultsOf(assessment.id, null, client)).filter(
      ({ score }) => score === null
    )
    if (open.length) {
      throw new DomainError('assessment.errors.incomplete', {
        units: open.map(({ unitName }) => unitName).join('、'),
        missing: open.reduce((sum, result) => sum + missingIn(result), 0),
      })
    }
    await move(client, input, 'submit', { prepared_by: actor.userId, comment: null })
    await write(client, actor, 'submitted', input)
  }, trx)
}

/** By another person than who prepared it or entered a value. */
export async function confirmAssessment(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await refuseAuthors(client, input, actor)
    await move(client, input, 'confirm', {
      confirmed_by: actor.userId,
      confirmed_at: clock.now(),
    })
    await write(client, actor, 'confirmed', input)
  }, trx)
}

/** Back to the office, with the reason. */
export async function returnAssessment(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await refuseAuthors(client, input, actor)
    await move(client, input, 'return', {
      comment: input.comment ?? null,
      confirmed_by: null,
      confirmed_at: null,
    })
    await write(client, actor, 'returned', input, { comment: input.comment ?? null })
  }, trx)
}

/** Makes it known to the units; what was published before for the quarter is replaced by it. */
export async function publishAssessment(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const { kind, year, quarter } = await assessmentById(input.assessmentId, client)
    const former = await client
      .from('assessments')
      .where({ kind, year, quarter, state: 'published' })
      .first()
    if (former) {
      const place = { id: Number(former.id), version: Number(former.version) }
      await moveState(client, 'assessments', place, ASSESSMENT_MOVES, 'replace')
      const replaced = { ...input, assessmentId: place.id }
      await write(client, actor, 'replaced', replaced)
    }
    await move(client, input, 'publish', { published_at: clock.now() })
    await write(client, actor, 'published', input)
  }, trx)
}

export async function withdrawAssessment(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await move(client, input, 'withdraw')
    await write(client, actor, 'withdrawn', input)
  }, trx)
}

async function refuseAuthors(trx: Trx, input: MoveInput, actor: Actor) {
  const { id, preparedBy } = await assessmentById(input.assessmentId, trx)
  const authors = [preparedBy, ...(await authorsOf(id, trx))]
  if (authors.some((author) => actor.actsAs(author, input.grant))) {
    throw new DomainError('assessment.errors.same_person')
  }
}

function move(
  trx: Trx,
  { assessmentId: id, version }: MoveInput,
  verb: keyof typeof ASSESSMENT_MOVES,
  values: Row = {}
) {
  return moveState(trx, 'assessments', { id, version }, ASSESSMENT_MOVES, verb, values)
}

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  input: Pick<MoveInput, 'assessmentId' | 'grant'>,
  changes: Row = {}
) {
  return record(trx, actor, {
    action: `assessment.assessment.${done}`,
    subjectType: 'assessment',
    subjectId: input.assessmentId,
    changes,
    grant: input.grant,
  })
}
