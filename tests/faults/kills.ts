import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** So many kills that hit work under way. */
export const KILLS = Number(process.env.KILLS ?? 5)
/** A child takes seconds to start, more on a busy machine. */
export const TIMEOUT = 120_000 + KILLS * 60_000

/** Random moments of a work whose length one undisturbed run has shown. */
export class Aim {
  hits = 0
  private readonly lengthMs: number

  private constructor(lengthMs: number) {
    this.lengthMs = lengthMs
  }

  /** Lets a child work to its end, from its word `begin` to its word `done`. */
  static async at(child: ChildProcess): Promise<Aim> {
    let begun = 0
    for await (const line of createInterface({ input: child.stdout! })) {
      if (line === 'begin') begun = performance.now()
      else if (line === 'done') return new Aim(performance.now() - begun)
    }
    throw new Error('the child ended without having worked')
  }

  wait() {
    return new Promise((resolve) => setTimeout(resolve, Math.random() * this.lengthMs))
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
