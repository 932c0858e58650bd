import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { environment, signIn } from './http.support.js'
import { discard, withApp } from './process.support.js'
import type { Measured } from './run.js'

const PORTS = ['33992', '33993']
const PEOPLE = 60
const CLIENTS = 8
const DRAIN_SECONDS = 2
const LOOK = 250
const DATABASE = 'tmp/bench-restart.sqlite3'

interface Instance {
  port: string
  process: ChildProcess
  /** Whether the balancer sends requests there: as `/health/ready` said at its last look. */
  ready: boolean
  agent: Agent
}

/**
 * Two instances on one database, restarted one after the other while signed-in people go on asking
 * for pages over kept-alive connections, through a balancer that looks at `/health/ready` four times
 * a second. Requests that were reset or answered without a page, of which there may be none; and how
 * long a process took to end after its draining and its longest request, against a second.
 */
export async function run(): Promise<Measured[]> {
  await fill()
  const instances = await Promise.all(PORTS.map(start))
  const cookie = await signIn(`http://127.0.0.1:${PORTS[0]}`, 'bench')
  const load = new Load(instances, cookie)
  try {
    load.begin()
    await sleep(2_000)
    const ends: number[] = []
    for (const instance of instances) {
      ends.push(await restart(instance))
      await sleep(2_000)
    }
    await load.end()
    if (load.asked < CLIENTS * 10) throw new Error(`only ${load.asked} requests were made`)
    const beyond = Math.max(...ends) / 1_000 - DRAIN_SECONDS - load.longest / 1_000
    return [
      {
        name: `resets and errors in ${load.asked} requests over two restarts`,
        ratio: load.failed.length,
        bar: 0,
      },
      {
        name: 'end of a process after draining and its longest request, to 1 s',
        ratio: Math.max(beyond, 0),
        bar: 1,
      },
    ]
  } finally {
    await load.end()
    if (load.failed.length) console.error(load.failed.slice(0, 5))
    for (const instance of instances) instance.process.kill('SIGKILL')
    discard(DATABASE)
  }
}

class Load {
  asked = 0
  longest = 0
  failed: string[] = []
  #running: Promise<unknown> = Promise.resolve()
  #over = false

  constructor(
    private instances: Instance[],
    private cookie: string
  ) {}

  begin() {
    const clients = Array.from({ length: CLIENTS }, () => this.#client())
    this.#running = Promise.all([...clients, this.#balancer()])
  }

  async end() {
    this.#over = true
    await this.#running
  }

  async #balancer() {
    while (!this.#over) {
      for (const instance of this.instances) instance.ready = await isReady(instance)
      await sleep(LOOK)
    }
  }

  async #client() {
    while (!this.#over) {
      const ready = this.instances.filter((one) => one.ready)
      const instance = ready[this.asked++ % ready.length]
      const sent = performance.now()
      await get(instance, '/people/persons', this.cookie).then(
        (status) => status === 200 || this.failed.push(String(status)),
        (error) => this.failed.push(`${error.code ?? error}`)
      )
      this.longest = Math.max(this.longest, performance.now() - sent)
    }
  }
}

/** Milliseconds from the signal to the end; afterwards it serves again. */
async function restart(instance: Instance): Promise<number> {
  const asked = performance.now()
  instance.process.kill('SIGTERM')
  const [code] = await once(instance.process, 'exit')
  const took = performance.now() - asked
  if (code !== 0) throw new Error(`ended with ${code}`)
  Object.assign(instance, await start(instance.port))
  return took
}

async function start(port: string): Promise<Instance> {
  const child = fork(import.meta.filename, ['serve'], {
    execArgv: ['--import', import.meta.resolve('@poppinss/ts-exec')],
    env: { ...environment('production', DATABASE, port), DRAIN_SECONDS: String(DRAIN_SECONDS) },
  })
  await once(child, 'message')
  return { port, process: child, ready: true, agent: new Agent({ keepAlive: true }) }
}

function isReady(instance: Instance): Promise<boolean> {
  return get(instance, '/health/ready').then(
    (status) => status === 200,
    () => false
  )
}

function get({ port, agent }: Instance, path: string, cookie = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, path, agent, headers: { cookie } },
      (answer) => {
        answer.on('end', () => resolve(answer.statusCode!)).on('error', reject)
        answer.resume()
      }
    )
    call.on('error', reject).end()
  })
}

async function fill() {
  const child = fork(import.meta.filename, ['fill'], {
    execArgv: ['--import', import.meta.resolve('@poppinss/ts-exec')],
    env: environment('test', DATABASE, PORTS[0]),
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`filling ended with ${code}`)
}

async function fillDatabase() {
  const { givenAssignment, givenPerson, givenUnit, givenUser } =
    await import('../tests/support/givens.js')
  const unitId = await givenUnit({ name: '融媒体中心' })
  for (let index = 0; index < PEOPLE; index++) {
    await givenAssignment(await givenPerson({ name: `王小${index}` }), unitId)
  }
  await givenUser({ role: 'hr_officer', row: { username: 'bench' } })
}

async function serve() {
  const { createIgnitor } = await import('../bin/ignitor.js')
  await createIgnitor().httpServer().start()
  process.send!('ready')
}

if (process.send && process.argv[2] === 'serve') await serve()
if (process.send && process.argv[2] === 'fill') {
  await withApp(fillDatabase)
  process.exit(0)
}
