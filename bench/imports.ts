import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'

const PEOPLE = 20_000
const WARM_UP = 400
const ROUNDS = 3
const MEGABYTES = 300
const DATABASE = 'tmp/bench-imports.sqlite3'
const TITLE = '报社人员花名册(截至2022年1月10日)'

type Task = 'import' | 'exceljs'
interface Cost {
  /** Milliseconds on the wall: the import reads on a thread of its own while it judges and stores. */
  time: number
  /** Megabytes of resident memory that the process took for it at most. */
  memory: number
}

/**
 * Dry run and commit of a roster of 20,000 people against exceljs' stream reader, which only reads
 * the same file; and the most memory that the import takes. Each run is a process of its own, the
 * import's on a database that is made for it and thrown away.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-imports-'))
  try {
    await writeRoster(join(folder, 'small.xlsx'), WARM_UP)
    await writeRoster(join(folder, 'roster.xlsx'), PEOPLE)
    const own: Cost[] = []
    const others: Cost[] = []
    for (let round = 0; round < ROUNDS; round++) {
      own.push(await inProcess('import', folder))
      others.push(await inProcess('exceljs', folder))
    }
    const least = (costs: Cost[], what: keyof Cost) => Math.min(...costs.map((cost) => cost[what]))
    return [
      {
        name: '20,000 people: dry run and commit against exceljs reading',
        ratio: least(own, 'time') / least(others, 'time'),
        bar: 1.5,
      },
      {
        name: `its peak memory against ${MEGABYTES} MB`,
        ratio: least(own, 'memory') / MEGABYTES,
        bar: 1,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
    for (const end of ['', '-wal', '-shm']) await rm(`${DATABASE}${end}`, { force: true })
  }
}

function inProcess(task: Task, folder: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [task, folder], {
      execArgv: ['--import', import.meta.resolve('@poppinss/ts-exec')],
      env: { ...process.env, NODE_ENV: 'test', DB_CONNECTION: 'sqlite', DB_FILE: DATABASE },
    })
    // the application itself tells its parent when it is ready
    child.on('message', (cost: Partial<Cost>) => cost.time && resolve(cost as Cost))
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`${task} ended with ${code}`)))
  })
}

type Work = () => Promise<unknown>

/** Taken warm: the small file first, as a server has read others before. */
async function measure(prepare: (file: string) => Promise<Work>): Promise<Cost> {
  for (let round = 0; round < 3; round++) await (await prepare('small.xlsx'))()
  const work = await prepare('roster.xlsx')
  const before = process.memoryUsage.rss()
  const started = performance.now()
  await work()
  const time = performance.now() - started
  return { time, memory: (process.resourceUsage().maxRSS * 1_024 - before) / 1_048_576 }
}

async function importRosters(folder: string): Promise<Cost> {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  await app.start(async () => {})
  const { freshDatabase, emptyDatabase } = await import('../tests/support/database.js')
  const { givenUnit } = await import('../tests/support/givens.js')
  const { Actor } = await import('../app/shared/actor.js')
  const { confirmFile } = await import('../app/imports/actions/run_import.js')
  const { checkImport } = await import('../app/imports/actions/check_import.js')
  const { commitImport, writeImport } = await import('../app/imports/actions/commit_import.js')
  const { importById } = await import('../app/imports/queries/import_row.js')
  await freshDatabase()
  const actor = Actor.system('bench')
  const cost = await measure(async (fileName) => {
    await emptyDatabase()
    const answers = { unit: String(await givenUnit({ name: '报社' })) }
    const file = { definition: 'roster', path: join(folder, fileName), fileName }
    const id = await confirmFile({ ...file, answers, actor, confirm: true })
    return async () => {
      await checkImport(id)
      const { version } = await importById(id)
      await commitImport({ id, version, confirmed: true, queue: false }, actor)
      await writeImport(id, actor)
    }
  })
  await app.terminate()
  return cost
}

function readByExceljs(folder: string): Promise<Cost> {
  return measure(async (fileName) => async () => {
    const reader = new exceljs.stream.xlsx.WorkbookReader(join(folder, fileName), {
      worksheets: 'emit',
      sharedStrings: 'cache',
      hyperlinks: 'ignore',
      styles: 'cache',
      entries: 'emit',
    })
    let rows = 0
    for await (const sheet of reader) for await (const _ of sheet) rows++
    if (rows < WARM_UP) throw new Error(`only ${rows} rows`)
  })
}

/** As Excel writes it: shared strings. */
async function writeRoster(path: string, people: number) {
  const { ROSTER_COLUMNS } = await import('../app/people/domain/roster_fields.js')
  const { generatedRows } = await import('../tests/functional/imports/generated_roster.js')
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true })
  const sheet = book.addWorksheet('在职人员')
  sheet.addRow([TITLE]).commit()
  sheet.addRow(ROSTER_COLUMNS.map(({ label }) => label)).commit()
  for (const row of generatedRows(people)) sheet.addRow(row).commit()
  await book.commit()
}

const [task, folder] = process.argv.slice(2)
if (process.send && (task === 'import' || task === 'exceljs')) {
  process.send(await (task === 'import' ? importRosters(folder) : readByExceljs(folder)))
  process.exit(0)
}
