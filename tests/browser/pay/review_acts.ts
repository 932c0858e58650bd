import { rowsOf } from '#tests/support/givens'
import type { Desk } from '../journey/desk.js'

const DOCUMENT = '融媒〔2022〕30号'
const SINCE = '2022-01-01'
/** The four columns of the sheet of results: code, name, kind, and weight in the scheme. */
const INDICATORS = [
  ['GZL', '工作量分', 'quantity', '50'],
  ['ZLF', '质量分', 'quality', '50'],
  ['CQL', '出勤率', 'attendance', '0'],
  ['JJF', '加减分', 'adjustment', '0'],
] as const

/** The document, the indicators and the scheme of the centre, entered by the personnel office. */
export async function enterScheme(desk: Desk, unitId: number) {
  await desk.open('/decisions/documents/create')
  await desk.fill('/decisions/documents', { document_no: DOCUMENT, title: '分类绩效考核办法' })
  await desk.send('/decisions/documents')
  for (const [code, name, kind] of INDICATORS) {
    await desk.open('/performance/indicators/create')
    await desk.page.locator('select[name=kind]').selectOption(kind)
    await desk.page.locator('select[name=source]').selectOption('imported')
    const facts = { code, name, measure: '分', valid_from: SINCE }
    await desk.fill('/performance/indicators', facts)
    await desk.pick('document_id', DOCUMENT)
    await desk.send('/performance/indicators')
  }
  await desk.open('/performance/schemes/create')
  await desk.page.locator('select[name=unit_id]').selectOption(String(unitId))
  const fields: Record<string, string> = { name: '分类绩效考核办法', valid_from: SINCE }
  for (const { id, code } of await rowsOf('indicators')) {
    fields[`weights[i${id}]`] = INDICATORS.find((one) => one[0] === code)![3]
  }
  await desk.fill('/performance/schemes', fields)
  await desk.pick('document_id', DOCUMENT)
  await desk.send('/performance/schemes')
}

/** The review of the quarter over the centre and the units merged into it; gives its id. */
export async function planQuarter(desk: Desk, unitId: number, merged: number[]): Promise<number> {
  await desk.open('/performance/cycles/create')
  await desk.page.locator('select[name=unit_id]').selectOption(String(unitId))
  for (const id of merged) {
    await desk.page.locator(`[name="unit_ids[]"][value="${id}"]`).check()
  }
  await desk.fill('/performance/cycles', { date: '2022-04-01' })
  await desk.pick('document_id', DOCUMENT)
  await desk.send('/performance/cycles')
  return Number(/\/cycles\/(\d+)/.exec(desk.path())![1])
}

/** Who is a leader is said at the card of each, with the document. */
export async function nameLeaders(desk: Desk, cycleId: number, names: readonly string[]) {
  for (const name of names) {
    await desk.open(`/performance/cycles/${cycleId}?tab=cards&q=${encodeURIComponent(name)}`)
    await desk.page.getByRole('link', { name, exact: true }).first().click()
    await desk.page.waitForURL(/\/performance\/cards\/\d+$/)
    await desk.pick('document_id', DOCUMENT)
    await desk.send(`${desk.path()}/leader`)
  }
}

/** The sheet has one person twice; two people decide on the pages that the first row stands. */
export async function settleHeldResult(proposer: Desk, leader: Desk) {
  const [held] = await rowsOf('decisions', { subject_type: 'scorecard' })
  const path = `/decisions/${held.id}`
  await proposer.open(path)
  await proposer.page.locator('select[name=choice]').selectOption('reject')
  await proposer.pick('document_id', DOCUMENT)
  await proposer.fill(`${path}/proposal`, { reason: '以第4行为准' })
  await proposer.send(`${path}/proposal`)
  await leader.open(path)
  await leader.move(`${path}/approval`)
}
