import { test } from '@japa/runner'
import { planPaper } from '#programme/documents/plan_paper'
import { forecastPlan } from '#programme/domain/forecast'
import type { SlipRow } from '#programme/queries/baselines'
import type { ItemRow, PlanOnRecord } from '#programme/queries/plan'
import { closeRenderer, renderPdf } from '#shared/documents/render'
import { pdfPages, pdfSizes } from '#tests/unit/shared/documents/pdf_text'
import { CALENDAR, item, milestone, plan } from './plans.js'

const TODAY = '2022-01-12'

/** A milestone and the items that lead to it, led by two units in turn. */
function given(works: number, dated = true): [PlanOnRecord, SlipRow[]] {
  const items = [
    milestone(1, '2022-03-31'),
    ...Array.from({ length: works }, (_, i) => item(i + 2)),
  ]
  const named = items.map((one, index): ItemRow => {
    const lead = index % 2
    return {
      ...one,
      number: index === 0 ? '1' : `1.${index}`,
      phaseId: index === 0 ? null : 1,
      name: `第${index}项建设任务`,
      leadUnitId: lead,
      leadUnitName: ['报社', '电视台'][lead],
      supportUnits: [],
      responsibleId: null,
      responsibleName: null,
      deliverable: null,
      criteria: null,
      basis: null,
      printedDue: null,
      printedUnits: null,
      factCode: null,
      version: 1,
    }
  })
  const programme = {
    id: 1,
    name: '改革工作方案',
    startsOn: '2022-01-04',
    documentId: null,
    documentNo: null,
    yellowDays: 5,
    version: 1,
  }
  const onRecord = { ...plan(items), programme, items: named, links: [] }
  const forecast = forecastPlan(onRecord, CALENDAR, TODAY, new Set()).items
  const bare = { start: null, finish: null, latestFinish: null, slack: null }
  const rows = named.map((row) => ({
    ...row,
    baseline: null,
    slip: null,
    ...(!dated && { fixedOn: null }),
    forecast: { ...forecast.get(row.id)!, ...(!dated && bare) },
  }))
  return [onRecord, rows]
}

function paperOf(works: number, by: 'phase' | 'unit' = 'phase', dated = true) {
  const paper = planPaper(...given(works, dated), { asOf: TODAY, by })
  const pictures = paper.sections[0].content.flatMap((node) => ('svg' in node ? [node] : []))
  return { paper, pictures }
}

/** Item numbers at the left of a picture. */
const numbersIn = (svg: string) =>
  [...svg.matchAll(/>([\d.]+) 第\d+项建设任务<\/text>/g)].map(([, number]) => number)

test.group('The plan on paper', (group) => {
  group.teardown(() => closeRenderer())

  test('a picture to a page on one calendar, every item in one of them', ({ assert }) => {
    const { pictures } = paperOf(59)
    assert.deepEqual(
      pictures.map(({ svg }) => numbersIn(svg).length),
      [22, 27, 11]
    )
    assert.deepEqual(
      pictures.flatMap(({ svg }) => numbersIn(svg)),
      ['1', ...Array.from({ length: 59 }, (_, index) => `1.${index + 1}`)]
    )
    const months = pictures.map(({ svg }) => svg.match(/<text [^>]*>2022-\d\d</g)?.join())
    assert.isNotEmpty(months[0])
    assert.deepEqual(months, [months[0], months[0], months[0]])
  })

  test('a unit that goes on over the page is named there again', ({ assert }) => {
    const { pictures } = paperOf(59, 'unit')
    const named = (unit: string) => pictures.map(({ svg }) => svg.includes(`>${unit}</text>`))
    assert.deepEqual(named('报社'), [true, true, false])
    assert.deepEqual(named('电视台'), [false, true, true])
    assert.lengthOf(
      pictures.flatMap(({ svg }) => numbersIn(svg)),
      60
    )
  })

  test('full pictures have a sheet of A3 to themselves; after few rows the table follows', async ({
    assert,
  }) => {
    for (const [works, sheets] of [
      [5, 1],
      [21, 2],
      [48, 3],
    ]) {
      const { paper, pictures } = paperOf(works)
      const pdf = await renderPdf(paper)
      const pages = await pdfPages(pdf)
      const withTable = pages.findIndex((page) => page.includes('填报单位'))
      assert.equal(withTable, sheets - 1, `${works}`)
      assert.equal(pages.filter((page) => page.includes('截至日')).length, pictures.length)
      assert.include(pages.at(-1)!, `第 ${pages.length} 页 共 ${pages.length} 页`)
      for (const size of await pdfSizes(pdf)) assert.deepEqual(size, [1191, 842])
    }
  })

  test('a plan without a date is a table alone', async ({ assert }) => {
    const { paper, pictures } = paperOf(3, 'phase', false)
    assert.lengthOf(pictures, 0)
    assert.lengthOf(await pdfPages(await renderPdf(paper)), 1)
  })
})
