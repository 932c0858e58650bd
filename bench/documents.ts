import { combinePages, type PdfDocument } from '../app/shared/documents/definition.js'
import { drawPdf, preparePdfmake } from '../app/shared/documents/engine.js'
import { officialTable } from '../app/shared/documents/official_table.js'
import { closeRenderer, renderPdf } from '../app/shared/documents/render.js'

const SLIPS = 30
const ROUNDS = 3

/**
 * PDF against stock pdfmake in the same run: one slip (sharing the parsed font and crossing to the
 * worker and back included), and a department's slips in one file, per slip. Stock draws the very
 * same definitions in this thread, where the fonts are parsed for each document.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  preparePdfmake()
  const slips = Array.from({ length: SLIPS }, (_, index) => slip(index))
  const department = combinePages('工资条', slips)
  await drawPdf(slip(0), 0)
  await renderPdf(slip(0))

  const stock: number[] = []
  const shared: number[] = []
  const batch: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    stock.push(await milliseconds(() => oneByOne(slips.map(copy), (one) => drawPdf(one, 0))))
    shared.push(await milliseconds(() => oneByOne(slips, (one) => renderPdf(one))))
    batch.push(await milliseconds(() => renderPdf(department)))
  }
  await closeRenderer()

  return [
    {
      name: 'one slip PDF against stock pdfmake',
      ratio: Math.min(...shared) / Math.min(...stock),
      bar: 0.45,
    },
    {
      name: 'batch by department, per slip, against stock pdfmake',
      ratio: Math.min(...batch) / Math.min(...stock),
      bar: 0.3,
    },
  ]
}

async function oneByOne(slips: PdfDocument[], draw: (slip: PdfDocument) => Promise<Buffer>) {
  for (const one of slips) await draw(one)
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** pdfmake writes into the definition that it draws; the worker gets a copy anyway. */
function copy(document: PdfDocument): PdfDocument {
  return structuredClone(document)
}

function slip(index: number): PdfDocument {
  const items = [
    '岗位工资',
    '薪级工资',
    '基础性绩效',
    '奖励性绩效',
    '养老保险',
    '职业年金',
    '住房公积金',
  ]
  return officialTable({
    title: '工资条',
    subtitle: '2022年3月',
    unitLine: `姓名：欧阳${String.fromCharCode(0x4e00 + index * 37)}`,
    unitLineRight: `编号：${1000 + index}`,
    columns: [{ label: '项目' }, { label: '金额', align: 'right', width: 120 }],
    rows: items.map((item, at) => [item, `${(index + 1) * (at + 3)}00.00`]),
    totals: ['实发', `${(index + 1) * 99}00.00`],
  })
}
