import { fork, type ChildProcess } from 'node:child_process'
import { Agent, get } from 'node:http'
import { rm } from 'node:fs/promises'
import autocannon from 'autocannon'
import { environment, signIn } from './http.support.js'

const RATE = 200
const SECONDS = 20
const WARM_UP = 2_000
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

interface Page {
  path: string
  headers: { cookie: string }
}

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
      const { p99, failed } = await arrivals(url, requests)
      const what = `${people} people, ${RATE} requests a second`
      figures.push({
        name: `${what}: p99 to ${LIMIT_MS} ms`,
        ratio: p99 / LIMIT_MS,
        bar: 1,
      })
      figures.push({ name: `${what}: without a page`, ratio: failed, bar: 0 })
    } finally {
      server.kill()
      for (const end of ['', '-wal', '-shm']) await rm(`${DATABASE}${end}`, { force: true })
    }
  }
  return figures
}

/**
 * People come when they come: gaps as random as theirs, however long earlier answers take, and every
 * answer counts from the moment its request was due. (autocannon's rate sends what is due in a second
 * at its beginning, as fast as its connections are answered.)
 */
async function arrivals(url: string, pages: Page[]) {
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  let failed = 0
  const answered: Promise<void>[] = []
  let due = performance.now()
  const end = due + SECONDS * 1_000
  for (let index = 0; due < end; index++, due += (-Math.log(1 - Math.random()) * 1_000) / RATE) {
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const since = due
    const { path, headers } = pages[index % pages.length]
    const answer = new Promise<void>((resolve) => {
      const over = (ok: boolean) => {
        times.push(performance.now() - since)
        if (!ok) failed++
        resolve()
      }
      get(url + path, { agent, headers }, (response) => {
        response.resume().on('end', () => over(response.statusCode === 200))
      }).on('error', () => over(false))
    })
    answered.push(answer)
  }
  await Promise.all(answered)
  agent.destroy()
  times.sort((a, b) => a - b)
  return { p99: times[Math.ceil(times.length * 0.99) - 1], failed }
}

async function everybody(url: string): Promise<Page[]> {
  const requests: Page[] = []
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
