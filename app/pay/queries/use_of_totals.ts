import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { withinUnits, type Narrowed } from '#shared/lists/reach'
import { SETTLED, TOTAL_PARTS, type PayClass, type TotalPart } from '../domain/runs.js'

/** One part of the total of a unit, class and year. */
export interface UseRow {
  totalId: number
  unitName: string
  employmentType: PayClass
  part: TotalPart
  approvedFen: number
  allottedFen: number
  usedFen: number
  /** Payment month → what approved runs drew in it. */
  months: ReadonlyMap<string, number>
}

export interface UseOfYear {
  year: number
  rows: UseRow[]
  /** Payment months in which something was drawn; pay of December may be in the next year. */
  months: string[]
  /** What the runs of the months drew is what the allotments say was used, part by part. */
  agrees: boolean
}

/** 绩效工资总量使用情况 of a year: used by the allotments, month by month by the runs. */
export async function useOfYear(units: 'all' | number[], year: number): Promise<UseOfYear> {
  const mine = <T extends Narrowed>(query: T) => withinUnits(query, 't.unit_id', units)
  const totals = await mine(
    db.from('pay_totals as t').join('units as u', 'u.id', 't.unit_id').where('t.year', year)
  )
    .orderBy('u.name')
    .orderBy('t.employment_type', 'desc')
    .orderBy('t.id')
    .select('t.*', 'u.name as unit_name')
  const used = await mine(allotmentsOf(year).where('a.state', 'released'))
    .groupBy('a.total_id', 'a.part')
    .select('a.total_id', 'a.part')
    .sum('a.used_fen as fen')
  const drawn = await mine(allotmentsOf(year).join('pay_runs as r', 'r.allotment_id', 'a.id'))
    .whereIn('r.state', [...SETTLED])
    .groupBy('a.total_id', 'a.part', 'r.pay_month')
    .orderBy('r.pay_month')
    .select('a.total_id', 'a.part', 'r.pay_month')
    .sum('r.drawn_fen as fen')
  const usedOf = new Map(used.map((row) => [`${row.total_id} ${row.part}`, toInt(row.fen)]))
  const drawnOf = Map.groupBy(drawn, (row) => `${row.total_id} ${row.part}`)
  const rows = totals.flatMap((total) =>
    TOTAL_PARTS.map((part): UseRow => {
      const months = drawnOf.get(`${total.id} ${part}`) ?? []
      return {
        totalId: Number(total.id),
        unitName: total.unit_name,
        part,
        employmentType: total.employment_type,
        approvedFen: toInt(total[`${part}_fen`]),
        allottedFen: toInt(total[`${part}_allotted_fen`]),
        usedFen: usedOf.get(`${total.id} ${part}`) ?? 0,
        months: new Map(months.map((row) => [row.pay_month, toInt(row.fen)])),
      }
    })
  )
  return {
    year,
    rows,
    months: [...new Set(drawn.map((row) => String(row.pay_month)))].sort(),
    agrees: rows.every(({ months, usedFen }) => sumOf([...months.values()]) === usedFen),
  }
}

/** Years that have a total in these units, newest first. */
export async function totalYears(units: 'all' | number[]): Promise<number[]> {
  const query = db.from('pay_totals').distinct('year').orderBy('year', 'desc')
  withinUnits(query, 'unit_id', units)
  return (await query).map((row) => Number(row.year))
}

export const sumOf = (list: readonly number[]) => list.reduce((sum, fen) => sum + fen, 0)

function allotmentsOf(year: number) {
  return db
    .from('pay_allotments as a')
    .join('pay_totals as t', 't.id', 'a.total_id')
    .where('t.year', year)
}
