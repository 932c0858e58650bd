export interface NavigationItem {
  /** Module that the page belongs to; `section` of the layout marks it. */
  section: string
  /** Translation key of the label. */
  label: string
  url: string
  icon: string
  /** Shown when the actor has it anywhere, one of several is enough; null: everyone. */
  capability: string | readonly string[] | null
  /** About the own person: only for accounts that have one. */
  own?: true
}

export interface NavigationGroup {
  label: string | null
  items: readonly NavigationItem[]
}

interface MayAsk {
  personId: number | null
  may(capability: string): boolean
}

const item = (
  section: string,
  name: string,
  url: string,
  icon: string,
  capability: NavigationItem['capability']
): NavigationItem => ({ section, label: `shared.nav.${name}`, url, icon, capability })

const ownItem = (...args: Parameters<typeof item>): NavigationItem => ({
  ...item(...args),
  own: true,
})

/** The menu of the house, in the order in which the work goes. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    label: null,
    items: [
      item('home', 'home', '/', 'home', null),
      item('inbox', 'inbox', '/inbox', 'inbox', null),
      item('cockpit', 'cockpit', '/cockpit', 'layout-dashboard', 'programme.view'),
    ],
  },
  {
    label: 'shared.nav.group_reform',
    items: [
      item('programme', 'programme', '/programme', 'timeline', 'programme.view'),
      item('transfers', 'transfers', '/transfers/batches', 'arrows-transfer-up', 'transfers.view'),
      item('selection', 'selection', '/selection/rounds', 'arrows-exchange', 'selection.view'),
      item('decisions', 'decisions', '/decisions', 'help-hexagon', 'decisions.view'),
      item('documents', 'documents', '/decisions/documents', 'file-certificate', 'decisions.view'),
      item('governance', 'governance_desk', '/governance/desk', 'checkbox', 'governance.report'),
      item('governance', 'tasks', '/governance/tasks', 'list-check', 'governance.view'),
      item('orders', 'orders', '/governance/orders', 'alarm', [
        'governance.view',
        'governance.report',
      ]),
      item('meetings', 'meetings', '/governance/meetings', 'users-group', 'governance.view'),
      item('bodies', 'bodies', '/governance/bodies', 'hierarchy-2', 'governance.view'),
      item('funds', 'funds', '/funds', 'coin', 'funds.view'),
      item('projects', 'projects', '/funds/projects', 'building', 'projects.view'),
      item('assessment', 'assessment', '/assessment', 'clipboard-data', 'assessment.view'),
    ],
  },
  {
    label: 'shared.nav.group_discipline',
    items: [
      item('discipline', 'discipline', '/discipline', 'shield-lock', 'discipline.view'),
      item('exemptions', 'exemptions', '/discipline/exemptions', 'key', 'discipline.view'),
      item('spending', 'spending', '/discipline/spending', 'receipt', 'spending.view'),
      item('assets', 'assets', '/discipline/assets', 'building-warehouse', 'assets.view'),
      item('counts', 'counts', '/discipline/counts', 'clipboard-check', 'assets.view'),
      item('divestitures', 'divestitures', '/discipline/divestitures', 'arrows-split', [
        'assets.keep',
        'assets.divide',
      ]),
    ],
  },
  {
    label: 'shared.nav.group_people',
    items: [
      item('people', 'people', '/people/persons', 'users', [
        'people.view',
        'people.view_department',
      ]),
      item('people_events', 'people_events', '/people/events', 'user-share', [
        'people.events',
        'people.approve_events',
      ]),
      ownItem('selection_mine', 'selection_mine', '/selection/mine', 'list-numbers', null),
      item('contracts', 'contracts', '/selection/contracts', 'file-text', 'selection.contracts'),
      item('recruitment', 'recruitment', '/recruitment/plans', 'user-search', 'recruitment.view'),
      ownItem(
        'recruitment_own',
        'recruitment_own',
        '/recruitment/own',
        'stairs-up',
        'people.view_self'
      ),
      item('imports', 'imports', '/imports', 'file-import', ['imports.view', 'imports.run']),
    ],
  },
  {
    label: 'shared.nav.group_performance',
    items: [
      item('performance', 'performance', '/performance', 'chart-histogram', [
        'performance.view',
        'performance.view_department',
        'performance.score',
      ]),
      ownItem(
        'performance_mine',
        'performance_mine',
        '/performance/mine',
        'user-check',
        'performance.self'
      ),
      item('performance_points', 'performance_points', '/performance/points', 'list-numbers', [
        'performance.view',
        'performance.view_department',
      ]),
      item(
        'performance_appeals',
        'performance_appeals',
        '/performance/appeals',
        'message-report',
        'performance.view'
      ),
      item(
        'performance_schemes',
        'performance_schemes',
        '/performance/schemes',
        'adjustments',
        'performance.view'
      ),
      item(
        'performance_values',
        'performance_values',
        '/performance/post-values',
        'scale',
        'performance.view'
      ),
    ],
  },
  {
    label: 'shared.nav.group_pay',
    items: [
      ownItem('pay_slips', 'pay_slips', '/pay/slips', 'receipt', 'pay.view_self'),
      item('pay_runs', 'pay_runs', '/pay/runs', 'cash', 'pay.view'),
      item('pay_totals', 'pay_totals', '/pay/totals', 'chart-bar', 'pay.view'),
      item('pay_items', 'pay_items', '/pay/items', 'list-details', 'pay.view'),
      item('pay_rules', 'pay_rules', '/pay/rules', 'adjustments', 'pay.view'),
      item('pay_bases', 'pay_bases', '/pay/bases', 'id', 'pay.prepare'),
      item('pay_differences', 'pay_differences', '/pay/differences', 'plus-minus', 'pay.view'),
      item('pay_equal', 'pay_equal', '/pay/equal-pay', 'scale', 'pay.equal'),
    ],
  },
  {
    label: 'shared.nav.group_organization',
    items: [
      item('organization', 'organization', '/organization/units', 'sitemap', 'organization.view'),
      item('quota', 'quota', '/organization/quota', 'book-2', 'quota.view'),
      item('quota_requests', 'quota_requests', '/organization/quota-requests', 'file-plus', [
        'quota.request',
        'quota.approve',
      ]),
    ],
  },
  {
    label: 'shared.nav.group_system',
    items: [
      item('calendar', 'calendar', '/calendar', 'calendar', null),
      item('supervision_rules', 'supervision_rules', '/governance/rules', 'clock', 'settings.edit'),
      item('accounts', 'accounts', '/accounts/users', 'user-cog', [
        'accounts.manage',
        'accounts.view',
      ]),
      item('accounts', 'accounts_issue', '/accounts/users/new', 'user-plus', 'accounts.issue'),
      item('grants', 'grants', '/accounts/grants', 'key', 'grants.manage'),
      item('audit', 'audit', '/audit/events', 'history', 'audit.read'),
    ],
  },
]

/**
 * What this actor's menu shows; groups without an item are left out. Current is the item whose
 * address the page is under, else the first one of the page's section.
 */
export function navigationFor(actor: MayAsk, path = '/', section = '') {
  const groups = NAVIGATION.map(({ label, items }) => ({
    label,
    items: items.filter((entry) => mayOpen(actor, entry)),
  })).filter((group) => group.items.length > 0)
  const current = currentItem(
    groups.flatMap((group) => group.items),
    path,
    section
  )
  return groups.map(({ label, items }) => ({
    label,
    items: items.map((entry) => ({ ...entry, current: entry === current })),
  }))
}

function currentItem(items: NavigationItem[], path: string, section: string) {
  const under = items.filter(
    ({ url }) => path === url || (url !== '/' && path.startsWith(`${url}/`))
  )
  const longest = under.sort((a, b) => b.url.length - a.url.length)[0]
  return longest ?? items.find((entry) => entry.section === section)
}

function mayOpen(actor: MayAsk, { capability, own }: NavigationItem): boolean {
  if (own && actor.personId === null) return false
  if (capability === null) return true
  return [capability].flat().some((name) => actor.may(name))
}
