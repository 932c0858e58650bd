import type { FoundFacts } from '#shared/ports/imports'
import type { Row } from '#shared/spreadsheets/types'
import { isCivilDate } from '#shared/dates'
import { bare, narrow } from './header_text.js'

const DATE = /((?:19|20)\d{2})[年.\-/](\d{1,2})(?:[月.\-/](?:(\d{1,2})日?)?)?/g
const REPORTED_ON = /^(?:填报|填表|制表|报送)(?:日期|时间):?/
const REPORTING_UNIT = /^(?:填报|报送|填表|编制)?单位(?:名称)?(?:\(.*?\))?:/
/** Where the unit's name ends in a title or the name of a file. */
const AFTER_UNIT =
  /在职|在编|在岗|编外|聘用|全体|现有|人员|职工|干部|员工|花名册|名册|名单|情况|统计|信息|登记|明细|汇总|一览|实名|\(|(?:19|20)\d{2}/

/**
 * What stands above the header and in the file's name: the title, dates and texts that may name
 * the unit. Proposals for the user to confirm, nothing more.
 */
export function findFacts(above: readonly Row[], fileName: string): FoundFacts {
  const cells = above
    .flatMap((row) => row.cells.map(({ text }) => narrow(text).trim()))
    .filter(Boolean)
  const titles = cells.filter((text) => !REPORTED_ON.test(text) && !REPORTING_UNIT.test(text))
  const title = titles.find((text) => text.length > 3) ?? null
  const stem = fileName.replace(/\.[^.]*$/, '').replace(/\.(?:gbk|gb18030|utf-?8)$/i, '')
  return {
    fileName,
    title,
    unitTexts: distinct([...reportingUnits(cells), unitIn(title ?? ''), unitIn(stem)]),
    dates: distinct([
      ...datesIn(title ?? ''),
      ...reportedOn(cells),
      ...cells.flatMap(datesIn),
      ...datesIn(stem),
    ]),
  }
}

/** Civil dates written in a text; a month without a day means its last day. */
export function datesIn(text: string): string[] {
  return [...text.matchAll(DATE)]
    .map(([, year, month, day]) => civil(year, month, day))
    .filter(isCivilDate)
}

function civil(year: string, month: string, day: string | undefined): string {
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return [year, month.padStart(2, '0'), (day ?? String(last)).padStart(2, '0')].join('-')
}

/** `市广播电视台在职人员花名册` → `市广播电视台`. */
export function unitIn(title: string): string {
  const text = bare(title).replace(/^附件\d*:?/, '')
  const end = text.search(AFTER_UNIT)
  return end < 0 ? text : text.slice(0, end)
}

/** A date may stand behind the colon or in the next cell that is not empty. */
function reportedOn(cells: readonly string[]): string[] {
  return cells.flatMap((text, at) => {
    if (!REPORTED_ON.test(text)) return []
    const here = datesIn(text)
    return here.length > 0 ? here : datesIn(cells[at + 1] ?? '')
  })
}

function reportingUnits(cells: readonly string[]): string[] {
  return cells.flatMap((text, at) => {
    const match = REPORTING_UNIT.exec(text)
    if (!match) return []
    const here = text.slice(match[0].length).trim()
    const next = cells[at + 1] ?? ''
    const besides = REPORTED_ON.test(next) || next.includes(':') ? '' : next
    return [here || besides]
  })
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ''))]
}
