import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { seal, sha256, unseal } from '#shared/crypto'
import { insertRow, inTransaction, isUniqueViolation } from '#shared/database'
import { combinePages } from '#shared/documents/definition'
import { renderPdf } from '#shared/documents/render'
import type { JobContext } from '#shared/jobs/registry'
import { storageDir } from '#shared/operations/places'
import { slipPdf } from '../documents/slip_pdf.js'
import { runById } from '../queries/runs.js'
import { linesOf } from '../queries/slip_lines.js'
import { slipList, type SlipRow } from '../queries/slips.js'

export const DEPARTMENT_PDF_JOB = 'pay.department_slips'
const TIMEOUT_MS = 20 * 60_000

/** Slips of a run as one file a department; a department that is drawn already is not drawn again. */
export async function drawDepartments(job: JobContext<{ runId: number }>) {
  const run = await runById(job.payload.runId)
  const slips = await slipList({ runId: run.id, state: 'computed' })
  const departments = Map.groupBy(slips, departmentOf)
  let done = 0
  for (const [name, list] of departments) {
    await job.progress({ done, total: slips.length, note: name })
    await drawOne(run.id, run.computedNo, name, list, job.createdBy)
    done += list.length
  }
  await job.progress({ done, total: slips.length })
  return { departments: departments.size }
}

async function drawOne(
  runId: number,
  computedNo: number | null,
  name: string,
  slips: SlipRow[],
  userId: number | null
) {
  const storageKey = keyOf(runId, computedNo, name)
  const known = await db.from('files').where('storage_key', storageKey).first()
  if (known) return
  const lines = Map.groupBy(await linesOf(slips.map(({ id }) => id)), ({ slipId }) => slipId)
  const pages = slips.map((slip) => slipPdf(slip, lines.get(slip.id) ?? [], null))
  const pdf = await renderPdf(combinePages(`工资条 ${name}`, pages), TIMEOUT_MS)
  const path = join(storageDir(), storageKey)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, seal(pdf.toString('base64'), 'paper'), { mode: 0o600 })
  await rename(`${path}.part`, path)
  await inTransaction((trx) =>
    insertRow(trx, 'files', {
      storage_key: storageKey,
      name: `工资条-${name}.pdf`,
      mime: 'application/pdf',
      size: pdf.length,
      sha256: sha256(pdf),
      subject_type: 'pay_run',
      subject_id: runId,
      uploaded_by: userId,
      created_at: clock.now(),
    })
  ).catch((error) => {
    if (!isUniqueViolation(error)) throw error
  })
}

const departmentOf = ({ departmentName }: SlipRow) => departmentName ?? '—'
const keyOf = (runId: number, computedNo: number | null, department: string) =>
  `pay/${runId}/${computedNo ?? 0}/${sha256(department).slice(0, 16)}`

/** The slips that stand in a file of the run. */
export async function slipsOfFile(
  run: { id: number; computedNo: number | null },
  storageKey: string
): Promise<number[]> {
  const slips = await slipList({ runId: run.id, state: 'computed' })
  return slips
    .filter((slip) => keyOf(run.id, run.computedNo, departmentOf(slip)) === storageKey)
    .map(({ id }) => id)
}

/** Files of a run as it was last computed. */
export async function departmentFiles(runId: number, computedNo: number | null) {
  const rows = await db
    .from('files')
    .where({ subject_type: 'pay_run', subject_id: runId })
    .where('storage_key', 'like', `pay/${runId}/${computedNo ?? 0}/%`)
    .orderBy('id')
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name as string,
    size: Number(row.size),
    storageKey: row.storage_key as string,
  }))
}

export async function readDepartmentFile(storageKey: string): Promise<Buffer> {
  const sealed = await readFile(join(storageDir(), storageKey), 'utf8')
  return Buffer.from(unseal(sealed, 'paper'), 'base64')
}
