import { fork, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import autocannon from 'autocannon'
import { environment, signIn } from './http.support.js'

const RATE = 200
const SECONDS = 20
const WARM_UP = 2_000
const CONNECTIONS = 50
/** Of the slowest answer in a hundred. */
const LIMIT_MS = 300
const PORT = '33993'
const DATABASE = 'tmp/bench-load.sqlite3'

/** Who looks at what, in turns: of twenty pages the city's HR opens one, that of a unit five. */
const OWN = ['/', '/people/persons/11', '/inbox']
const PAGES = {
  staff: [...OWN, ...OWN, ...OWN, ...OWN, '/', '/people/persons/11'],
  unit: ['/', '/people/persons', '/organization/quota', '/search?q=wang', '/inbox'],
  city: ['/people/persons'],
}

type Task = 'fill' | 'serve'

/**
 * 200 requests a second for twenty seconds from people who are signed in, over the pages that offices
 * open most: the 99th percentile against 300 ms, at 600 and at 200,000 people; and what was not
 * answered with a page.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const figures = []
  for (const people of [600, 200_000]) {
    await ended(start('fill', 'test', { people }))
    const server = start('serve', 'production')
    try {
      const url = await listening(server)
      const requests = await everybody(url)
      await autocannon({ url, connections: 8, amount: WARM_UP, requests })
      const measured = { connections: CONNECTIONS, duration: SECONDS, overallRate: RATE }
      const { latency, non2xx, errors } = await autocannon({ url, ...measured, requests })
      const what = `${people} people, ${RATE} requests a second`
      figures.push({
        name: `${what}: p99 to ${LIMIT_MS} ms`,
        ratio: latency.p99 / LIMIT_MS,
        bar: 1,
      })
      figures.push({ name: `${what}: without a page`, ratio: non2xx + errors, bar: 0 })
    } finally {
      server.kill()
      for (const end of ['', '-wal', '-shm']) await rm(`${DATABASE}${end}`, { force: true })
    }
  }
  return figures
}

async function everybody(url: string) {
  const requests = []
  for (const [username, paths] of Object.entries(PAGES)) {
    const headers = { cookie: await signIn(url, username) }
    for (const path of paths) requests.push({ path, headers })
  }
  return requests
}

function start(task: Task, mode: 'test' | 'production', settings: object = {}): ChildProcess {
  return fork(import.meta.filename, [task, JSON.stringify(settings)], {
    execArgv: ['--import', import.meta.resolve('@poppinss/ts-exec')],
    env: environment(mode, DATABASE, PORT),
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) =>
    child.on('exit', (code) => (code ? reject(new Error(`filling ended with ${code}`)) : resolve()))
  )
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: any) => message.url && resolve(message.url))
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

async function fill({ people }: { people: number }) {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  const { freshDatabase } = await import('../tests/support/database.js')
  const { givenUser } = await import('../tests/support/givens.js')
  const { fillPeople } = await import('./people.support.js')
  await freshDatabase()
  await fillPeople(people)
  await givenUser({ role: 'hr_head', row: { username: 'city' } })
  await givenUser({ role: 'hr_officer', unitId: 3, row: { username: 'unit' } })
  await givenUser({ personId: 11, row: { username: 'staff' } })
  await app.terminate()
  process.exit(0)
}

async function serve() {
  const { createIgnitor } = await import('../bin/ignitor.js')
  await createIgnitor().httpServer().start()
  process.send!({ url: `http://127.0.0.1:${PORT}` })
}

const TASKS = { fill, serve }
const task = process.argv[2] as Task
if (process.send && task in TASKS) await TASKS[task](JSON.parse(process.argv[3]))
