import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const SMALL = 10_000
const LARGE = 200_000
const ROUNDS = 3
const GIGABYTE = 1024 ** 3
const DATABASE = 'tmp/bench-pay.sqlite3'
const WORKBOOK = 'tmp/bench-pay.xlsx'
const TODAY = '2022-12-20'
const UNITS = { small: 1, large: 2 } as const

type Task = 'computing' | 'growth' | 'register' | 'exceljs' | 'slips'
type Figures = Record<string, number>

/**
 * A run of 15 lines a person with their traces against a plain loop that evaluates the same
 * formulas and writes the same rows set-based; the same run at 200,000 people; its register against
 * exceljs' stream writer over the same rows; slips by department against stock pdfmake. Each task
 * is a process of its own on one database, which is made for it and thrown away.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  try {
    const against = await inProcess('computing')
    const grown = await inProcess('growth')
    const own = await inProcess('register')
    const other = await inProcess('exceljs')
    const paper = await inProcess('slips')
    const thousands = `${LARGE / 1000},000`
    return [
      {
        name: '10,000 people × 15 lines with traces against a plain loop',
        ratio: against.ours / against.plain,
        bar: 3,
      },
      {
        name: `time a person, ${thousands} to 10,000`,
        ratio: grown.large / LARGE / (grown.small / SMALL),
        bar: 1.2,
      },
      {
        name: `peak memory of the process at ${thousands}, to 1 GB`,
        ratio: grown.peak / GIGABYTE,
        bar: 1,
      },
      {
        name: `register of ${thousands} × ${own.columns} against exceljs, time`,
        ratio: own.time / other.time,
        bar: 1,
      },
      {
        name: `the same, memory: ${thousands} to 10,000 people`,
        ratio: own.peak / own.smallPeak,
        bar: 1.5,
      },
      {
        name: 'one payslip PDF against stock pdfmake',
        ratio: paper.one / paper.stock,
        bar: 0.45,
      },
      {
        name: 'payslips by department, per slip, against stock pdfmake',
        ratio: paper.batch / paper.stock,
        bar: 0.3,
      },
    ]
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${DATABASE}${end}`, { force: true })
    rmSync(WORKBOOK, { force: true })
  }
}

async function inProcess(task: Task): Promise<Figures> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', '@poppinss/ts-exec', fileURLToPath(import.meta.url), task],
    { env: { ...process.env, NODE_ENV: 'test', DB_CONNECTION: 'sqlite', DB_FILE: DATABASE } }
  )
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Figures
}

const TASKS: Record<Task, () => Promise<Figures>> = { computing, growth, register, exceljs, slips }

async function measure(task: Task): Promise<Figures> {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  await app.start(async () => {})
  const { clock } = await import('../app/shared/clock.js')
  clock.freeze(TODAY)
  const figures = await TASKS[task]()
  await app.terminate()
  return figures
}

/** Ours and the plain loop in turns, each on runs of its own; the least of each. */
async function computing(): Promise<Figures> {
  const { freshDatabase } = await import('../tests/support/database.js')
  await freshDatabase()
  await givenUnits()
  const months = Array.from({ length: 2 * ROUNDS }, (_, index) => `2022-0${index + 1}`)
  const runs: number[] = []
  for (const month of months) runs.push(await givenMonth(UNITS.small, month))
  let [ours, plain] = [Infinity, Infinity]
  for (let round = 0; round < ROUNDS; round++) {
    ours = Math.min(ours, await timed(() => compute(runs[2 * round])))
    plain = Math.min(plain, await timed(() => plainly(runs[2 * round + 1])))
  }
  await compareRows(runs[0], runs[1])
  await givenMonth(UNITS.small, '2022-08')
  await givenMonth(UNITS.large, '2022-08')
  return { ours, plain }
}

async function growth(): Promise<Figures> {
  const [small, large] = await runsOf('2022-08')
  const smallTime = await timed(() => compute(small))
  const { time, most } = await watched(() => compute(large))
  return { small: smallTime, large: time, peak: most }
}

async function register(): Promise<Figures> {
  const { writeRegister } = await import('../app/shared/spreadsheets/register_writer.js')
  const { streamedRegister } = await import('../app/pay/documents/register.js')
  let columns = 0
  const write = async (runId: number) => {
    const { payRun, items, people } = await source(runId)
    const table = streamedRegister(payRun, items, people)
    columns = table.sheets[0].columns.length
    await writeRegister(WORKBOOK, table)
  }
  const [small, large] = await runsOf('2022-08')
  await write(small)
  const smallPeak = (await watched(() => write(small))).peak
  const { time, peak } = await watched(() => write(large))
  return { time, peak, smallPeak, columns }
}

async function exceljs(): Promise<Figures> {
  const { default: library } = await import('exceljs')
  const write = async (runId: number) => {
    const { items, people } = await source(runId)
    const workbook = new library.stream.xlsx.WorkbookWriter({ filename: WORKBOOK })
    const sheet = workbook.addWorksheet('工资发放表')
    sheet.addRow(['序号', '姓名', '部门', '岗位', ...items.map(({ name }) => name)]).commit()
    let number = 0
    for await (const one of people) {
      const amounts = [...one.amounts, ...one.sums].map((fen) => (fen ?? 0) / 100)
      sheet
        .addRow([
          ++number,
          one.name,
          one.departmentName,
          one.postName,
          ...amounts,
          one.accountMasked,
        ])
        .commit()
    }
    sheet.commit()
    await workbook.commit()
  }
  const [small, large] = await runsOf('2022-08')
  await write(small)
  return watched(() => write(large))
}

async function source(runId: number) {
  const { runById } = await import('../app/pay/queries/runs.js')
  const { itemColumns, registerPeople } = await import('../app/pay/queries/register_rows.js')
  const payRun = await runById(runId)
  const items = await itemColumns(payRun)
  return { payRun, items, people: registerPeople(payRun, items) }
}

const SLIPS = 30

/** Stock draws the very same definitions in this thread, where fonts are parsed for each document. */
async function slips(): Promise<Figures> {
  const { slipPdf } = await import('../app/pay/documents/slip_pdf.js')
  const { linesOf } = await import('../app/pay/queries/slip_lines.js')
  const { slipPage } = await import('../app/pay/queries/slips.js')
  const { combinePages } = await import('../app/shared/documents/definition.js')
  const { drawPdf, preparePdfmake } = await import('../app/shared/documents/engine.js')
  const { closeRenderer, renderPdf } = await import('../app/shared/documents/render.js')
  preparePdfmake()
  const [small] = await runsOf('2022-08')
  const { rows } = await slipPage({ runId: small, cursor: null })
  const people = rows.slice(0, SLIPS)
  const lines = Map.groupBy(await linesOf(people.map(({ id }) => id)), ({ slipId }) => slipId)
  const pages = () => people.map((slip) => slipPdf(slip, lines.get(slip.id)!, null))
  await drawPdf(pages()[0], 0)
  await renderPdf(pages()[0])
  const figures = { stock: Infinity, one: Infinity, batch: Infinity }
  for (let round = 0; round < ROUNDS; round++) {
    const each = async (draw: (page: ReturnType<typeof slipPdf>) => Promise<Buffer>) => {
      for (const page of pages()) await draw(page)
    }
    const batch = combinePages('工资条', pages())
    figures.stock = Math.min(figures.stock, await timed(() => each((page) => drawPdf(page, 0))))
    figures.one = Math.min(figures.one, await timed(() => each((page) => renderPdf(page))))
    figures.batch = Math.min(figures.batch, await timed(() => renderPdf(batch)))
  }
  await closeRenderer()
  return figures
}

/** Processor time, for the clock on the wall tells more of what else runs on the machine. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const used = process.cpuUsage(before)
  return used.user + used.system
}

/** Time, the most memory of the process, and what it rose by. */
async function watched(work: () => Promise<unknown>) {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  const clock = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  const time = await timed(work)
  clearInterval(clock)
  return { time, most: peak, peak: Math.max(1, peak - before) }
}

/** Two units whose people have grade, step, bases and account; the usual items in effect. */
async function givenUnits() {
  const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
  const { seal } = await import('../app/shared/crypto.js')
  const { givenUnit } = await import('../tests/support/givens.js')
  const givens = await import('../tests/functional/pay/givens.js')
  const stamps = { version: 1, created_at: TODAY }
  const sealed = seal('6200000606482113405', 'account')
  await givens.givenStandards()
  let next = 1
  for (const [name, size] of [
    ['融媒体中心', SMALL],
    ['融媒体集团', LARGE],
  ] as const) {
    const unitId = await givenUnit({ name })
    for (let done = 0; done < size; done += SMALL) {
      const ids = Array.from({ length: SMALL }, () => next++)
      await inTransaction(async (trx) => {
        const person = { name_pinyin: 'zhigong', name_initials: 'zg', ...stamps }
        const place = { kind: 'main', unit_id: unitId, employment_type: 'establishment' }
        const grade = { quota_category: 'professional', grade: 'professional_10' }
        const since = { source: 'roster', valid_from: '2020-01-01', recorded_at: TODAY }
        const base = { pension_base_fen: 850_000, housing_base_fen: 450_000, allowance_fen: 60_000 }
        const account = { account_sealed: sealed, account_masked: '6200****3405' }
        const rows = <Row>(row: (id: number) => Row) => ids.map(row)
        await bulkInsert(
          trx,
          'persons',
          rows((id) => ({ id, name: `职工${id}`, ...person }))
        )
        await bulkInsert(
          trx,
          'assignments',
          rows((id) => ({ person_id: id, ...place, ...grade, ...since }))
        )
        await bulkInsert(
          trx,
          'wage_bases',
          rows((id) => ({
            person_id: id,
            valid_from: '2022-01-01',
            step: 1 + (id % 30),
            ...base,
            ...account,
            additional_deduction_fen: 100_000,
            recorded_at: TODAY,
          }))
        )
      })
    }
  }
  await givens.givenItems(await givens.givenPayOffice())
}

async function givenMonth(unitId: number, month: string): Promise<number> {
  const { createRun } = await import('../app/pay/actions/create_run.js')
  const { Actor } = await import('../app/shared/actor.js')
  return createRun(
    {
      kind: 'monthly',
      unitId,
      employmentType: 'establishment',
      title: `${month} 工资`,
      monthFrom: month,
      monthTo: month,
      payMonth: month,
      allotmentId: null,
      cycleId: null,
    },
    Actor.system('bench')
  )
}

async function runsOf(month: string): Promise<[number, number]> {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const rows = await db.from('pay_runs').where('month_to', month).orderBy('unit_id').select('id')
  return [Number(rows[0].id), Number(rows[1].id)]
}

async function compute(runId: number) {
  const { computeRun, requestCompute } = await import('../app/pay/actions/compute_run.js')
  const { runById } = await import('../app/pay/queries/runs.js')
  const { Actor } = await import('../app/shared/actor.js')
  const { version } = await runById(runId)
  await requestCompute({ runId, version }, Actor.system('bench'))
  await computeRun({ runId, computeNo: 1 })
}

/** One query, one loop, the rows set-based in one transaction. */
async function plainly(runId: number) {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
  const { sha256 } = await import('../app/shared/crypto.js')
  const { evaluate, Exact, formulaOf, numberOf } = await import('../app/shared/formulas/formula.js')
  const { cumulativeTax } = await import('../app/pay/domain/tax.js')
  const { DEFAULT_PARAMETERS } = await import('../app/pay/domain/standard_items.js')
  const items = await db.from('pay_items').where('run_kind', 'monthly').orderBy('order_no')
  const formulas = items.map((item) => formulaOf(item.formula))
  const people = await db.rawQuery(
    `SELECT a.person_id, a.grade, w.*, ps.monthly_fen AS post_fen, ss.monthly_fen AS step_fen
     FROM assignments a JOIN wage_bases w ON w.person_id = a.person_id
     JOIN pay_standards ps ON ps.kind = 'post' AND ps.level = a.grade
     JOIN pay_standards ss ON ss.kind = 'step' AND ss.level = CAST(w.step AS TEXT)
     WHERE a.unit_id = ${UNITS.small}`
  )
  const yuan = (fen: number) => (fen / 100).toFixed(2)
  const slipRows: any[] = []
  const linesBy = new Map<number, any[]>()
  for (const row of people) {
    const inputs: Record<string, { value: string; source: string }> = {}
    const put = (name: string, value: string, from: string) =>
      (inputs[name] = { value, source: from })
    put('发放月数', '1', 'run')
    put('岗位工资标准', yuan(row.post_fen), `post_standard|专技十级|2006-07-01`)
    put('薪级工资标准', yuan(row.step_fen), `step_standard|${row.step}级|2006-07-01`)
    put('津贴补贴标准', yuan(row.allowance_fen), `wage_base||${row.valid_from}`)
    put('养老医疗缴费基数', yuan(row.pension_base_fen), `wage_base||${row.valid_from}`)
    put('公积金基数', yuan(row.housing_base_fen), `wage_base||${row.valid_from}`)
    for (const [name, { value }] of Object.entries(DEFAULT_PARAMETERS)) {
      put(name, value, 'parameter||')
    }
    const values: Record<string, any> = {}
    for (const name of Object.keys(inputs)) values[name] = Exact.from(inputs[name].value)
    const sums: Record<string, number> = { earning: 0, deduction: 0, employer: 0, insurance: 0 }
    let drawn = 0
    const lines = items.map((item, index) => {
      const { value, used } = evaluate(formulas[index], values)
      const exact = numberOf(value)
      const fen = exact.toFen()
      values[item.name] = Exact.fromFen(fen)
      sums[item.side] += fen
      if (item.tax === 'insurance') sums.insurance += fen
      if (item.draws_on) drawn += fen
      const trace = JSON.stringify({ formula: item.formula, used, exact: exact.toString() })
      return {
        order_no: item.order_no,
        code: item.code,
        name: item.name,
        side: item.side,
        amount_fen: fen,
        item_id: item.id,
        difference_id: null,
        trace,
      }
    })
    const taxed = { income: sums.earning, insurance: sums.insurance, additional: 100_000 }
    const year = cumulativeTax({ startMonth: 1, standardDeduction: 'monthly' }, [taxed])
    lines.push({
      order_no: 9_000,
      code: 'tax',
      name: '个人所得税',
      side: 'tax',
      amount_fen: year.tax,
      item_id: null,
      difference_id: null,
      trace: JSON.stringify({ ...year, withheld: 0 }),
    })
    const text = JSON.stringify({ inputs, fixed: [], before: {}, additionalFen: 100_000 })
    const hashed = lines.map((line) =>
      [line.order_no, line.code, line.name, line.side, line.amount_fen, line.trace].join('|')
    )
    linesBy.set(row.person_id, lines)
    slipRows.push({
      run_id: runId,
      compute_no: 1,
      person_id: row.person_id,
      grade: row.grade,
      state: 'computed',
      inputs: text,
      hash: sha256([text, ...hashed].join('\n')),
      gross_fen: sums.earning,
      deduction_fen: sums.deduction,
      tax_fen: year.tax,
      net_fen: sums.earning - sums.deduction - year.tax,
      employer_fen: sums.employer,
      drawn_fen: drawn,
      tax_income_fen: sums.earning,
      tax_insurance_fen: sums.insurance,
      tax_additional_fen: 100_000,
      account_sealed: row.account_sealed,
      account_masked: row.account_masked,
      version: 1,
      created_at: TODAY,
    })
  }
  await inTransaction(async (trx) => {
    await bulkInsert(trx, 'pay_slips', slipRows)
    const ids = await trx.from('pay_slips').where('run_id', runId).select('id', 'person_id')
    const lines = ids.flatMap(({ id, person_id: personId }) =>
      linesBy.get(personId)!.map((line) => ({ slip_id: id, ...line }))
    )
    await bulkInsert(trx, 'pay_lines', lines)
  })
}

/** Both wrote the same amounts with the same traces, or the comparison means nothing. */
async function compareRows(ours: number, plain: number) {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const rowsOf = (runId: number) =>
    db
      .from('pay_lines as l')
      .join('pay_slips as s', 's.id', 'l.slip_id')
      .where('s.run_id', runId)
      .whereNot('l.code', 'tax')
      .orderBy('s.person_id')
      .orderBy('l.order_no')
      .select('s.person_id', 'l.code', 'l.amount_fen', 'l.trace')
  const [one, other] = [await rowsOf(ours), await rowsOf(plain)]
  if (one.length !== SMALL * 14 || JSON.stringify(one) !== JSON.stringify(other)) {
    throw new Error('the plain loop does not write the same rows')
  }
}

if (import.meta.main) console.log(JSON.stringify(await measure(process.argv[2] as Task)))
