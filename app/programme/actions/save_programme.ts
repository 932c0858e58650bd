import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { findProgramme } from '../queries/plan.js'

export interface ProgrammeInput {
  name: string
  startsOn: string
  documentId: number | null
  yellowDays: number
}

/** Begins the reform programme; there is one. Returns its id. */
export async function createProgramme(
  input: ProgrammeInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    try {
      const id = await insertRow(client, 'programmes', {
        ...columnsOf(input),
        code: 'reform',
        version: 1,
        created_at: clock.now(),
      })
      await record(client, actor, {
        action: 'programme.programme.created',
        subjectType: 'programme',
        subjectId: id,
        changes: columnsOf(input),
      })
      return id
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('programme.errors.programme_exists')
      throw error
    }
  }, trx)
}

/** Changes its name, beginning, document or the limit of the yellow light. */
export async function editProgramme(
  input: ProgrammeInput & { version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await findProgramme(client)
    if (!before) throw new DomainError('programme.errors.no_programme')
    await updateVersioned(client, 'programmes', before.id, input.version, columnsOf(input))
    await record(client, actor, {
      action: 'programme.programme.edited',
      subjectType: 'programme',
      subjectId: before.id,
      changes: {
        name: [before.name, input.name],
        starts_on: [before.startsOn, input.startsOn],
        yellow_days: [before.yellowDays, input.yellowDays],
      },
    })
  }, trx)
}

const columnsOf = ({ name, startsOn, documentId, yellowDays }: ProgrammeInput) => ({
  name,
  starts_on: startsOn,
  document_id: documentId,
  yellow_days: yellowDays,
})
