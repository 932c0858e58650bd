import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import type { Grade } from '#organization/domain/grades'
import { fitsRange, gradeRange } from '#organization/domain/grade_range'
import { drainJobs } from '#shared/jobs/queue'
import { linesOf } from '#transfers/queries/lines'
import { postsOfUnit } from '#transfers/queries/posts'
import { settle } from '../support/browser.js'
import type { Desk } from './desk.js'

export interface Sheet {
  definition: string
  file: string
  asOf: string
  /** Answers to what the import asks beside the columns and the date. */
  answers?: Record<string, string>
}

/** Uploads a sample, confirms columns and date, reads the dry run and commits; gives its page. */
export async function importSheet(desk: Desk, sheet: Sheet): Promise<string> {
  const { page } = desk
  await desk.open('/imports/create')
  await page.locator('select[name=definition]').selectOption(sheet.definition)
  await page
    .locator('input[type=file][name=file]')
    .setInputFiles(app.makePath('tests/fixtures/data', sheet.file))
  await desk.send('/imports')
  await page.waitForURL(/\/imports\/\d+\/mapping$/)
  const path = desk.path().replace('/mapping', '')
  await desk.fill(`${path}/mapping`, { as_of: sheet.asOf, ...sheet.answers })
  await desk.send(`${path}/mapping`)
  await finished(desk, `${path}/commit`)
  const asked = page.locator('input[name=confirmed]')
  if (await asked.count()) {
    await asked.check()
    await desk.send(`${path}/commit`)
  } else {
    await desk.move(`${path}/commit`)
  }
  await finished(desk, `${path}/undo`)
  return path
}

/** Does the work that waits; the page sees its end by itself and offers the next step. */
async function finished({ page }: Desk, next: string) {
  await drainJobs()
  await page.locator(`form[action="${next}"]`).first().waitFor({ state: 'attached' })
  await settle(page)
}

/** Registers the document and proposes by it; the form's other fields are set by `choose`. */
export async function propose(
  desk: Desk,
  decision: { path: string; documentNo: string; effectiveOn: string; name: string; value: string }
) {
  const { path, documentNo, effectiveOn, name, value } = decision
  await desk.open('/decisions/documents/create')
  await desk.fill('/decisions/documents', { document_no: documentNo, title: documentNo })
  await desk.send('/decisions/documents')
  await desk.open(path)
  await desk.page.locator(`select[name=${name}]`).selectOption(value)
  await desk.pick('document_id', documentNo)
  await desk.fill(`${path}/proposal`, { effective_on: effectiveOn })
  await desk.send(`${path}/proposal`)
}

/** Makes a batch and its lines by rule; gives its page. */
export async function prepareBatch(
  desk: Desk,
  batch: { title: string; documentNo: string; effectiveOn: string; from: number[]; to: number }
): Promise<string> {
  const { page } = desk
  await desk.open('/transfers/batches/create')
  await desk.fill('/transfers/batches', {
    title: batch.title,
    document_no: batch.documentNo,
    effective_on: batch.effectiveOn,
  })
  await desk.send('/transfers/batches')
  await page.waitForURL(/\/lines\/create$/)
  const path = desk.path().replace('/lines/create', '')
  const rule = page.locator(`form[action="${path}/rule"]`)
  for (const unit of batch.from) {
    await rule.locator(`[name="from_unit_ids[]"][value="${unit}"]`).check()
  }
  await rule.locator('[name=to_unit_id]').selectOption(String(batch.to))
  await desk.send(`${path}/rule`)
  return path
}

/** Chooses in the grid a post with room and fitting grades for everybody who has none; how many. */
export async function placeInGrid(desk: Desk, path: string, to: number, date: string) {
  const targets = await fittingPosts(Number(path.split('/').at(-1)), to, date)
  await desk.open(`${path}?tab=grid&verdict=blocked`)
  const rows = desk.page.locator('tr', { has: desk.page.locator('[name$="[place]"]') })
  for (const row of await rows.all()) {
    const lineId = Number(await row.locator('[name$="[id]"]').inputValue())
    await row.locator('[name$="[place]"]').selectOption(String(targets.get(lineId)))
  }
  const placed = await rows.count()
  await desk.send(`${path}/targets`)
  return placed
}

/** Line → post, for the lines without one. */
async function fittingPosts(batchId: number, to: number, date: string) {
  const lines = (await linesOf(batchId)).filter((line) => line.personId !== null)
  const posts = (await postsOfUnit(to, date, batchId)).filter(
    ({ employmentType, nature }) => employmentType === 'establishment' && nature !== 'commercial'
  )
  const taken = (postId: number) => lines.filter(({ toPostId }) => toPostId === postId).length
  const room = new Map(posts.map(({ id, free }) => [id, (free ?? 0) - taken(id)]))
  const chosen = new Map<number, number>()
  for (const line of lines.filter(({ toPostId }) => toPostId === null)) {
    const post = posts.find(({ id, gradeTop, gradeBottom }) => {
      const range = gradeRange({ top: gradeTop as Grade, bottom: gradeBottom as Grade })
      return room.get(id)! > 0 && range.ok && fitsRange(line.grade as Grade, range.range)
    })
    if (!post) throw new Error(`no post is free for line ${line.lineNo}`)
    room.set(post.id, room.get(post.id)! - 1)
    chosen.set(line.id, post.id)
  }
  return chosen
}

/** Downloads what a link gives, as text. */
export async function download(desk: Desk, href: string): Promise<string> {
  const [file] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.page.locator(`a[href="${href}"]`).click(),
  ])
  return readFile(await file.path(), 'utf8')
}
