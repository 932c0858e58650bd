import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { checkCertificate } from '#shared/certificates/check'
import type { CheckFinding } from '#shared/ports/db_checks'
import { COUNTED } from '../domain/assets.js'

/** Month rooms, exemptions' use and stored differences rebuilt; certificates of divisions computed. */
export async function checkDiscipline(): Promise<CheckFinding[]> {
  return [
    ...(await rooms()),
    ...(await exemptions()),
    ...(await differences()),
    ...(await divestitures()),
  ]
}

async function rooms(): Promise<CheckFinding[]> {
  const spent = await db
    .from('spendings')
    .where('basis', 'daily')
    .select('unit_id', 'category', 'spent_on', 'amount_fen')
  const sums = new Map<string, number>()
  for (const row of spent) {
    const key = `${row.unit_id}/${row.category}/${String(row.spent_on).slice(0, 7)}`
    sums.set(key, (sums.get(key) ?? 0) + toInt(row.amount_fen))
  }
  const kept = await db.from('spending_rooms').orderBy('id')
  const keys = new Map(kept.map((row) => [`${row.unit_id}/${row.category}/${row.month}`, row]))
  return [...new Set([...sums.keys(), ...keys.keys()])].flatMap((key) => {
    const [used, rebuilt] = [toInt(keys.get(key)?.used_fen), sums.get(key) ?? 0]
    return used === rebuilt
      ? []
      : [finding('room', `spending_rooms ${key}: used_fen ${used}, spendings ${rebuilt}`)]
  })
}

async function exemptions(): Promise<CheckFinding[]> {
  const rows = await db
    .from('exemptions')
    .leftJoin('spendings', 'spendings.exemption_id', 'exemptions.id')
    .groupBy('exemptions.id', 'exemptions.number', 'exemptions.used_fen')
    .select('exemptions.number', 'exemptions.used_fen')
    .sum('spendings.amount_fen as spent')
  return rows.flatMap(({ number, used_fen: used, spent }) =>
    toInt(used) === toInt(spent)
      ? []
      : [finding('exemption', `${number}: used_fen ${toInt(used)}, spendings ${toInt(spent)}`)]
  )
}

async function differences(): Promise<CheckFinding[]> {
  const rows = await db.from('asset_count_lines').orderBy('id')
  return rows.flatMap((row) => {
    const column = (name: string) => (name === 'condition' ? 'condition_code' : name)
    const changed = COUNTED.some(
      (name) => (row[`book_${name}`] ?? '') !== (row[column(name)] ?? '')
    )
    const differs = row.result === 'found' ? changed : row.result !== 'todo'
    return Boolean(row.differs) === differs
      ? []
      : [finding('difference', `asset_count_lines ${row.id}: differs ${row.differs}`)]
  })
}

async function divestitures(): Promise<CheckFinding[]> {
  const rows = await db
    .from('divestitures')
    .leftJoin('certificates', 'certificates.id', 'divestitures.certificate_id')
    .where('divestitures.state', 'executed')
    .select('divestitures.number', 'certificates.body', 'certificates.hash')
  return rows.flatMap(({ number, body, hash }) => {
    if (!body) return [finding('certificate', `${number}: no certificate`)]
    const wrong = checkCertificate(body)
    const known = JSON.parse(body).hash === hash
    return wrong.length === 0 && known
      ? []
      : [finding('certificate', `${number}: ${wrong[0]?.place ?? 'hash'}`)]
  })
}

const finding = (name: string, detail: string) => ({ check: `discipline.${name}`, detail })
