import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { clock } from '#shared/clock'
import { seal, sha256, unseal } from '#shared/crypto'
import { inTransaction, insertRow } from '#shared/database'
import type { JobContext } from '#shared/jobs/registry'
import { renderPdf } from '#shared/documents/render'
import { storageDir } from '#shared/operations/places'
import { PAPERS, paperContext } from '../documents/papers.js'
import { batchById } from '../queries/batches.js'
import { lineTotals } from '../queries/line_totals.js'

/** More people than this and a paper with a page for each is drawn in the background. */
export const AT_ONCE = 100
const TIMEOUT_MS = 20 * 60_000

/** Draws one long paper, masked, and keeps it encrypted like every file with personal data. */
export async function drawPaper(
  job: JobContext<{ batchId: number; paper: string }>
): Promise<{ fileId: number }> {
  const batch = await batchById(job.payload.batchId)
  const paper = PAPERS.find(({ name }) => name === job.payload.paper)
  if (!paper) throw new Error(`no paper ${job.payload.paper}`)
  const { people } = await lineTotals(batch.id)
  await job.progress({ done: 0, total: people, note: paper.title })
  const pdf = await renderPdf(paper.pdf(await paperContext(batch, 'all', false)), TIMEOUT_MS)
  const storageKey = `papers/${batch.id}/${randomUUID()}`
  const path = join(storageDir(), storageKey)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, seal(pdf.toString('base64'), 'paper'), { mode: 0o600 })
  const fileId = await inTransaction((trx) =>
    insertRow(trx, 'files', {
      storage_key: storageKey,
      name: `${paper.title}.pdf`,
      mime: 'application/pdf',
      size: pdf.length,
      sha256: sha256(pdf),
      subject_type: 'transfer_batch',
      subject_id: batch.id,
      uploaded_by: job.createdBy,
      created_at: clock.now(),
    })
  )
  await job.progress({ done: people, total: people })
  return { fileId }
}

/** The bytes of a paper that was drawn. */
export async function readPaper(storageKey: string): Promise<Buffer> {
  const sealed = await readFile(join(storageDir(), storageKey), 'utf8')
  return Buffer.from(unseal(sealed, 'paper'), 'base64')
}
