import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { longDate } from '#shared/dates'
import type { Move } from '#shared/view/move'
import { EDITABLE } from '../domain/states.js'
import { refusalOf } from '../domain/steps.js'
import { executionGrant, mayPrepare, signingGrant, type OpenedBatch } from '../policies/access.js'
import type { LineTotals } from '../queries/line_totals.js'
import { preparersOf } from '../queries/batches.js'
import type { SignatureRow } from '../queries/signatures.js'

interface Facts extends OpenedBatch {
  totals: LineTotals
  signatures: SignatureRow[]
}

/** Exactly the moves that table, policy and separation of duties allow now; blocked ones say why. */
export async function movesOf(actor: Actor, facts: Facts, i18n: I18n): Promise<Move[]> {
  return [
    ...(mayPrepare(actor, facts) ? preparing(facts, i18n) : []),
    ...(await signing(actor, facts, i18n)),
    ...executing(actor, facts, i18n),
  ]
}

function preparing({ batch, totals }: Facts, i18n: I18n): Move[] {
  const url = `/transfers/batches/${batch.id}`
  const t = (key: string, params = {}) => i18n.t(`transfers.moves.${key}`, params)
  const figures = { people: totals.people, seats: totals.seats, waiting: totals.waiting }
  const withdraw: Move = {
    label: t('withdraw'),
    url: `${url}/withdrawal`,
    tone: 'danger',
    confirm: t('withdraw_confirm', figures),
    comment: i18n.t('shared.words.reason'),
  }
  if (EDITABLE.includes(batch.state)) {
    const checked = batch.state === 'checked'
    const split: Move = {
      label: t('split', figures),
      url: `${url}/split`,
      tone: 'plain',
      confirm: t('split_confirm', figures),
    }
    return [
      { label: t('check'), url: `${url}/check`, tone: checked ? 'plain' : 'primary' },
      checked
        ? { label: t('submit'), url: `${url}/submission`, confirm: t('submit_confirm', figures) }
        : { label: t('submit'), url, disabled: true, reason: t('submit_after_check') },
      ...(totals.waiting > 0 ? [split] : []),
      withdraw,
    ]
  }
  return batch.state === 'submitted' || batch.state === 'scheduled' ? [withdraw] : []
}

async function signing(actor: Actor, facts: Facts, i18n: I18n): Promise<Move[]> {
  const { batch, totals, signatures } = facts
  const grant = signingGrant(actor, facts)
  if (batch.state !== 'submitted' || !grant || actor.userId === null) return []
  const step = batch.line!.steps[batch.step]
  const label = i18n.t('transfers.moves.sign', { step: i18n.t(`transfers.steps.${step}`) })
  const url = `/transfers/batches/${batch.id}/signatures/${step}`
  const refusal = refusalOf(
    { userId: actor.userId, onBehalfOfId: grant.onBehalfOf?.userId ?? null },
    await preparersOf(batch),
    signatures.filter(({ round }) => round === batch.line!.round)
  )
  if (refusal)
    return [{ label, url, disabled: true, reason: i18n.t(`transfers.errors.${refusal}`) }]
  return [
    {
      label,
      url,
      confirm: i18n.t('transfers.moves.sign_confirm', {
        people: totals.people,
        seats: totals.seats,
        date: longDate(batch.effectiveOn, i18n.locale),
      }),
      comment: i18n.t('shared.words.comment'),
    },
    returning(batch.id, i18n),
  ]
}

function executing(actor: Actor, facts: Facts, i18n: I18n): Move[] {
  const { batch, totals } = facts
  const url = `/transfers/batches/${batch.id}/execution`
  const label = i18n.t('transfers.moves.execute')
  if (batch.state !== 'scheduled' || !executionGrant(actor, facts)) return []
  const date = longDate(batch.effectiveOn, i18n.locale)
  if (batch.effectiveOn > clock.today()) {
    const reason = i18n.t('transfers.moves.execute_on', { date })
    return [{ label, url, disabled: true, reason }, returning(batch.id, i18n)]
  }
  const confirm = i18n.t('transfers.moves.execute_confirm', {
    people: totals.people,
    seats: totals.seats,
    date,
  })
  return [{ label, url, confirm }, returning(batch.id, i18n)]
}

function returning(batchId: number, i18n: I18n): Move {
  return {
    label: i18n.t('transfers.moves.return'),
    url: `/transfers/batches/${batchId}/return`,
    tone: 'danger',
    confirm: i18n.t('transfers.moves.return_confirm'),
    comment: i18n.t('transfers.moves.return_reason'),
  }
}
