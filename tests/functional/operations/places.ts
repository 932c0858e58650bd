import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import type { BaseCommand } from '@adonisjs/core/ace'
import kernel from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import env from '#start/env'

/** Folders of one test, and the variables that make this process and its children use them. */
export function ownPlaces() {
  const root = mkdtempSync(join(tmpdir(), 'ronghe-ops-'))
  const values = { STORAGE_DIR: join(root, 'storage'), BACKUP_DIR: join(root, 'backups') } as const
  const before = {
    STORAGE_DIR: env.get('STORAGE_DIR') ?? '',
    BACKUP_DIR: env.get('BACKUP_DIR') ?? '',
  }
  mkdirSync(values.STORAGE_DIR)
  set(values)
  return {
    root,
    ...values,
    remove() {
      set(before)
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function set(values: { STORAGE_DIR: string; BACKUP_DIR: string }) {
  env.set('STORAGE_DIR', values.STORAGE_DIR)
  env.set('BACKUP_DIR', values.BACKUP_DIR)
}

export interface Ended {
  code: number | null
  output: string
}

/** Runs one command within this process, on its database: what needs no process of its own. */
export async function here(command: typeof BaseCommand, args: string[] = []): Promise<Ended> {
  kernel.ui.switchMode('raw')
  try {
    const made = await kernel.create(command, args)
    kernel.ui.logger.flushLogs()
    await made.exec()
    const lines = kernel.ui.logger.getLogs().map(({ message }) => message)
    return { code: made.exitCode ?? 0, output: lines.join('\n') }
  } finally {
    kernel.ui.switchMode('normal')
  }
}

/** Runs one command of the application in a process of its own. */
export function ace(args: string[], variables: Record<string, string> = {}): Promise<Ended> {
  return run(process.execPath, ['ace.js', ...args], variables)
}

/** Runs a program in the application's folder and gives what it printed. */
export function run(
  program: string,
  args: string[],
  variables: Record<string, string> = {}
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: app.makePath(),
    env: { ...process.env, NODE_ENV: 'test', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (piece) => (output += piece))
  child.stderr.on('data', (piece) => (output += piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
