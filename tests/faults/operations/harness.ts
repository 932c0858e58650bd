import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { readFileSync, existsSync } from 'node:fs'
import app from '@adonisjs/core/services/app'

export interface Child {
  process: ChildProcess
  /** What it has printed so far, both streams. */
  output(): string
  /** Waits for a message of the child that satisfies `wanted`. */
  message(wanted: (message: any) => boolean): Promise<any>
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const running = new Set<ChildProcess>()

/** Starts one of the children's programs; what is still alive after a test is ended by endChildren(). */
export function startChild(
  file: string,
  args: string[],
  variables: Record<string, string> = {}
): Child {
  const path = app.makePath('tests/faults/operations/children', file)
  const child = spawn(process.execPath, ['--import', '@poppinss/ts-exec', path, ...args], {
    cwd: app.makePath(),
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'info', ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  running.add(child)
  let text = ''
  child.stdout!.on('data', (piece) => (text += piece))
  child.stderr!.on('data', (piece) => (text += piece))
  const messages: any[] = []
  child.on('message', (message) => messages.push(message))
  const exited = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return { code, signal }
  })
  return {
    process: child,
    output: () => text,
    exited,
    message: (wanted) =>
      Promise.race([
        new Promise((resolve) => {
          const earlier = messages.find(wanted)
          if (earlier !== undefined) return resolve(earlier)
          child.on('message', (message) => wanted(message) && resolve(message))
        }),
        exited.then(({ code, signal }) => {
          throw new Error(`the child ended too early (${code ?? signal}):\n${text}`)
        }),
      ]),
  }
}

/** A web process of the application on a free port. */
export async function startServer(variables: Record<string, string> = {}) {
  const port = String(await freePort())
  const child = startChild('server.ts', [], {
    HOST: '127.0.0.1',
    PORT: port,
    SESSION_DRIVER: 'memory',
    ...variables,
  })
  await child.message((message) => message === 'ready')
  return { ...child, url: `http://127.0.0.1:${port}`, port: Number(port) }
}

export async function endChildren() {
  for (const child of running) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** The keys whose write was acknowledged before anything went wrong afterwards. */
export function acknowledgedIn(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}

/** How often a process is killed: a share of the full figure (`KILLS=1000`) in every run. */
export const KILLS = Number(process.env.KILLS ?? 10)

/** Waits until `done` says so; for things that other processes do. */
export async function until(done: () => boolean | Promise<boolean>) {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 50))
}
