import db from '@adonisjs/lucid/services/db'
import type { CheckFinding } from '#shared/ports/db_checks'

/** What is stored and could be rebuilt: finished days from accepted evidence, dates in force. */
export async function checkProgramme(): Promise<CheckFinding[]> {
  return [...(await finishedDays()), ...(await datesInForce())]
}

async function finishedDays(): Promise<CheckFinding[]> {
  const items = await db.from('work_items').orderBy('id').select('id', 'finished_on')
  const rows = await db.from('work_evidence').where('state', 'accepted')
  const accepted = new Map(rows.map((row) => [Number(row.item_id), row.happened_on]))
  return items.flatMap((item) => {
    const rebuilt = accepted.get(Number(item.id)) ?? null
    return item.finished_on === rebuilt
      ? []
      : [
          finding(
            'finished',
            `work_items ${item.id}: finished_on ${item.finished_on}, evidence ${rebuilt}`
          ),
        ]
  })
}

/** An item that ever had a fixed date has one row in force, and every older one says what replaced it. */
async function datesInForce(): Promise<CheckFinding[]> {
  const rows = await db.from('fixed_dates').orderBy('id')
  const known = new Set(rows.map(({ id }) => Number(id)))
  const items = new Set(rows.map((row) => Number(row.item_id)))
  const live = new Set(
    rows.filter((row) => row.superseded_by === null).map((row) => Number(row.item_id))
  )
  const lost = rows.filter(
    (row) =>
      row.superseded_by !== null &&
      (!known.has(Number(row.superseded_by)) || Number(row.superseded_by) <= Number(row.id))
  )
  return [
    ...[...items]
      .filter((id) => !live.has(id))
      .map((id) => finding('fixed_dates', `work_items ${id}: no fixed date in force`)),
    ...lost.map((row) =>
      finding('fixed_dates', `fixed_dates ${row.id}: superseded by ${row.superseded_by}`)
    ),
  ]
}

const finding = (check: string, detail: string) => ({ check: `programme.${check}`, detail })
