import type { Actor } from '#shared/actor'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { countsIn, type CountRow } from './counts.js'
import { divestituresIn } from './divestitures.js'
import { exemptionList } from './exemptions.js'
import { freezeStatus } from './status.js'
import { openWarnings } from './warnings.js'

/** What waits: exemptions and divisions for the office, counts for finance, warnings for the inspector. */
export async function disciplineInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  return [
    ...(await declaration(actor, t)),
    ...(await exemptions(actor, t)),
    ...(await counts(actor, t)),
    ...(await divestitures(actor, t)),
    ...(await warnings(actor, t)),
  ]
}

const item = (
  kind: string,
  id: number,
  title: string,
  detail: string,
  url: string,
  blocked = false
): InboxItem => ({
  id: `${kind}:${id}`,
  kind: `discipline.${kind}`,
  title,
  detail,
  url,
  due: null,
  blocked,
})

/** The dates are decided and nobody has declared the freeze. */
async function declaration(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('discipline.declare')) return []
  const { phase, freeze } = await freezeStatus()
  if (phase === 'undeclared') {
    const title = t('discipline.inbox.declare')
    return [item('freeze', 0, title, '', '/discipline/freezes/create')]
  }
  if (phase !== 'over') return []
  const detail = t('discipline.inbox.over_detail', { date: freeze!.to })
  return [
    item(
      'freeze',
      freeze!.id,
      t('discipline.inbox.over'),
      detail,
      `/discipline/freezes/${freeze!.id}`
    ),
  ]
}

async function exemptions(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('discipline.exempt')) return []
  const units = actor.unitsFor('discipline.exempt')
  const waiting = await exemptionList({ state: 'submitted', units })
  return waiting
    .filter(({ askedBy }) => askedBy !== actor.userId)
    .map((row) => {
      const title = t('discipline.inbox.exemption', {
        rule: t(`discipline.rule_names.${row.rule}`),
      })
      const detail = `${row.number} ${row.unitName} ${row.what}`
      return item('exemption', row.id, title, detail, `/discipline/exemptions/${row.id}`)
    })
}

async function counts(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const detail = (row: CountRow) => `${row.number} ${row.unitName}`
  const url = (row: CountRow) => `/discipline/counts/${row.id}`
  const items: InboxItem[] = []
  if (actor.may('assets.confirm')) {
    const waiting = await countsIn(['submitted'], actor.unitsFor('assets.confirm'))
    for (const row of waiting.filter(({ preparedBy }) => preparedBy !== actor.userId)) {
      const title = t('discipline.inbox.confirm_count', { count: row.differences })
      items.push(item('count', row.id, title, detail(row), url(row)))
    }
  }
  if (actor.may('assets.keep')) {
    const list = await countsIn(['open', 'returned'], actor.unitsFor('assets.keep'))
    for (const row of list.filter(({ preparedBy }) => preparedBy === actor.userId)) {
      const title = t('discipline.inbox.count', { count: row.todo })
      items.push(item('count', row.id, title, detail(row), url(row), row.state === 'returned'))
    }
  }
  return items
}

async function divestitures(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const list = actor.may('assets.divide') || actor.may('assets.keep') ? await rows(actor) : []
  return list.map(({ row, what }) =>
    item(
      'divestiture',
      row.id,
      t(`discipline.inbox.divestiture_${what}`),
      `${row.number} ${row.title}`,
      `/discipline/divestitures/${row.id}`,
      what === 'returned'
    )
  )
}

async function rows(actor: Actor) {
  const all = await divestituresIn(['submitted', 'returned'])
  return all.flatMap((row) => {
    const mine = row.preparedBy === actor.userId
    if (
      row.state === 'submitted' &&
      !mine &&
      actor.may('assets.divide', { unitId: row.centreId })
    ) {
      return [{ row, what: 'approve' }]
    }
    if (row.state === 'returned' && mine) return [{ row, what: 'returned' }]
    return []
  })
}

async function warnings(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('discipline.watch')) return []
  const open = await openWarnings(actor.unitsFor('discipline.watch'))
  return open.map((row) => {
    const title = t(`discipline.inbox.warning_${row.kind}`, { unit: row.unitName })
    return item('warning', row.id, title, row.payee ?? '', `/discipline/warnings/${row.id}`)
  })
}
