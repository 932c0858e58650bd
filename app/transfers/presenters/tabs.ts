import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { unitsByIds } from '#organization/queries/units'
import { openRecords } from '#people/queries/people_scope'
import { checkBatchFacts } from '../domain/check_batch.js'
import { LINE_VERDICTS, type Finding } from '../domain/findings.js'
import { LINE_KINDS } from '../domain/lines.js'
import type { OpenedBatch } from '../policies/access.js'
import { findBatchFacts } from '../queries/check_facts.js'
import { shownCertificate } from '../queries/certificate.js'
import { lineTotals, type LineTotals } from '../queries/line_totals.js'
import { linePage, linesOf } from '../queries/lines.js'
import { namesOfLineIds } from '../queries/people_of_lines.js'
import { departmentsOn, postsOfUnit } from '../queries/posts.js'
import { paperJobs } from '../queries/stored_papers.js'
import { PAPERS } from '../documents/papers.js'
import { showFinding, type Reader } from './findings.js'

interface TabInput extends OpenedBatch {
  totals: LineTotals
  editable: boolean
}

const TABS = ['lines', 'grid', 'checks', 'papers', 'certificate'] as const
type Tab = (typeof TABS)[number]

/** What one tab of the batch's page shows, and the bar of tabs that this actor has. */
export async function tabOf(input: TabInput, query: Record<string, any>, actor: Actor, i18n: I18n) {
  const tabs = TABS.filter((tab) => tab !== 'grid' || input.editable)
    .filter((tab) => tab !== 'papers' || actor.may('transfers.papers'))
    .filter((tab) => tab !== 'certificate' || actor.may('certificates.view'))
  const tab = tabs.find((known) => known === query.tab) ?? 'lines'
  const url = `/transfers/batches/${input.batch.id}`
  return {
    tab,
    tabs: tabs.map((name) => ({
      label: i18n.t(`transfers.tabs.${name}`),
      url: name === 'lines' ? url : `${url}?tab=${name}`,
      active: name === tab,
      count: countOf(name, input.totals),
    })),
    ...(await CONTENT[tab](input, query, actor, i18n)),
  }
}

function countOf(tab: Tab, totals: LineTotals): number | null {
  if (tab === 'lines') return totals.lines
  return tab === 'checks' ? totals.blocked + totals.warning : null
}

const CONTENT = { lines, grid, checks, papers, certificate }

async function lines(input: TabInput, query: Record<string, any>, actor: Actor, i18n: I18n) {
  const filter = filterOf(query)
  const page = await linePage(input.batch.id, { ...filter, scope: input.scope })
  const units = await unitsByIds(input.units.from)
  const reader = await readerOf(input, page.rows, actor)
  return {
    filter,
    records: reader.records,
    kinds: LINE_KINDS,
    fromUnits: [...units.values()],
    page: {
      ...page,
      rows: page.rows.map((line) => ({
        ...line,
        shown: line.findings.map((finding) => showFinding(finding, line.personId, reader, i18n)),
      })),
    },
  }
}

/** Lines of people with a place to choose; posts are named by their code first, for typing it. */
async function grid(input: TabInput, query: Record<string, any>, actor: Actor, i18n: I18n) {
  const filter = { ...filterOf(query), kind: filterOf(query).kind ?? 'people' }
  const page = await linePage(input.batch.id, { ...filter, scope: input.scope })
  const reader = await readerOf(input, page.rows, actor)
  const places = new Map<number, UnitOptions>()
  for (const unitId of input.units.to) {
    const found = await postsOfUnit(unitId, input.batch.effectiveOn, input.batch.id)
    const departments = await departmentsOn(unitId, input.batch.effectiveOn)
    places.set(unitId, {
      posts: found.map((post) => ({
        value: String(post.id),
        label: i18n.t('transfers.grid.post', {
          code: post.code ?? '',
          name: post.name,
          department: post.departmentName,
          free: post.free ?? '—',
        }),
      })),
      departments: departments.map(({ id, name }) => ({ value: `d${id}`, label: name })),
    })
  }
  return {
    filter,
    page: {
      ...page,
      rows: page.rows.map((line) => ({
        ...line,
        place: chosenPlace(line),
        shown: line.findings.map((finding) => showFinding(finding, line.personId, reader, i18n)),
      })),
    },
    placesOf: (unitId: number) => places.get(unitId) ?? { posts: [], departments: [] },
  }
}

interface UnitOptions {
  posts: { value: string; label: string }[]
  departments: { value: string; label: string }[]
}

/** The value of the option that says where a line goes now; empty: nowhere yet. */
function chosenPlace(line: { toPostId: number | null; toDepartmentId: number | null }): string {
  if (line.toPostId) return String(line.toPostId)
  return line.toDepartmentId ? `d${line.toDepartmentId}` : ''
}

/** What the checks say, sorted by what it is, with the lines that it is said of. */
async function checks(input: TabInput, _query: Record<string, any>, actor: Actor, i18n: I18n) {
  const { batch, scope } = input
  const facts = await inTransaction((trx) => findBatchFacts(trx, batch, input.units))
  const batchFindings = checkBatchFacts({ ...facts, lineCount: input.totals.lines })
  const reader = await readerOf(input, [], actor)
  const stored = (await linesOf(batch.id)).filter(
    (line) => scope === 'all' || scope.includes(line.fromUnitId) || scope.includes(line.toUnitId)
  )
  const groups = new Map<string, { finding: Finding; lineIds: number[] }>()
  for (const line of stored) {
    for (const finding of line.findings) {
      const key = `${finding.code} ${finding.params.decision ?? ''}`
      const group = groups.get(key) ?? { finding, lineIds: [] }
      group.lineIds.push(line.id)
      groups.set(key, group)
    }
  }
  const names = await namesOfLineIds([...groups.values()].flatMap(({ lineIds }) => lineIds))
  return {
    batchFindings: batchFindings.map((finding) => showFinding(finding, null, reader, i18n)),
    groups: [...groups.values()]
      .sort((a, b) => Number(b.finding.level === 'blocked') - Number(a.finding.level === 'blocked'))
      .map(({ finding, lineIds }) => ({
        ...showFinding(finding, null, reader, i18n),
        lines: lineIds.map((id) => ({ id, name: names.get(id)! })),
      })),
    totals: await lineTotals(batch.id, scope),
  }
}

async function papers({ batch, totals }: TabInput) {
  const jobs = await paperJobs(batch)
  return {
    papers: PAPERS.filter((paper) => paper.fits(totals)).map(({ name }) => ({
      name,
      job: jobs.get(name) ?? null,
    })),
  }
}

async function certificate(input: TabInput) {
  return { certificate: await shownCertificate(input.batch, input.units) }
}

function filterOf(query: Record<string, any>) {
  const { verdict, kind, from, q, cursor } = query
  return {
    verdict: LINE_VERDICTS.find((known) => known === verdict) ?? null,
    kind: LINE_KINDS.find((known) => known === kind) ?? null,
    fromUnitId: Number(from) || null,
    text: typeof q === 'string' && q !== '' ? q : null,
    cursor: typeof cursor === 'string' ? cursor : null,
  }
}

async function readerOf(
  { batch, editable }: TabInput,
  rows: readonly { personId: number | null }[],
  actor: Actor
): Promise<Reader> {
  const people = rows.map(({ personId }) => personId).filter((id) => id !== null)
  const records = await openRecords(actor, people)
  return { actor, batchId: batch.id, editable, records }
}
