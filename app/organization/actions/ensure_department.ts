import { clock } from '#shared/clock'
import { insertRow, isUniqueViolation, type Trx } from '#shared/database'

export interface DepartmentInput {
  unitId: number
  name: string
  validFrom: string
  frontLine?: boolean
  /** Exact decimal text, e.g. `1.15`. */
  weight?: string | null
}

/** The department of a unit by its name, made when there is none; returns its id. */
export async function ensureDepartment(trx: Trx, input: DepartmentInput): Promise<number> {
  const place = { unit_id: input.unitId, name: input.name.trim() }
  const known = await trx.from('departments').where(place).first()
  if (known) return Number(known.id)
  try {
    return await insertRow(trx, 'departments', {
      ...place,
      front_line: input.frontLine ?? false,
      weight: input.weight ?? null,
      valid_from: input.validFrom,
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return Number((await trx.from('departments').where(place).forUpdate().firstOrFail()).id)
  }
}
