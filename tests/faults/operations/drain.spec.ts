import { Agent, request } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { inTransaction } from '#shared/database'
import { enqueue } from '#shared/jobs/queue'
import { emptyDatabase } from '#tests/support/database'
import { endChildren, startChild, startServer, until } from './harness.js'

test.group('SIGTERM', (group) => {
  let folder: string
  group.each.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ronghe-drain-'))
    await emptyDatabase()
  })
  group.each.teardown(async () => {
    await endChildren()
    rmSync(folder, { recursive: true, force: true })
  })

  test('running requests finish, kept-alive connections are told to close, the process ends', async ({
    assert,
  }) => {
    // Longer than the test may take: only the header can end these connections in time.
    const agent = new Agent({ keepAlive: true })
    const server = await startServer({ DRAIN_SECONDS: '2' })
    const get = (path: string) => getBy(agent, server.port, path)

    const before = await get('/health/live')
    assert.equal(before.connection, 'keep-alive')
    const release = join(folder, 'release')
    const slow = get(`/faults/wait?file=${release}`)
    await server.message((message) => message === 'waiting')

    server.process.kill('SIGTERM')
    let ready = await get('/health/ready')
    await until(async () => {
      if (ready.status !== 503) ready = await get('/health/ready')
      return ready.status === 503
    })
    assert.equal(ready.connection, 'close')
    assert.equal(JSON.parse(ready.body).checks.draining.status, 'error')
    const another = await get('/faults/database')
    assert.deepEqual([another.status, another.connection], [200, 'close'])

    writeFileSync(release, '')
    const answered = await slow
    assert.deepEqual([answered.status, answered.body], [200, 'done'])
    assert.equal(answered.connection, 'close')
    assert.deepEqual(await server.exited, { code: 0, signal: null })
    agent.destroy()
  }).timeout(50_000)

  test('the running job is finished, the next one is left to another worker', async ({
    assert,
  }) => {
    const log = join(folder, 'log')
    const release = join(folder, 'release')
    const job = (key: string) =>
      inTransaction((trx) =>
        enqueue(trx, { kind: 'faults.wait', key, payload: { log, until: release } })
      )
    await job('first')
    await job('second')
    const worker = startChild('worker.ts', ['jobs:work', '--alone'])
    await worker.message((message) => message === 'first')
    worker.process.kill('SIGTERM')
    // Time for a worker that does not wait to end and leave its job half done.
    await sleep(500)
    writeFileSync(release, '')
    assert.deepEqual(await worker.exited, { code: 0, signal: null })
    const jobs = await db.from('jobs').where('kind', 'faults.wait').orderBy('id')
    assert.deepEqual(
      jobs.map(({ job_key: key, state }) => [key, state]),
      [
        ['first', 'done'],
        ['second', 'queued'],
      ]
    )
  })
})

interface Answer {
  status: number
  connection: string | undefined
  body: string
}

function getBy(agent: Agent, port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, agent }, (response) => {
      let body = ''
      response.on('data', (piece) => (body += piece))
      response.on('end', () =>
        resolve({ status: response.statusCode!, connection: response.headers.connection, body })
      )
    })
    call.on('error', reject)
    call.end()
  })
}
