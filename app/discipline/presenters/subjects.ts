import type { Actor } from '#shared/actor'

const PAGES: Record<string, { path: string; capability: string }> = {
  personnel_event: { path: '/people/events', capability: 'people.view' },
  transfer_batch: { path: '/transfers/batches', capability: 'transfers.view' },
  unit_change: { path: '/organization/changes', capability: 'organization.view' },
  import: { path: '/imports', capability: 'imports.view' },
  fund_movement: { path: '/funds/movements', capability: 'funds.view' },
  asset: { path: '/discipline/assets', capability: 'assets.view' },
  recruitment_application: {
    path: '/recruitment/applications',
    capability: 'recruitment.view',
  },
  pay_run: { path: '/pay/runs', capability: 'pay.view' },
  asset_count: { path: '/discipline/counts', capability: 'assets.view' },
  divestiture: { path: '/discipline/divestitures', capability: 'assets.view' },
}

/** Where the record is that an act was about; null when it has no page for this person. */
export function subjectUrl(type: string | null, id: number | null, actor: Actor): string | null {
  const page = type ? PAGES[type] : undefined
  return page && id !== null && actor.may(page.capability) ? `${page.path}/${id}` : null
}
