import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { UnitClass } from '../domain/codes.js'
import { unitPinyin } from '../domain/unit_pinyin.js'
import { setUnitFacts } from './set_unit_facts.js'

export interface UnitInput {
  name: string
  /** Absent: made from the id. */
  code?: string | null
  kind: 'reform' | 'external'
  /** Start of the legal name and of the facts. */
  validFrom: string
  rank?: string | null
  unitClass?: UnitClass | null
  supervisor?: string | null
  parentId?: number | null
  documentId?: number | null
}

/** Makes a unit with its legal name and, when any are given, its facts; returns its id. */
export async function createUnit(input: UnitInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    const id = await insertUnit(client, input)
    await insertRow(client, 'unit_names', {
      unit_id: id,
      name: input.name,
      kind: 'legal',
      valid_from: input.validFrom,
      document_id: input.documentId ?? null,
      recorded_at: clock.now(),
    })
    await record(client, actor, {
      action: 'organization.unit.created',
      subjectType: 'unit',
      subjectId: id,
      changes: { name: input.name, kind: input.kind, valid_from: input.validFrom },
    })
    if (input.rank || input.unitClass || input.supervisor || input.parentId) {
      await setUnitFacts(client, actor, { ...factsOf(input), unitId: id })
    }
    return id
  }, trx)
}

function factsOf(input: UnitInput) {
  return {
    validFrom: input.validFrom,
    rank: input.rank ?? null,
    unitClass: input.unitClass ?? null,
    supervisor: input.supervisor ?? null,
    parentId: input.parentId ?? null,
    documentId: input.documentId ?? null,
  }
}

async function insertUnit(trx: Trx, input: UnitInput): Promise<number> {
  const { full, initials } = unitPinyin(input.name)
  try {
    const id = await insertRow(trx, 'units', {
      code: input.code || `new-${crypto.randomUUID()}`.slice(0, 40),
      name: input.name,
      name_pinyin: full,
      name_initials: initials,
      kind: input.kind,
      version: 1,
      created_at: clock.now(),
    })
    if (!input.code) {
      const code = `${input.kind === 'external' ? 'W' : 'D'}${String(id).padStart(4, '0')}`
      await trx.from('units').where('id', id).update({ code })
    }
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('organization.errors.code_taken', { code: input.code ?? '' }, [
      { field: 'code', code: 'organization.errors.code_taken', params: { code: input.code ?? '' } },
    ])
  }
}
