import { fork, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { environment, signIn, token } from './http.support.js'

const PEOPLE = 500
const SECONDS = 60
const PORT = '33991'
const DATABASE = 'tmp/bench-selection.sqlite3'
const ORDERS = [['C01'], ['C02', 'C01'], ['C03', 'C02', 'C01'], ['C01', 'C03']]

/** Preferences close at midnight in Shanghai. */
const SIGNING_IN = '2022-02-25T15:00:00.000Z'
const LAST_MINUTE = '2022-02-25T15:59:00.000Z'
const LAST_SECONDS = '2022-02-25T15:59:50.000Z'
const MIDNIGHT = '2022-02-25 16:00:00.000'
const CLOSED = '2022-02-25 16:03:00.000'

type Task = 'fill' | 'serve' | 'count'

interface Filled {
  roundId: number
  people: { username: string; participantId: number }[]
}

interface Kept {
  lost: number
  late: number
}

interface Person {
  cookie: string
  participantId: number
  /** Of the page as it was last shown. */
  html: string
  posts: string[]
}

/**
 * The rush at the deadline, over HTTP with a session each: in the last minute everybody opens the
 * page and saves, in the last ten seconds everybody saves anew. The server's own clock runs past midnight
 * meanwhile. Time of the first wave against the minute; choices lost or refused as late, of which
 * there may be none.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const { roundId, people } = await ask<Filled>('fill', {}, 'roundId')
  const server = start('serve')
  try {
    const { url } = await said<{ url: string }>(server, 'url')
    const page = `${url}/selection/mine/${roundId}`
    const everybody: Person[] = []
    for (const [index, { username, participantId }] of people.entries()) {
      const cookie = await signIn(url, username, { address: `10.0.${index >> 8}.${index & 255}` })
      everybody.push({ cookie, participantId, html: '', posts: [] })
    }
    setClock(server, LAST_MINUTE)
    const started = performance.now()
    const first = await all(everybody, async (person, index) => {
      await open(page, person)
      return save(page, person, ORDERS[index % ORDERS.length])
    })
    const seconds = (performance.now() - started) / 1000
    setClock(server, LAST_SECONDS)
    const second = await all(everybody, (person, index) =>
      save(page, person, ORDERS[(index + 1) % ORDERS.length])
    )
    const wanted = everybody.map(({ participantId, posts }) => ({ participantId, posts }))
    const kept = await ask<Kept>('count', { roundId, wanted }, 'lost')
    return [
      {
        name: `${PEOPLE} people open the page and save in the last minute: time against the minute`,
        ratio: seconds / SECONDS,
        bar: 1,
      },
      {
        name: 'saves refused, stamped late or lost, with all again in the last ten seconds',
        ratio: first.refused + second.refused + kept.late + kept.lost,
        bar: 0,
      },
    ]
  } finally {
    server.kill()
    for (const end of ['', '-wal', '-shm']) await rm(`${DATABASE}${end}`, { force: true })
  }
}

async function all(
  everybody: readonly Person[],
  act: (person: Person, index: number) => Promise<boolean>
) {
  const answers = await Promise.allSettled(everybody.map(act))
  const done = answers.filter((answer) => answer.status === 'fulfilled' && answer.value)
  return { refused: everybody.length - done.length }
}

async function open(page: string, person: Person) {
  const answer = await fetch(page, { headers: { cookie: person.cookie } })
  if (answer.status !== 200) throw new Error(`${page}: ${answer.status}`)
  person.html = await answer.text()
}

/** The form as the page has it; the answer is the page anew, with the receipt. */
async function save(page: string, person: Person, posts: string[]): Promise<boolean> {
  const revision = /name=['"]revision['"][^>]*value=['"](\d*)/.exec(person.html)![1]
  const form = new URLSearchParams({
    _csrf: token(person.html),
    revision,
    accepts_placement: 'yes',
  })
  for (const [index, code] of posts.entries()) form.set(`choices[${index}]`, code)
  person.posts = posts
  const answer = await fetch(page, {
    method: 'POST',
    headers: { cookie: person.cookie },
    body: form,
  })
  person.html = await answer.text()
  return answer.status === 200 && answer.redirected
}

function start(task: Task): ChildProcess {
  return fork(import.meta.filename, [task], {
    execArgv: ['--import', import.meta.resolve('@poppinss/ts-exec')],
    env: {
      ...environment(task === 'serve' ? 'production' : 'test', DATABASE, PORT),
      WORKER: 'inline',
    },
  })
}

/** What a process of its own answers; it ends with the answer. */
async function ask<T extends object>(task: Task, question: object, field: keyof T): Promise<T> {
  const child = start(task)
  child.send(question)
  const answer = await said<T>(child, field)
  child.kill()
  return answer
}

/** The first message with this field: the framework sends some of its own. */
function said<T extends object>(child: ChildProcess, field: keyof T): Promise<T> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: T) => {
      if (message[field] !== undefined) resolve(message)
    })
    child.on('exit', (code) => reject(new Error(`ended with ${code}`)))
  })
}

const setClock = (server: ChildProcess, now: string) => server.send({ now })

async function boot() {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  return import('#shared/clock')
}

async function fill(): Promise<Filled> {
  const { clock } = await boot()
  const { freshDatabase } = await import('../tests/support/database.js')
  const { givenSealedRound } = await import('../tests/functional/selection/givens.js')
  const { advanceRound } = await import('#selection/actions/advance')
  await freshDatabase()
  clock.freeze('2022-02-18')
  const { roundId, staff } = await givenSealedRound(PEOPLE)
  clock.freeze('2022-02-25')
  await advanceRound(roundId)
  return {
    roundId,
    people: staff.map(({ user, place }) => ({
      username: user.username,
      participantId: place.id,
    })),
  }
}

/** A clock that runs as the real one does, from another moment on. */
async function serve() {
  const Real = Date
  let shift = Real.parse(SIGNING_IN) - Real.now()
  globalThis.Date = class extends Real {
    constructor(...given: any[]) {
      if (given.length) super(...(given as [number]))
      else super(Real.now() + shift)
    }
    static now() {
      return Real.now() + shift
    }
  } as DateConstructor
  process.on('message', ({ now }: { now?: string }) => {
    if (now) shift = Real.parse(now) - Real.now()
  })
  const { createIgnitor } = await import('../bin/ignitor.js')
  await createIgnitor().httpServer().start()
  return { url: `http://127.0.0.1:${PORT}` }
}

/** After the phase has ended: whose last choice is not what the round has, or bears a late stamp. */
async function count({ roundId, wanted }: { roundId: number; wanted: Person[] }) {
  const { clock } = await boot()
  const { runPhases } = await import('#selection/jobs/phases_job')
  const { roundById } = await import('#selection/queries/rounds')
  const { participantById } = await import('#selection/queries/participants')
  const { ownChoice } = await import('#selection/queries/choices')
  clock.freeze(CLOSED)
  await runPhases()
  const { state } = await roundById(roundId)
  if (state !== 'ranking') throw new Error(`the round is in ${state}`)
  let [lost, late] = [0, 0]
  for (const { participantId, posts } of wanted) {
    const own = await ownChoice(await participantById(participantId))
    if (own?.choice.posts.join() !== posts.join() || own.revision !== 2) lost += 1
    else if (own.savedAt >= MIDNIGHT) late += 1
  }
  return { lost, late }
}

const TASKS: Record<Task, (question: any) => Promise<object>> = { fill, serve, count }
const task = process.argv[2] as Task
if (process.send && task in TASKS) {
  process.on('disconnect', () => process.exit())
  const answer = async (question: object) => process.send!(await TASKS[task](question))
  if (task === 'serve') await answer({})
  else process.once('message', answer)
}
