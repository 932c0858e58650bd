import type { I18n } from '@adonisjs/i18n'
import { orgTree } from '#shared/charts/org_tree'
import type { TreeUnit } from '../queries/unit_tree.js'

type Change = 'same' | 'only_here'

export type TreeRow = TreeUnit & { depth: number; change: Change }

/** The units in the order of the tree, with their depth and whether the other day has them too. */
export function treeRows(units: TreeUnit[], other: TreeUnit[] | null): TreeRow[] {
  const known = new Set(units.map(({ id }) => id))
  const elsewhere = other ? new Set(other.map(({ id }) => id)) : null
  const rows: TreeRow[] = []
  const seen = new Set<number>()
  const visit = (unit: TreeUnit, depth: number) => {
    if (seen.has(unit.id)) return
    seen.add(unit.id)
    const change = elsewhere && !elsewhere.has(unit.id) ? 'only_here' : 'same'
    rows.push({ ...unit, depth, change })
    for (const child of units) if (child.parentId === unit.id) visit(child, depth + 1)
  }
  for (const unit of units) {
    if (unit.parentId === null || !known.has(unit.parentId)) visit(unit, 0)
  }
  return rows
}

/** The picture of one day: what only the other day lacks is marked as new, or as about to end. */
export function treePicture(
  units: TreeUnit[],
  other: TreeUnit[] | null,
  side: 'before' | 'after',
  date: string,
  i18n: I18n
): string {
  const mark = side === 'before' ? 'ended' : 'new'
  return orgTree({
    title: i18n.t('organization.tree.as_of', { date }),
    nodes: treeRows(units, other).map((row) => ({
      id: row.id,
      parentId: row.parentId,
      name: row.name,
      note: [row.rank, row.change === 'only_here' ? i18n.t(`organization.tree.${mark}`) : null]
        .filter(Boolean)
        .join(' · '),
      state: row.change === 'only_here' ? mark : 'same',
    })),
  })
}
