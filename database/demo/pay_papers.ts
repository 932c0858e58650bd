import { join } from 'node:path'
import { publicityPeriod } from '#calendar/domain/publicity'
import { loadCalendar } from '#calendar/queries/load_calendar'
import { recordDocument } from '#decisions/actions/record_document'
import { runImport } from '#imports/actions/run_import'
import { addStandardItems, approveItem, tryItem } from '#pay/actions/items'
import { recordMethod } from '#pay/actions/record_method'
import { approveTotal, prepareAllotment, proposeTotal, releaseAllotment } from '#pay/actions/totals'
import type { PayClass, TotalPart } from '#pay/domain/runs'
import { itemById } from '#pay/queries/items'
import { findTotal, totalPage, totalVersions, type TotalRow } from '#pay/queries/totals'
import { periodOf } from '#performance/domain/periods'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { PUBLICITY_DAYS } from '#pay/domain/methods'
import { addDays, addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import type { City } from './city.js'
import type { Office } from './pay_runs.js'

export async function importBook(
  city: City,
  actor: Actor,
  definition: string,
  name: string,
  asOf: string
) {
  await runImport({
    definition,
    path: join(city.folder, name),
    fileName: name.split('/').at(-1)!,
    asOf,
    actor,
    confirm: true as const,
  })
}

/** The usual items of a class, tried and approved. */
export async function enterItems(
  { officer, head }: Office,
  input: { employmentType: PayClass; validFrom: string; documentId: number }
) {
  for (const id of await addStandardItems(input, officer)) {
    await tryItem({ id, version: (await itemById(id)).version }, officer)
    await approveItem({ id, version: (await itemById(id)).version }, head)
  }
}

/** The centre's distribution method: its publicity was over before the quarter in which it first pays. */
export async function enterMethod(city: City, { officer }: Office) {
  const before = (days: number) => addDays(city.quarter, -days)
  const { from, to } = publicityPeriod(await loadCalendar(), before(20), PUBLICITY_DAYS)
  await recordMethod(
    {
      unitId: city.units.get('融媒体中心')!,
      validFrom: addMonths(city.quarter, -3),
      documentId: await document(city, 72, '融媒体中心绩效工资分配办法', officer),
      supervisionDocumentNo: city.no(73),
      days: {
        congress_on: before(40),
        meeting_on: before(33),
        supervision_on: before(20),
        publicity_from: from,
        publicity_to: to,
      },
    },
    officer
  )
}

/** The total of a class in a year; a year that nobody has figures for yet has those of the last. */
export async function totalOf(
  city: City,
  { officer, head }: Office,
  key: { unitId: number; year: number; employmentType: PayClass }
): Promise<TotalRow> {
  const { unitId, year, employmentType } = key
  const found = await findTotal(key)
  if (found) return found
  const { basicFen, incentiveFen } = (await totalPage([unitId], null)).rows.find(
    (total) => total.employmentType === employmentType
  )!
  const documentId = await document(
    city,
    40 + (year % 10),
    `关于核定${year}年度绩效工资总量的批复`,
    officer
  )
  const figures = { basicFen, incentiveFen, headcount: null, reason: null, documentId }
  await proposeTotal({ ...figures, unitId, year, employmentType }, officer)
  await approveTotals(head)
  return (await findTotal(key))!
}

export async function approveTotals(head: Actor) {
  for (const { id, version } of await totalVersions({ state: 'submitted' })) {
    await approveTotal({ id, version }, head)
  }
}

/** A quarter of a part of the year's total, asked for and released. */
export async function allotQuarter(
  city: City,
  office: Office,
  input: {
    unitId: number
    month: string
    employmentType: PayClass
    part: TotalPart
    number: number
  }
): Promise<{ total: TotalRow; allotmentId: number }> {
  const { unitId, employmentType } = input
  const { from, to } = periodOf('quarter', `${input.month}-01`)
  const year = Number(from.slice(0, 4))
  const total = await totalOf(city, office, { unitId, year, employmentType })
  const whole = input.part === 'basic' ? total.basicFen : total.incentiveFen
  const title = '关于下达绩效工资额度的通知'
  const allotmentId = await prepareAllotment(
    {
      totalId: total.id,
      part: input.part,
      amountFen: Math.floor(whole / 4),
      monthFrom: from.slice(0, 7),
      monthTo: addMonths(to, -1).slice(0, 7),
      documentId: await document(city, input.number, title, office.officer),
    },
    office.officer
  )
  await releaseAllotment({ id: allotmentId, version: 1 }, office.head)
  return { total, allotmentId }
}

export function allotBasic(city: City, office: Office, month: string) {
  return allotQuarter(city, office, {
    unitId: city.units.get('融媒体中心')!,
    month,
    employmentType: 'establishment',
    part: 'basic',
    number: 51,
  })
}

export const isQuarterStart = (month: string) => Number(month.slice(5)) % 3 === 1

export function document(city: City, number: number, title: string, actor: Actor) {
  return inTransaction((trx) =>
    recordDocument(trx, actor, {
      documentNo: city.no(number),
      title,
      issuer: '市媒体融合改革工作领导小组',
      issuedOn: clock.today(),
    })
  )
}
