import { test } from '@japa/runner'
import { renderPdf } from '#shared/documents/render'
import { slipPdf } from '#pay/documents/slip_pdf'
import type { LineRow } from '#pay/queries/slip_lines'
import type { SlipRow } from '#pay/queries/slips'
import { pdfPages } from '../shared/documents/pdf_text.js'

const slip = {
  id: 7,
  personName: '欧阳小明',
  unitName: '市融媒体中心',
  runTitle: '2022年6月工资',
  runNumber: 'GZ-2022-06-001',
  payMonth: '2022-06',
  monthFrom: '2022-06',
  monthTo: '2022-06',
  departmentName: '新闻采编一部',
  postName: '首席记者',
  accountMasked: '6200 **** 3405',
  grossFen: 1_234_567,
  deductionFen: 234_567,
  taxFen: 12_345,
  netFen: 987_655,
  employerFen: 345_678,
} as SlipRow

const lines = (side: LineRow['side'], count: number, name: string) =>
  Array.from({ length: count }, (_, index) => ({
    side,
    name: `${name}${index + 1}`,
    amountFen: 12_345,
  })) as LineRow[]
const year = { gross: 7_654_321, deduction: 1_234_567, tax: 65_432, net: 6_354_322 }

test.group('a payslip on paper', () => {
  for (const [said, all] of [
    ['fifteen items', [lines('earning', 8, '应发项目'), lines('deduction', 5, '扣款项目')]],
    [
      'fifteen items and a dozen differences of past months',
      [lines('earning', 20, '2022年3月薪级工资补发差额'), lines('deduction', 12, '追扣2022年4月')],
    ],
    [
      '25 beside each other',
      [lines('earning', 25, '应发项目'), lines('deduction', 20, '扣款项目')],
    ],
  ] as const) {
    test(`${said}: one page, with every line and the place to sign`, async ({ assert }) => {
      const content = [...all.flat(), ...lines('tax', 1, '个税'), ...lines('employer', 6, '单位')]
      const pages = await pdfPages(await renderPdf(slipPdf(slip, content, year)))
      assert.lengthOf(pages, 1)
      const text = pages[0].replaceAll(/\s/g, '')
      for (const { name } of content) assert.include(text, name)
      assert.include(text, '本人签收')
    })
  }
})
