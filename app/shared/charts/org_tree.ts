import { paletteOf, type ChartTheme, type Palette } from './palette.js'
import { renderChart, type EChartsOption } from './render.js'
import { clean, shorten } from './text.js'

export interface OrgNode {
  id: string | number
  parentId: string | number | null
  name: string
  /** Small text in the second line: rank, quota, or `新设`, `撤并`. */
  note?: string
  /** `new` gets a thick frame, `ended` a broken one; say it in the note too. */
  state?: 'same' | 'new' | 'ended'
}

export interface OrgTree {
  title: string
  nodes: readonly OrgNode[]
  theme?: ChartTheme
}

interface Branch {
  name: string
  node: OrgNode | null
  children: Branch[]
}

const BOX = { width: 176, height: 40, across: 232, down: 54 }

/**
 * Units and departments as a tree of boxes from left to right, as of one day; the page puts before
 * and after side by side. A node whose parent is not among the nodes, or that is its own ancestor,
 * stands as a root; several roots stand one below the other.
 */
export function orgTree(input: OrgTree): string {
  const roots = branchesOf(input.nodes)
  const depth = Math.max(1, ...roots.map(depthOf))
  const leaves = Math.max(
    1,
    roots.map(leavesOf).reduce((sum, count) => sum + count, 0)
  )
  const width = (depth - 1) * BOX.across + BOX.width + 20
  const height = leaves * BOX.down + 16
  const description = input.nodes.map(({ name, note }) => [name, note].join(' ').trim()).join('; ')
  const { title, theme } = input
  return renderChart(orgTreeOption(input), { width, height, title, description, theme })
}

export function orgTreeOption({ nodes, theme }: OrgTree): EChartsOption {
  const palette = paletteOf(theme)
  const roots = branchesOf(nodes)
  const top: Branch = roots.length === 1 ? roots[0] : { name: '', node: null, children: roots }
  return {
    series: {
      type: 'tree',
      data: [datum(top, palette)],
      orient: 'LR',
      edgeShape: 'polyline',
      edgeForkPosition: '50%',
      // A root above several roots has no box: its column lies outside the picture.
      left: BOX.width / 2 + 10 - (top.node ? 0 : BOX.across),
      right: BOX.width / 2 + 10,
      top: BOX.height / 2 + 12,
      bottom: BOX.height / 2 + 12,
      symbol: 'none',
      expandAndCollapse: false,
      initialTreeDepth: -1,
      roam: false,
      silent: true,
      emphasis: { disabled: true },
      lineStyle: { color: palette.line, width: 1.2 },
      label: { position: 'inside', align: 'center', verticalAlign: 'middle', color: palette.text },
    },
  }
}

function datum(branch: Branch, palette: Palette): object {
  const { node } = branch
  if (!node) {
    return {
      name: '',
      lineStyle: { width: 0, opacity: 0 },
      children: branch.children.map((child) => datum(child, palette)),
    }
  }
  const state = node.state ?? 'same'
  const lines = [shorten(node.name, 12), ...(node.note ? [shorten(node.note, 14)] : [])]
  return {
    name: clean(node.name),
    label: {
      formatter: () => lines.join('\n'),
      width: BOX.width,
      height: BOX.height,
      backgroundColor: palette.surface,
      borderColor: state === 'same' ? palette.faint : palette.accent,
      borderWidth: state === 'new' ? 2.2 : 1,
      borderType: state === 'ended' ? 'dashed' : 'solid',
      borderRadius: 3,
      fontSize: 12,
      lineHeight: 16,
      fontWeight: state === 'new' ? 'bold' : 'normal',
    },
    children: branch.children.map((child) => datum(child, palette)),
  }
}

/** The roots with everything below them; each node is placed once, whatever its links say. */
function branchesOf(nodes: readonly OrgNode[]): Branch[] {
  const branches = new Map(
    nodes.map((node) => [node.id, { name: node.name, node, children: [] } as Branch])
  )
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]))
  const roots: Branch[] = []
  for (const [id, branch] of branches) {
    const parent = parents.get(id)
    const above = parent === null || parent === undefined ? undefined : branches.get(parent)
    if (above && !isOwnAncestor(id, parents)) above.children.push(branch)
    else roots.push(branch)
  }
  return roots
}

function isOwnAncestor(id: OrgNode['id'], parents: Map<OrgNode['id'], OrgNode['parentId']>) {
  const seen = new Set<OrgNode['id']>()
  let above = parents.get(id)
  while (above !== null && above !== undefined && !seen.has(above)) {
    if (above === id) return true
    seen.add(above)
    above = parents.get(above)
  }
  return false
}

function depthOf({ children }: Branch): number {
  return 1 + Math.max(0, ...children.map(depthOf))
}

function leavesOf({ children }: Branch): number {
  return Math.max(
    1,
    children.map(leavesOf).reduce((sum, count) => sum + count, 0)
  )
}
