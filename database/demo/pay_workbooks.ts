import { join } from 'node:path'
import exceljs from 'exceljs'
import { writeRegister } from '#shared/spreadsheets/register_writer'

type Cell = string | number | null

const text = (header: string) => ({ header, width: 24 })

/** Rows of a moved sample sheet by the names of its columns. */
async function rowsOf(path: string, sheet: string): Promise<Array<Record<string, Cell>>> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(path)
  const values = workbook.getWorksheet(sheet)!.getSheetValues() as Cell[][]
  // both rows and cells count from 1
  const [header, ...rows] = values.slice(1).map((row) => row.slice(1))
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [String(name), row[at]])))
}

/**
 * Results of another period of the same people, without ratings: the figures of the sample sheet, a
 * little better or worse from person to person, each person once; the coefficients as they are.
 */
export async function writeResults(
  folder: string,
  fileName: string,
  step: number
): Promise<string> {
  const seen = new Set<Cell>()
  const rows = (await rowsOf(join(folder, 'pay/2022-q2.xlsx'), '二季度考核结果')).filter((row) => {
    const number = row['身份证号码']
    return !seen.has(number) && seen.add(number)
  })
  const coefficients = await rowsOf(join(folder, 'pay/2022-q2.xlsx'), '岗位系数')
  const posts = ['岗位类别', '岗位', '岗位价值系数', '一线采编']
  const path = join(folder, fileName)
  await writeRegister(path, {
    title: '考核结果',
    sheets: [
      {
        name: '考核结果',
        columns: ['姓名', '身份证号码', '工作量分', '质量分', '出勤率', '加减分'].map(text),
        rows: rows.map((row, index) => [
          String(row['姓名']),
          String(row['身份证号码']),
          moved(row['工作量分'], index * step),
          moved(row['质量分'], index * step + 3),
          String(row['出勤率'] ?? 1),
          String(row['加减分'] ?? 0),
        ]),
      },
      {
        name: '岗位系数',
        columns: posts.map(text),
        rows: coefficients.map((row) => posts.map((name) => String(row[name]))),
      },
    ],
  })
  return path
}

/** Up to four points up or down, inside of what a sheet may hold. */
function moved(score: Cell, by: number): string {
  const points = Math.round(Number(score) * 10) + ((by * 7) % 9) * 10 - 40
  return String(Math.min(1_000, Math.max(400, points)) / 10)
}

/**
 * 工资基础 of the contract staff, from their contracts: bases and the accounts that they brought.
 * Who comes through an agency is insured by it.
 */
export async function writeContractBases(folder: string, fileName: string): Promise<string> {
  const rows = await rowsOf(join(folder, 'selection/contracts.xlsx'), '合同台账')
  const path = join(folder, fileName)
  await writeRegister(path, {
    title: '编外人员工资基础',
    sheets: [
      {
        name: '工资基础',
        columns: ['姓名', '身份证号码', '养老医疗缴费基数(元)', '公积金基数(元)', '银行账号'].map(
          text
        ),
        rows: rows.map((row, index) => [
          String(row['姓名']),
          String(row['身份证号码']),
          ...Array(2).fill(
            row['用工形式'] === '劳务派遣' ? '' : String(row['前12个月平均工资(元)'])
          ),
          `62000009${String(31_000_000_000 + index * 7_919).padStart(11, '0')}`,
        ]),
      },
    ],
  })
  return path
}
