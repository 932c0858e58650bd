import { test } from '@japa/runner'
import { combinePages } from '#shared/documents/definition'
import { officialForm } from '#shared/documents/official_form'
import { officialNotice } from '#shared/documents/official_notice'
import { officialTable } from '#shared/documents/official_table'
import { balanced, fullWidths } from '#shared/documents/paper'
import { closeRenderer, renderPdf } from '#shared/documents/render'
import { slipSheet } from '#shared/documents/slip_sheet'
import { pdfPages, pdfSizes } from './pdf_text.js'

const notice = officialNotice({
  issuer: '市委编办',
  documentNo: '编发〔2022〕3号',
  title: '关于融媒体中心人员和编制划转有关事项的通知',
  recipient: '市融媒体中心',
  paragraphs: ['现将有关事项通知如下。'],
  attachments: ['划转名册', '守恒证书'],
  signer: '市委机构编制委员会办公室',
  date: '2022-03-05',
  seal: true,
})

const columns = [
  { label: '序号', width: 34, align: 'center' as const },
  { label: '姓名' },
  { label: '金额', align: 'right' as const, width: 60 },
]

test.group('Official paper', (group) => {
  group.teardown(() => closeRenderer())

  test('a notice has head, number, title, recipient, text, list, signer, date, page', async ({
    assert,
  }) => {
    const [page, ...more] = await pdfPages(await renderPdf(notice))
    assert.lengthOf(more, 0)
    const parts = [
      '市委编办',
      '编发〔2022〕3号',
      '关于融媒体中心',
      '市融媒体中心：',
      '现将有关事项通知如下。',
      '附件：1. 划转名册',
      '2. 守恒证书',
      '市委机构编制委员会办公室',
      '2022年3月5日',
    ]
    const places = parts.map((part) => page.indexOf(part))
    assert.notInclude(places, -1)
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b)
    )
    assert.include(page, '盖章处')
    assert.include(page, '— 1 —')
  })

  test('a single attachment is not numbered and an unsealed draft has no ring', async ({
    assert,
  }) => {
    const draft = officialNotice({
      issuer: '市融媒体中心',
      title: '调动通知',
      paragraphs: ['请知悉。'],
      attachments: ['个人信息表'],
      date: '2022-04-01',
    })
    const [page] = await pdfPages(await renderPdf(draft))
    assert.include(page, '附件：个人信息表')
    assert.notInclude(page, '盖章处')
  })

  test('a long register repeats its heading and counts its pages', async ({ assert }) => {
    const rows = Array.from({ length: 160 }, (_, index) => [index + 1, '欧阳㛃', index * 1000])
    const table = officialTable({
      title: '划转名册',
      columns,
      rows,
      totals: ['', '合计', 12_720_000],
      signatures: ['填表人', '审核人', '负责人'],
    })
    const pages = await pdfPages(await renderPdf(table))
    assert.isAtLeast(pages.length, 5)
    pages.forEach((page, index) => {
      assert.include(page, '序号姓名金额')
      assert.include(page, `第 ${index + 1} 页 共 ${pages.length} 页`)
    })
    assert.equal(pages.join('').match(/欧阳㛃/g)?.length, 160)
    assert.include(pages.at(-1), '合计12,720,000')
    assert.include(pages.at(-1), '填表人：审核人：负责人：')
  })

  test('an empty register says so', async ({ assert }) => {
    const table = officialTable({ title: '增减员名册', columns, rows: [], landscape: true })
    const pdf = await renderPdf(table)
    const [page] = await pdfPages(pdf)
    assert.include(page, '（无记录）')
    assert.deepEqual(await pdfSizes(pdf), [[842, 595]])
  })

  test('a cell longer than a page goes on over the pages, nothing is lost', async ({ assert }) => {
    const text = '说明'.repeat(3000)
    const table = officialTable({ title: '说明表', columns, rows: [[1, text, 5]] })
    const pages = await pdfPages(await renderPdf(table))
    assert.isAbove(pages.length, 2)
    assert.equal(pages.join('').match(/说明/g)?.length, 3001)
  })

  test('group headings stand above their columns', async ({ assert }) => {
    const table = officialTable({
      title: '对照表',
      columns: [
        { label: '单位' },
        { label: '人员', group: '划转前' },
        { label: '编制', group: '划转前' },
        { label: '人员', group: '划转后' },
        { label: '编制', group: '划转后' },
      ],
      rows: [['报社', 40, 45, 0, 0]],
    })
    const [page] = await pdfPages(await renderPdf(table))
    assert.include(page, '划转前划转后')
    assert.include(page, '人员编制人员编制报社404500')
  })

  test('a form keeps its blanks and its receipt on one page', async ({ assert }) => {
    const form = officialForm({
      title: '工资关系转移单',
      rows: [
        [
          { label: '姓名', value: '李𬭎' },
          { label: '性别', value: '男' },
        ],
        [{ label: '岗位工资' }, { label: '薪级工资' }, { label: '津贴补贴', value: null }],
        [{ label: '备注', lines: 4 }],
      ],
      issuer: '市报社',
      date: '2022-03-31',
      receipt: { title: '回执', paragraphs: ['已收到。'], issuer: '市融媒体中心' },
    })
    const pages = await pdfPages(await renderPdf(form))
    assert.lengthOf(pages, 1)
    assert.include(pages[0], '姓名李𬭎性别男岗位工资薪级工资津贴补贴备注')
    assert.match(pages[0], /市报社（盖章）2022年3月31日.*回执.*市融媒体中心（盖章）/)
  })

  test('slips stand three to a page and only hold their own password', async ({ assert }) => {
    const slips = Array.from({ length: 7 }, (_, index) => ({
      name: `员工${index}`,
      userName: `user${index}`,
      password: `Pw${index}xyz`,
      validUntil: '2022-04-15',
    }))
    const pages = await pdfPages(await renderPdf(slipSheet(slips)))
    assert.lengthOf(pages, 3)
    assert.deepEqual(
      pages.map((page) => page.match(/Pw\dxyz/g)),
      [['Pw0xyz', 'Pw1xyz', 'Pw2xyz'], ['Pw3xyz', 'Pw4xyz', 'Pw5xyz'], ['Pw6xyz']]
    )
    assert.include(pages[0], '有效期至2022-04-15')
  })

  test('combined papers keep their own sizes and page counts and share the fonts', async ({
    assert,
  }) => {
    const table = officialTable({ title: '名册', columns, rows: [], landscape: true })
    const combined = await renderPdf(combinePages('合订', [notice, table, notice, notice]))
    const pages = await pdfPages(combined)
    assert.lengthOf(pages, 4)
    assert.include(pages[1], '第 1 页 共 1 页')
    assert.include(pages[3], '— 1 —')
    const [, second] = await pdfSizes(combined)
    assert.deepEqual(second, [842, 595])
    const single = await renderPdf(notice)
    assert.isBelow(combined.length, single.length * 2)
  })

  test('a long title is divided between words into even lines', ({ assert }) => {
    const lines = balanced('关于融媒体中心人员和编制划转有关事项的通知', 20)
    assert.deepEqual(lines, ['关于融媒体中心人员和', '编制划转有关事项的通知'])
    assert.deepEqual(balanced('调动通知', 20), ['调动通知'])
    const long = '关于'.repeat(40)
    assert.equal(balanced(long, 20).join(''), long)
    assert.isTrue(balanced(long, 20).every((line) => fullWidths(line) <= 20))
  })

  test('control characters do not reach the paper', async ({ assert }) => {
    const table = officialTable({
      title: '名册',
      columns,
      rows: [[1, '张\u0000三\u202e\u0007', 2]],
    })
    const [page] = await pdfPages(await renderPdf(table))
    assert.include(page, '张三')
  })
})
