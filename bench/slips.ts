import { fork, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { environment, signIn, token } from './http.support.js'

const PORT = '33991'
const DATABASE = 'tmp/bench-slips.sqlite3'
const STORAGE = 'tmp/bench-slips'
const PEOPLE = 1_000
const DEPARTMENTS = 5
const IDLE = 100
const PAUSE = 25
const DRAWING = "select state from jobs where kind = 'pay.department_slips'"

type Task = 'fill' | 'app'

/**
 * p95 of a signed-in page while the slips of 1,000 people are drawn by department, against that of
 * the same process at rest: set up as in production, where one process serves and works its jobs.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  let app: ChildProcess | null = null
  try {
    const runId = await filled()
    const served = await serve()
    app = served.child
    const cookie = await signIn(served.url, 'bench')
    const ask = () => answered(`${served.url}/pay/runs/${runId}`, cookie)
    await times(ask, (count) => count < IDLE)
    const idle = await times(ask, (count) => count < IDLE)
    await start(`${served.url}/pay/runs/${runId}`, cookie)
    const database = new Database(DATABASE, { readonly: true })
    const state = () => (database.prepare(DRAWING).get() as { state: string }).state
    const busy = await times(ask, () => ['queued', 'running'].includes(state()))
    if (state() !== 'done' || busy.length < 20) throw new Error(`${state()}, ${busy.length} pages`)
    database.close()
    return [
      {
        name: 'p95 of a page while 1,000 slips are drawn, against idle',
        ratio: p95(busy) / p95(idle),
        bar: 3,
      },
    ]
  } finally {
    app?.kill()
    for (const end of ['', '-wal', '-shm']) await rm(`${DATABASE}${end}`, { force: true })
    await rm(STORAGE, { recursive: true, force: true })
  }
}

/** Milliseconds of each answer, one after the other with a pause. */
async function times(ask: () => Promise<void>, more: (count: number) => boolean) {
  const list: number[] = []
  while (more(list.length)) {
    const before = performance.now()
    await ask()
    list.push(performance.now() - before)
    await sleep(PAUSE)
  }
  return list
}

function p95(list: number[]): number {
  return list.toSorted((a, b) => a - b)[Math.ceil(list.length * 0.95) - 1]
}

async function answered(url: string, cookie: string) {
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  await answer.text()
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
}

async function start(url: string, cookie: string) {
  const page = await fetch(`${url}?tab=files`, { headers: { cookie } })
  const answer = await fetch(`${url}/slips`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams({ _csrf: token(await page.text()) }),
  })
  if (answer.status !== 302) throw new Error(`drawing: ${answer.status}`)
}

function forked(task: Task, mode: 'test' | 'production'): ChildProcess {
  return fork(import.meta.filename, [task], {
    execArgv: ['--import', import.meta.resolve('@poppinss/ts-exec')],
    env: { ...environment(mode, DATABASE, PORT), WORKER: 'inline', STORAGE_DIR: STORAGE },
  })
}

const filled = async (): Promise<number> => (await told(forked('fill', 'test'), 'runId')).runId

async function serve(): Promise<{ url: string; child: ChildProcess }> {
  const child = forked('app', 'production')
  return { url: (await told(child, 'url')).url, child }
}

/** What a process says once it is ready; others talk on the channel too. */
function told(child: ChildProcess, name: string): Promise<any> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: any) => message[name] && resolve(message))
    child.on('exit', (code) => reject(new Error(`${name}: ended with ${code}`)))
  })
}

async function startApp() {
  const { createIgnitor } = await import('../bin/ignitor.js')
  await createIgnitor().httpServer().start()
  process.send!({ url: `http://127.0.0.1:${PORT}` })
}

/** A computed run of a unit whose people stand in departments of 200. */
async function fillDatabase() {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  await app.start(async () => {})
  const { freshDatabase } = await import('../tests/support/database.js')
  const { givenUser } = await import('../tests/support/givens.js')
  const { givenDepartment } = await import('../tests/functional/performance/givens.js')
  const givens = await import('../tests/functional/pay/givens.js')
  const { inTransaction } = await import('../app/shared/database.js')
  const { clock } = await import('../app/shared/clock.js')
  await freshDatabase()
  const office = await givens.givenPayOffice()
  await givens.givenStandards()
  const { unitId, personIds } = await givens.givenStaff(PEOPLE)
  for (let index = 0; index < DEPARTMENTS; index++) {
    const department_id = await givenDepartment(unitId, { name: `部门${index}` })
    const members = personIds.filter((_, at) => at % DEPARTMENTS === index)
    await inTransaction((trx) =>
      trx.from('assignments').whereIn('person_id', members).update({ department_id })
    )
  }
  await givens.givenItems(office)
  clock.freeze(givens.TODAY)
  const runId = await givens.givenRun(office, unitId)
  await givens.compute(office, runId)
  clock.release()
  await givenUser({ role: 'pay_officer', unitId, row: { username: 'bench' } })
  // computing was the fill's own work: the application finds nothing waiting
  await inTransaction((trx) => trx.from('jobs').delete())
  process.send!({ runId })
  await app.terminate()
}

const TASKS = { fill: fillDatabase, app: startApp }
const task = process.argv[2] as Task
if (process.send && task in TASKS) await TASKS[task]()
