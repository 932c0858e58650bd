import type { Actor } from '#shared/actor'
import { updateVersioned, type Row, type Trx } from '#shared/database'
import { keepRevision } from './keep_revision.js'

const IDENTITY = ['identity_sealed', 'identity_digest', 'identity_masked'] as const
const PHONE = ['phone_sealed', 'phone_masked'] as const
const SINGLE = [
  'sex',
  'birth_on',
  'education',
  'political_status',
  'work_started_on',
  'retirement_kind',
] as const

/** Columns that the kept record did not have. */
export interface FilledBlanks {
  columns: string[]
  /** Digest of an identity number that came along: two records never hold one number. */
  identity: string | null
}

const none = (columns: readonly string[]) => Object.fromEntries(columns.map((name) => [name, null]))

/** What the merged record knows and the kept one does not. */
export function blanksOf(kept: Row, merged: Row): FilledBlanks {
  const groups = [IDENTITY, PHONE, ...SINGLE.map((name) => [name] as const)]
  const columns = groups.flatMap((names) =>
    kept[names[0]] === null && merged[names[0]] !== null ? [...names] : []
  )
  const identity = columns.includes('identity_digest') ? merged.identity_digest : null
  return { columns, identity }
}

/** The merged record leads to the kept one, which takes over what it did not have. */
export async function fillBlanks(
  trx: Trx,
  actor: Actor,
  { kept, merged, reason }: { kept: Row; merged: Row; reason: string }
): Promise<FilledBlanks> {
  const blanks = blanksOf(kept, merged)
  const why = { reason, documentId: null }
  const gone = { merged_into: kept.id, ...(blanks.identity && none(IDENTITY)) }
  if (blanks.identity) await keepRevision(trx, actor, merged, why)
  await updateVersioned(trx, 'persons', Number(merged.id), Number(merged.version), gone)
  if (blanks.columns.length === 0) return blanks
  await keepRevision(trx, actor, kept, why)
  await updateVersioned(trx, 'persons', Number(kept.id), Number(kept.version), {
    ...Object.fromEntries(blanks.columns.map((name) => [name, merged[name]])),
    ...(kept.confirmation === 'confirmed' && { confirmation: 'pending', confirmed_at: null }),
  })
  return blanks
}

/**
 * The merged record stands on its own again. What was taken over leaves the kept one unless it was
 * corrected since; an identity number that was corrected since says no: false.
 */
export async function emptyBlanks(
  trx: Trx,
  actor: Actor,
  { keptId, mergedId, reason }: { keptId: number; mergedId: number; reason: string },
  blanks: FilledBlanks
): Promise<boolean> {
  const kept = await trx.from('persons').where('id', keptId).firstOrFail()
  const merged = await trx.from('persons').where('id', mergedId).firstOrFail()
  if (Number(merged.merged_into) !== keptId) return false
  if (blanks.identity && kept.identity_digest !== blanks.identity) return false
  const identity = Object.fromEntries(IDENTITY.map((name) => [name, kept[name]]))
  const back = blanks.columns.filter(
    (name) => name in identity || String(kept[name]) === String(merged[name])
  )
  if (back.length > 0) {
    const why = { reason, documentId: null }
    await keepRevision(trx, actor, kept, why)
    await updateVersioned(trx, 'persons', keptId, Number(kept.version), none(back))
  }
  await updateVersioned(trx, 'persons', mergedId, Number(merged.version), {
    merged_into: null,
    ...(blanks.identity && identity),
  })
  return true
}
