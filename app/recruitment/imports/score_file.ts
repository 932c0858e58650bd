import { DomainError } from '#shared/errors'
import { SpreadsheetError } from '#shared/spreadsheets/errors'
import { readInWorker } from '#shared/spreadsheets/worker_reader'
import { parseScore } from '../domain/scoring.js'
import type { ApplicationRow } from '../queries/applications.js'

const TICKET = ['准考证号', 'ticket']
const SCORE = ['成绩', '得分', '分数', 'score']
const ABSENT = ['缺考', 'absent']

interface Read {
  applicationId: number
  score: number | null
}

/**
 * Reads ticket numbers and scores from the first sheet that has both columns. Anything that cannot
 * be read refuses the whole file and says where: half a sheet of scores is worse than none.
 */
export async function readScoreFile(
  file: { path: string; name: string },
  takers: readonly ApplicationRow[]
): Promise<Read[]> {
  const byTicket = new Map(takers.map(({ id, ticketNo }) => [ticketNo!, id]))
  const found = new Map<number, number | null>()
  let columns: { ticket: number; score: number } | null = null
  for await (const { number, cells } of rowsOf(file)) {
    const texts = cells.map(({ text }) => text.trim())
    if (!columns) {
      const ticket = texts.findIndex((text) => TICKET.includes(text.toLowerCase()))
      const score = texts.findIndex((text) => SCORE.includes(text.toLowerCase()))
      if (ticket >= 0 && score >= 0) columns = { ticket, score }
      continue
    }
    if (texts.every((text) => text === '')) continue
    const [ticket, text] = [texts[columns.ticket] ?? '', texts[columns.score] ?? '']
    const id = byTicket.get(ticket)
    const score = ABSENT.includes(text.toLowerCase()) ? null : parseScore(text)
    const isUnreadable = score === null && !ABSENT.includes(text.toLowerCase())
    if (id === undefined) refuse('row_ticket', { row: number, value: ticket })
    if (isUnreadable) refuse('row_score', { row: number, value: text })
    if (found.has(id)) refuse('row_twice', { row: number, value: ticket })
    found.set(id, score)
  }
  if (!columns) refuse('no_columns', {})
  return [...found].map(([applicationId, score]) => ({ applicationId, score }))
}

async function* rowsOf({ path, name }: { path: string; name: string }) {
  try {
    for await (const part of readInWorker(path, name)) {
      if (part.type === 'rows') yield* part.rows
    }
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error
    refuse('file_unreadable', {})
  }
}

function refuse(name: string, params: Record<string, string | number>): never {
  const code = `recruitment.errors.${name}`
  throw new DomainError(code, params, [{ field: 'file', code, params }])
}
