import { fork, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { rm } from 'node:fs/promises'
import autocannon from 'autocannon'
import { environment, signIn } from './http.support.js'

const REQUESTS = 400
const WARM_UP = 200
const ROUNDS = 3
const CONNECTIONS = 8
const PEOPLE = 60
const PORT = '33990'
const DATABASE = 'tmp/bench-web.sqlite3'

type Task = 'fill' | 'app' | 'plain'

/**
 * CPU a request against a bare `node:http` server that sends the same bytes: a signed-in list of 50
 * rows with sessions in the database, the sign-in page, and a notice of recruitment with 50 posts,
 * which runs without a session. Each server is a process of its own that tells how much CPU it has
 * used.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  await fill()
  const app = await serve('app')
  try {
    const cookie = await signIn(app.url, 'bench')
    const figures = []
    for (const [name, path, headers, bar] of [
      ['signed-in page, list of 50 rows, against node:http', '/people/persons', { cookie }, 5.5],
      ['sign-in page against node:http', '/accounts/sign-in', {}, 5.5],
      ['public notice, table of 50 rows, against node:http', '/jobs/1', {}, 2.2],
    ] as const) {
      const body = await page(app.url + path, headers)
      const plain = await serve('plain', body)
      const costs = { app: Infinity, plain: Infinity }
      for (let round = 0; round < ROUNDS; round++) {
        costs.app = Math.min(costs.app, await cost(app, path, headers))
        costs.plain = Math.min(costs.plain, await cost(plain, '/', {}))
      }
      plain.process.kill()
      figures.push({ name, ratio: costs.app / costs.plain, bar })
    }
    return figures
  } finally {
    app.process.kill()
    for (const end of ['', '-wal', '-shm']) await rm(`${DATABASE}${end}`, { force: true })
  }
}

interface Served {
  url: string
  process: ChildProcess
}

/** As in production: templates are kept, assets come from the build. */
function serve(task: Task, body = ''): Promise<Served> {
  return new Promise((resolve, reject) => {
    const child = start(task, 'production')
    child.on('message', (message: any) => {
      if (message.url) resolve({ url: message.url, process: child })
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`${task} ended with ${code}`)))
    child.send({ body })
  })
}

function fill(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = start('fill', 'test')
    child.on('exit', (code) => (code ? reject(new Error(`filling ended with ${code}`)) : resolve()))
    child.send({})
  })
}

function start(task: Task, mode: 'test' | 'production'): ChildProcess {
  return fork(import.meta.filename, [task], {
    execArgv: ['--import', import.meta.resolve('@poppinss/ts-exec')],
    env: environment(mode, DATABASE, PORT),
  })
}

/** Microseconds of CPU a request. */
async function cost({ url, process: child }: Served, path: string, headers: object) {
  const load = (amount: number) =>
    autocannon({ url: url + path, connections: CONNECTIONS, amount, headers: { ...headers } })
  await load(WARM_UP)
  const before = await used(child)
  const result = await load(REQUESTS)
  if (result.non2xx || result.errors) throw new Error(`${path}: ${result.non2xx} answers not 2xx`)
  return ((await used(child)) - before) / REQUESTS
}

function used(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('message', function answer(message: any) {
      if (message.cpu === undefined) return
      child.off('message', answer)
      resolve(message.cpu)
    })
    child.send('cpu')
  })
}

async function page(url: string, headers: object): Promise<string> {
  const answer = await fetch(url, { headers: { ...headers }, redirect: 'manual' })
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
  return answer.text()
}

async function startApp() {
  const { createIgnitor } = await import('../bin/ignitor.js')
  await createIgnitor().httpServer().start()
  process.send!({ url: `http://127.0.0.1:${PORT}` })
}

async function fillDatabase() {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  const { freshDatabase } = await import('../tests/support/database.js')
  const { givenAssignment, givenPerson, givenUnit, givenUser } =
    await import('../tests/support/givens.js')
  await freshDatabase()
  const unitId = await givenUnit({ name: '融媒体中心' })
  await fillNotice(unitId)
  for (let index = 0; index < PEOPLE; index++) {
    await givenAssignment(await givenPerson({ name: `王小${index}` }), unitId)
  }
  await givenUser({ role: 'hr_officer', row: { username: 'bench' } })
  await app.terminate()
  process.exit(0)
}

/** A notice that is out, with as many posts as a page of the list has rows. */
async function fillNotice(unitId: number) {
  const { givenDocument } = await import('../tests/support/givens.js')
  const { insert } = await import('../tests/functional/permissions/world.js')
  const { givenPost } = await import('../tests/functional/transfers/givens.js')
  const { clock } = await import('../app/shared/clock.js')
  const plan = await insert('recruitments', {
    number: 'ZP-1',
    title: '公开招聘公告',
    kind: 'open',
    unit_id: unitId,
    state: 'open',
    document_id: await givenDocument(),
    funding_type: 'full',
    tie_keys: 'written',
    apply_from: clock.today(),
    apply_to: clock.today(),
    written_weight: 40,
    open_ratio: 3,
    interview_ratio: 3,
    pass_score: 6000,
    drop_extremes: true,
    publicity_days: 7,
  })
  for (let index = 0; index < 50; index++) {
    await insert('recruitment_posts', {
      recruitment_id: plan,
      post_id: await givenPost(unitId, { name: `编辑${index}` }),
      category: 'professional',
      places: 2,
      planned_places: 2,
      max_age: 35,
      min_education: 'undergraduate',
      requirements: '新闻传播类专业',
    })
  }
}

function startPlain(body: string) {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    process.send!({ url: `http://127.0.0.1:${port}` })
  })
}

const TASKS = { fill: fillDatabase, app: startApp, plain: startPlain }
const task = process.argv[2] as Task
if (process.send && task in TASKS) {
  process.on('message', (message: any) => {
    if (message !== 'cpu') return void TASKS[task](message.body)
    const { user, system } = process.cpuUsage()
    process.send!({ cpu: user + system })
  })
}
