import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** So many kills that hit work under way. */
export const KILLS = Number(process.env.KILLS ?? 5)
/** A child takes seconds to start, more on a busy machine. */
export const TIMEOUT = 120_000 + KILLS * 30_000

/** Kills at random moments of the work; one that came too late does not count, the next comes sooner. */
export class Aim {
  hits = 0

  constructor(private within: number) {}

  wait() {
    return new Promise((resolve) => setTimeout(resolve, Math.random() * this.within))
  }

  count(hit: boolean) {
    if (hit) this.hits++
    else this.within *= 0.8
  }
}

/** Waits for a line of the child; a child that ended before cannot be killed in the middle. */
export async function said(child: ChildProcess, word: string) {
  for await (const line of createInterface({ input: child.stdout! })) if (line === word) return
  throw new Error(`the child ended without saying ${word}`)
}

export async function killed(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
