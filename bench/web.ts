import { fork, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import autocannon from 'autocannon'
import { cookies, environment, signIn } from './http.support.js'
import { discard } from './process.support.js'
import type { Measured } from './run.js'
import { addTable, TABLE, VIEWS } from './table.support.js'

const REQUESTS = 800
const WARM_UP = 200
const ROUNDS = 5
const CONNECTIONS = 8
const PEOPLE = 60
const PORTS = { fill: '33990', app: '33990', stock: '33994', plain: '0' }
const DATABASE = 'tmp/bench-web.sqlite3'
const STOCK_DATABASE = 'tmp/bench-stock.sqlite3'

type Task = 'fill' | 'app' | 'stock' | 'plain'

/** What quality.md sets, and what it found the framework as it comes to cost on its machine. */
const SIGNED_IN = 5.5
const STOCK = 7.3

/**
 * CPU a request against a bare `node:http` server that sends the same bytes: a signed-in list of 50
 * rows with sessions in the database, the sign-in page, and a notice of recruitment with 50 posts,
 * which runs without a session. Then a table of 50 rows that asks the database for nothing of its
 * own, served signed in by this house and by the framework as it comes: how far the one is below the
 * other does not depend on the machine. Each server is a process of its own that tells how much CPU
 * it has used.
 */
export async function run(): Promise<Measured[]> {
  await fill()
  const app = await serve('app')
  const stock = await serve('stock')
  try {
    const cookie = await signIn(app.url, 'bench')
    const guest = cookies(await fetch(`${stock.url}/sign-in`))
    const list = await against(app, '/people/persons', { cookie })
    const form = await against(app, '/accounts/sign-in', {})
    const notice = await against(app, '/jobs/1', {})
    const table = await against(app, TABLE, { cookie })
    const theirs = await against(stock, TABLE, { cookie: guest })
    return [
      { name: 'signed-in list of 50 rows, against node:http', ratio: list.ratio, bar: SIGNED_IN },
      { name: 'sign-in page, against node:http', ratio: form.ratio },
      { name: 'public notice, table of 50 rows, against node:http', ratio: notice.ratio, bar: 2.2 },
      { name: 'signed-in table of 50 rows, against node:http', ratio: table.ratio, bar: SIGNED_IN },
      { name: 'the same by the framework as it comes', ratio: theirs.ratio },
      {
        name: 'the same, this house to the framework as it comes',
        ratio: table.micros / theirs.micros,
        bar: SIGNED_IN / STOCK,
      },
    ]
  } finally {
    app.process.kill()
    stock.process.kill()
    for (const file of [DATABASE, STOCK_DATABASE]) discard(file)
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
    env: environment(mode, DATABASE, PORTS[task]),
  })
}

/** The page at this address, and a server that sends its bytes: the least of some rounds in turn. */
async function against(served: Served, path: string, headers: object) {
  const plain = await serve('plain', await page(served.url + path, headers))
  let [micros, bare] = [Infinity, Infinity]
  for (let round = 0; round < ROUNDS; round++) {
    micros = Math.min(micros, await cost(served, path, headers))
    bare = Math.min(bare, await cost(plain, '/', {}))
  }
  plain.process.kill()
  return { micros, ratio: micros / bare }
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
  const ignitor = createIgnitor().tap((house) =>
    house.starting(async () => {
      const { middleware } = await import('../start/middleware.js')
      const { default: edge } = await import('edge.js')
      edge.mount('bench', VIEWS)
      addTable(await house.container.make('router'), () => {}).use(middleware.signedIn())
    })
  )
  await ignitor.httpServer().start()
  tellAddress()
}

async function startStock() {
  const { startStockServer } = await import('./stock.support.js')
  await startStockServer(STOCK_DATABASE)
  tellAddress()
}

function tellAddress() {
  process.send!({ url: `http://127.0.0.1:${process.env.PORT}` })
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

const TASKS = { fill: fillDatabase, app: startApp, stock: startStock, plain: startPlain }
const task = process.argv[2] as Task
if (process.send && task in TASKS) {
  process.on('message', (message: any) => {
    if (message !== 'cpu') return void TASKS[task](message.body)
    const { user, system } = process.cpuUsage()
    process.send!({ cpu: user + system })
  })
}
