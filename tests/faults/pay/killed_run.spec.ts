import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { requestCompute } from '#pay/actions/compute_run'
import { DEPARTMENT_PDF_JOB, departmentFiles, readDepartmentFile } from '#pay/jobs/department_slips'
import { checkRuns } from '#pay/queries/pay_checks'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction } from '#shared/database'
import { sha256 } from '#shared/crypto'
import { drainJobs, enqueue, releaseLostJobs } from '#shared/jobs/queue'
import { emptyDatabase } from '#tests/support/database'
import { KILLS } from '../operations/harness.js'
import {
  at,
  compute,
  givenAllotment,
  givenItems,
  givenPayOffice,
  givenRun,
  givenStaff,
  givenStandards,
  release,
  TODAY,
} from '../../functional/pay/givens.js'

/** More than a chunk of slips; few enough to draw them some times over. */
const COMPUTED = 450
const DRAWN = 50
const DEPARTMENTS = 5
/** Starting a child costs seconds: fewer of them than of the small ones elsewhere. */
const TIMES = Math.ceil(KILLS * 0.4)
const CHILD = fileURLToPath(new URL('job_child.ts', import.meta.url))

test.group('The process is killed while it works on a run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })
  group.teardown(() => {
    next?.kill('SIGKILL')
  })

  test(`${TIMES} kills in computing: nobody lost, nobody doubled, the same in the end`, async ({
    assert,
  }) => {
    const { office, runId } = await givenComputed(COMPUTED)
    const before = await slipsSeen(runId)
    assert.lengthOf(before, COMPUTED)
    for (let kill = 0; kill < TIMES; kill++) {
      const run = await runById(runId)
      if (run.computedNo === run.computeNo) await requestCompute(await at(runId), office.officer)
      // the first dies after the new figures count and before the old slips are dropped
      await killed(kill === 0 ? 'compute_no. < ' : 900)
      assert.deepEqual(await slipsSeen(runId), before)
      assert.deepEqual(await checkRuns(), [])
      if (kill > 0) continue
      const { computeNo, computedNo } = await runById(runId)
      assert.equal(computedNo, computeNo)
      assert.lengthOf(await db.from('pay_slips'), COMPUTED * 2)
    }
    await workOn()
    const { computeNo, computedNo } = await runById(runId)
    assert.equal(computedNo, computeNo)
    assert.deepEqual(await slipsSeen(runId), before)
    assert.lengthOf(await db.from('pay_slips'), COMPUTED)
    assert.deepEqual((await verifyRun(runId)).differences, [])
    assert.lengthOf(await db.from('jobs').whereNot('state', 'done'), 0)
  }).timeout(600_000)

  test(`${TIMES} kills in drawing the slips: every department once, every file whole`, async ({
    assert,
  }) => {
    const { office, runId } = await givenComputed(DRAWN)
    await release(office, runId)
    await ask(runId, 0)
    for (let kill = 0; kill < TIMES; kill++) {
      if ((await filesWhole(runId, assert)) === DEPARTMENTS) {
        await workOn()
        await inTransaction((trx) => trx.from('files').where('subject_type', 'pay_run').delete())
        await ask(runId, kill)
      }
      // the first dies between the file in its place and its row
      await killed(kill === 0 ? 'insert into .files.' : 2_000)
      if (kill === 0) assert.equal(await filesWhole(runId, assert), 0)
    }
    await workOn()
    assert.equal(await filesWhole(runId, assert), DEPARTMENTS)
    assert.lengthOf(await db.from('jobs').whereNot('state', 'done'), 0)
    assert.deepEqual((await verifyRun(runId)).differences, [])
    assert.deepEqual(await checkRuns(), [])
  }).timeout(600_000)
})

/** A monthly run of people in some departments, computed once without disturbance. */
async function givenComputed(people: number) {
  const office = await givenPayOffice()
  await givenStandards()
  const { unitId, personIds } = await givenStaff(people)
  await givenDepartments(unitId, personIds)
  await givenItems(office)
  await givenAllotment(office, unitId, { part: 'basic', fen: people * 3_000_00 })
  const runId = await givenRun(office, unitId)
  await compute(office, runId)
  await workOn()
  return { office, runId }
}

async function givenDepartments(unitId: number, personIds: number[]) {
  await inTransaction(async (trx) => {
    const names = Array.from({ length: DEPARTMENTS }, (_, index) => `采编${index + 1}部`)
    await bulkInsert(
      trx,
      'departments',
      names.map((name) => ({
        unit_id: unitId,
        name,
        valid_from: '2020-01-01',
        version: 1,
        created_at: clock.now(),
      }))
    )
    const rows = await trx.from('departments').where('unit_id', unitId).orderBy('id').select('id')
    for (const [index, { id }] of rows.entries()) {
      const own = personIds.filter((_, person) => person % DEPARTMENTS === index)
      await trx
        .from('assignments')
        .whereIn('person_id', own)
        .update({ department_id: Number(id) })
    }
  })
}

/** What everybody of the run sees of it: person, amounts and the hash over inputs and lines. */
async function slipsSeen(runId: number) {
  const slips = await slipList({ runId })
  const rows = await db.from('pay_slips').where('run_id', runId).select('id', 'hash')
  const hashes = new Map(rows.map((row) => [Number(row.id), row.hash]))
  return slips.map(({ id, personId, netFen }) => [personId, netFen, hashes.get(id)])
}

function ask(runId: number, time: number) {
  return inTransaction((trx) =>
    enqueue(trx, {
      kind: DEPARTMENT_PDF_JOB,
      key: `${DEPARTMENT_PDF_JOB}:${runId}:${time}`,
      payload: { runId },
    })
  )
}

/** How many departments have their file; each of these is the file that was written down. */
async function filesWhole(runId: number, assert: any): Promise<number> {
  const { computedNo } = await runById(runId)
  const files = await departmentFiles(runId, computedNo)
  assert.lengthOf(new Set(files.map(({ name }) => name)), files.length)
  for (const { id, storageKey } of files) {
    const pdf = await readDepartmentFile(storageKey)
    const { sha256: stored } = await db.from('files').where('id', id).firstOrFail()
    assert.equal(sha256(pdf), stored)
    assert.equal(pdf.subarray(-6).toString().trim(), '%%EOF')
  }
  return files.length
}

/** What a restarted process does. */
async function workOn() {
  await releaseLostJobs()
  await drainJobs()
}

/** The child after this one starts up while this one works: most of its time is starting up. */
let next: ChildProcess | null = null

function start(): ChildProcess {
  const args = ['--import', '@poppinss/ts-exec', CHILD, TODAY]
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
}

/** Kills a child within this many milliseconds of its work, or on its first query like this. */
async function killed(when: number | string) {
  const child = next ?? start()
  next = start()
  const ended = once(child, 'exit')
  child.stdin!.write(`${typeof when === 'string' ? when : ''}\n`)
  await said(child, 'begin')
  if (typeof when === 'number') {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * when))
    child.kill('SIGKILL')
  }
  await ended
}

/** Waits for a line of the child; a child that ended before cannot be killed in the middle. */
async function said(child: ChildProcess, word: string) {
  for await (const line of createInterface({ input: child.stdout! })) if (line === word) return
  throw new Error(`the child ended without saying ${word}`)
}
