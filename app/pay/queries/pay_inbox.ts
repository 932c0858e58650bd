import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { withinUnits } from '#shared/lists/reach'
import { formatFen } from '#shared/money'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { differencesOf } from './differences.js'
import { itemList } from './items.js'
import { waitingSettlements } from './settlements.js'
import { slipsToAnswer } from './own_slips.js'
import { openSteps } from './step_raises.js'
import { runsTouchedBy } from './run_hands.js'
import { runList, type RunRow } from './runs.js'
import { scaleList } from './tax_scales.js'
import { totalVersions } from './totals.js'
import { allotmentsOf } from './allotments.js'

/** What waits for whom: runs to finish, approve or release; objections; a new slip for its owner. */
export async function payInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  return [
    ...(await forPreparer(actor, t)),
    ...(await forApprover(actor, t)),
    ...(await forReleaser(actor, t)),
    ...(await forOwner(actor, t)),
  ]
}

async function forPreparer(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('pay.prepare')) return []
  const units = actor.unitsFor('pay.prepare')
  const open = await runList({ units, states: ['draft', 'computed', 'returned'] })
  const objections = await db
    .from('pay_slips as s')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .where('s.answer_state', 'objected')
    .where((where) => {
      withinUnits(where, 'r.unit_id', units)
    })
    .orderBy('s.id')
    .select('s.id', 's.person_id', 'r.title')
  const steps = await openSteps({ units })
  const changed = await runList({ units, changed: true })
  return [
    ...steps.slice(0, 1).map(({ documentNo }) => ({
      id: 'pay_steps',
      kind: 'pay.steps',
      url: '/pay/bases/steps',
      title: t('pay.inbox.steps', { people: steps.length }),
      detail: documentNo,
      due: null,
      blocked: false,
    })),
    ...open.map((run) =>
      itemOf(
        run,
        t,
        run.stopped ? 'stopped' : run.state,
        run.stopped !== null || run.state === 'returned'
      )
    ),
    ...changed.map((run) => ({
      id: `pay_changes:${run.id}`,
      kind: 'pay.changes',
      detail: run.title,
      title: t('pay.inbox.changes', { count: run.openChanges }),
      url: `/pay/runs/${run.id}/changes`,
      due: null,
      blocked: false,
    })),
    ...objections
      .filter((row) => !actor.isSelf(Number(row.person_id)))
      .map((row) => ({
        id: `pay_objection:${row.id}`,
        kind: 'pay.objection',
        title: t('pay.inbox.objection'),
        detail: row.title as string,
        url: `/pay/slips/${row.id}`,
        due: null,
        blocked: false,
      })),
  ]
}

async function forApprover(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('pay.approve')) return []
  const units = actor.unitsFor('pay.approve')
  const notMine = ({ preparedBy }: { preparedBy: number | null }) => preparedBy !== actor.userId
  const runs = await untouched(actor, await runList({ units, state: 'checked' }))
  const versions = (await totalVersions({ state: 'submitted', units })).filter(notMine)
  const allotments = (await allotmentsOf({ state: 'submitted', units })).filter(notMine)
  const differences = (await differencesOf({ state: 'submitted', units })).filter(
    (row) => notMine(row) && !actor.isSelf(row.personId)
  )
  const settlements = (await waitingSettlements(units)).filter(
    (row) => notMine(row) && !actor.isSelf(row.personId)
  )
  const items = (await itemList({ state: 'draft' })).filter(notMine)
  const scales = (await scaleList('draft')).filter(notMine)
  return [
    ...items
      .filter(({ trial }) => trial)
      .map((row) => ({
        id: `pay_item:${row.id}`,
        kind: 'pay.item',
        title: t('pay.inbox.item'),
        detail: row.name,
        url: `/pay/items/${row.id}`,
        due: null,
        blocked: false,
      })),
    ...scales
      .filter(({ trial }) => trial)
      .map((row) => ({
        id: `pay_scale:${row.id}`,
        kind: 'pay.scale',
        title: t('pay.inbox.scale'),
        detail: row.documentNo,
        url: `/pay/tax-scales/${row.id}`,
        due: null,
        blocked: false,
      })),
    ...runs.map((run) => itemOf(run, t, 'approve', false)),
    ...versions.map((row) => ({
      id: `pay_total:${row.id}`,
      kind: 'pay.total',
      title: t('pay.inbox.total'),
      detail: row.documentNo,
      url: `/pay/totals/${row.totalId}`,
      due: null,
      blocked: false,
    })),
    ...allotments.map((row) => ({
      id: `pay_allotment:${row.id}`,
      kind: 'pay.allotment',
      title: t('pay.inbox.allotment', { amount: formatFen(row.amountFen) }),
      detail: row.unitName,
      url: `/pay/totals/${row.totalId}`,
      due: null,
      blocked: false,
    })),
    ...differences.map((row) => ({
      id: `pay_difference:${row.id}`,
      kind: 'pay.difference',
      title: t('pay.inbox.difference'),
      detail: row.number,
      url: `/pay/differences/${row.id}`,
      due: null,
      blocked: false,
    })),
    ...settlements.map((row) => ({
      id: `pay_settlement:${row.id}`,
      kind: 'pay.settlement',
      detail: row.differenceNo,
      title: t('pay.inbox.settlement'),
      url: `/pay/differences/${row.differenceId}`,
      due: null,
      blocked: false,
    })),
  ]
}

async function forReleaser(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('pay.release')) return []
  const units = actor.unitsFor('pay.release')
  const approved = await untouched(actor, await runList({ units, state: 'approved' }))
  const released = await runList({ units, state: 'released' })
  return [
    ...approved
      .filter(({ approvedBy }) => approvedBy !== actor.userId)
      .map((run) => itemOf(run, t, 'release', false)),
    ...released.map((run) => itemOf(run, t, 'pay', false)),
  ]
}

/** Without those that the actor had a hand in. */
async function untouched({ userId }: Actor, runs: RunRow[]): Promise<RunRow[]> {
  const runIds = runs.map(({ id }) => id)
  const touched = await runsTouchedBy([userId], runIds)
  return runs.filter(({ id }) => !touched.has(id))
}

async function forOwner(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (actor.personId === null || !actor.may('pay.view_self')) return []
  const open = await slipsToAnswer(actor.personId, clock.today())
  return open.map((slip) => ({
    id: `payslip:${slip.id}`,
    kind: 'pay.slip',
    title: t('pay.inbox.slip'),
    detail: slip.runTitle,
    url: `/pay/slips/${slip.id}`,
    due: slip.objectionsUntil,
    blocked: false,
  }))
}

function itemOf(run: RunRow, t: Translate, what: string, blocked: boolean): InboxItem {
  return {
    id: `pay_run:${run.id}`,
    kind: 'pay.run',
    title: t(`pay.inbox.${what}`),
    detail: run.title,
    url: `/pay/runs/${run.id}`,
    due: null,
    blocked,
  }
}
