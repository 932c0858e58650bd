import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { refuseAuthor } from './totals.js'

/** Pay items and tax tables go one way: a draft, tried on real people, in effect by another's word. */
const KINDS = {
  item: { table: 'pay_items', subjectType: 'pay_item' },
  scale: { table: 'pay_tax_scales', subjectType: 'pay_tax_scale' },
} as const
type DraftKind = keyof typeof KINDS

export interface Draft {
  id: number
  state: 'draft' | 'effective' | 'dropped'
  validFrom: string
  trial: { people: number; missing: number } | null
  preparedBy: number | null
}

export interface DraftMove {
  id: number
  version: number
  grant?: ActiveGrant | null
}

export function refuseDecided({ state }: Pick<Draft, 'state'>) {
  if (state !== 'draft') throw new DomainError('pay.errors.item_in_effect')
}

/** Writes one; who changes it is its author from then on, and it has to be tried again. */
export async function writeDraft(
  trx: Trx,
  kind: DraftKind,
  input: { id?: number; version?: number },
  values: Row,
  actor: Actor,
  changes: Row
): Promise<number> {
  const { table } = KINDS[kind]
  const own = { ...values, prepared_by: actor.userId }
  if (input.id) await updateVersioned(trx, table, input.id, input.version!, { ...own, trial: null })
  const id =
    input.id ??
    (await insertRow(trx, table, { ...own, state: 'draft', version: 1, created_at: clock.now() }))
  await write(trx, actor, kind, 'saved', id, changes)
  return id
}

/** What trying it gave stays with the draft until it is changed. */
export async function keepTrial(
  kind: DraftKind,
  { id, version }: DraftMove,
  trial: { people: number; missing: number },
  actor: Actor
) {
  const { people, missing } = trial
  await inTransaction(async (trx) => {
    await updateVersioned(trx, KINDS[kind].table, id, version, { trial: JSON.stringify(trial) })
    await write(trx, actor, kind, 'tried', id, { people, missing })
  })
}

/** Refused to its author, untried, when trying it gave nobody anything, and twice from one day. */
export async function bringIntoEffect(
  trx: Trx,
  kind: DraftKind,
  draft: Draft & { name?: string },
  { version, grant }: DraftMove,
  actor: Actor
) {
  const { id, trial, validFrom } = draft
  refuseAuthor(draft.preparedBy, actor, grant)
  refuseDecided(draft)
  const item = draft.name ?? validFrom
  if (!trial) throw new DomainError('pay.errors.not_tried', { item })
  if (trial.missing === trial.people) throw new DomainError('pay.errors.trial_failed', { item })
  await updateVersioned(trx, KINDS[kind].table, id, version, {
    state: 'effective',
    decided_by: actor.userId,
  }).catch((error) => {
    if (isUniqueViolation(error)) throw new DomainError('pay.errors.effective_there', { item })
    throw error
  })
  await write(trx, actor, kind, 'approved', id, { valid_from: validFrom }, grant)
}

/** Takes a draft away. */
export async function dropDraft(
  trx: Trx,
  kind: DraftKind,
  draft: Draft,
  { version }: DraftMove,
  actor: Actor,
  changes: Row
) {
  refuseDecided(draft)
  await updateVersioned(trx, KINDS[kind].table, draft.id, version, { state: 'dropped' })
  await write(trx, actor, kind, 'dropped', draft.id, changes)
}

function write(
  trx: Trx,
  actor: Actor,
  kind: DraftKind,
  done: string,
  subjectId: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  const { subjectType } = KINDS[kind]
  return record(trx, actor, {
    action: `pay.${kind}.${done}`,
    subjectType,
    subjectId,
    changes,
    grant,
  })
}
