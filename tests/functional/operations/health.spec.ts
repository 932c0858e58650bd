import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { enqueue } from '#shared/jobs/queue'
import { DISK_FULL_MB, DISK_LOW_MB, DiskCheck } from '#shared/operations/health_checks'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { ownPlaces } from './places.js'

test.group('Health', (group) => {
  let places: ReturnType<typeof ownPlaces>
  group.each.setup(async () => {
    places = ownPlaces()
    await emptyDatabase()
  })
  group.each.teardown(() => {
    clock.release()
    places.remove()
  })

  const backupMade = (createdAt: string) => {
    const name = `ronghe-${createdAt.replace(/[-:.]/g, '').replace(' ', 'T')}Z`
    mkdirSync(join(places.BACKUP_DIR, name), { recursive: true })
    writeFileSync(join(places.BACKUP_DIR, name, 'manifest.json'), JSON.stringify({ createdAt }))
  }

  test('both answers begin no session, set no cookie and name nobody', async ({
    client,
    assert,
  }) => {
    const user = await givenUser({ role: 'hr_officer' })
    for (const path of ['/health/live', '/health/ready']) {
      const response = await client.get(path)
      response.assertStatus(200)
      assert.match(String(response.header('content-type')), /json/)
      assert.isUndefined(response.header('set-cookie'))
      assert.equal(response.header('cache-control'), 'no-store')
      assert.notInclude(response.text(), user.username)
    }
    assert.lengthOf(await rowsOf('sessions'), 0)
  })

  test('a new installation without a backup is degraded, not out of service', async ({
    client,
    assert,
  }) => {
    const response = await client.get('/health/ready')
    response.assertStatus(200)
    const { status, checks } = response.body()
    assert.equal(status, 'degraded')
    assert.equal(checks.backup.status, 'warning')
    assert.isNull(checks.backup.ageHours)
    assert.equal(checks.database.status, 'ok')
    assert.isAbove(checks.disk.freeMb, 0)
  })

  test('the newest backup counts, and after 26 hours it is old', async ({ client, assert }) => {
    clock.freeze('2026-06-10 00:00:00.000')
    backupMade('2026-06-01 00:00:00.000')
    const old = await client.get('/health/ready')
    assert.equal(old.body().checks.backup.status, 'warning')
    assert.equal(old.body().checks.backup.ageHours, 216)
    backupMade('2026-06-09 23:00:00.000')
    const fresh = await client.get('/health/ready')
    assert.equal(fresh.body().checks.backup.status, 'ok')
    assert.equal(fresh.body().status, 'ready')
  })

  test('a due job that nobody takes shows; one that is not due yet does not', async ({
    client,
    assert,
  }) => {
    clock.freeze('2026-06-10 00:00:00.000')
    await inTransaction((trx) =>
      enqueue(trx, { kind: 'x', key: 'later', runAfter: clock.in(3600) })
    )
    const before = await client.get('/health/ready')
    assert.equal(before.body().checks.queue.oldestDueSeconds, 0)
    await inTransaction((trx) => enqueue(trx, { kind: 'x', key: 'now' }))
    clock.freeze('2026-06-10 00:10:00.000')
    const after = await client.get('/health/ready')
    assert.equal(after.body().checks.queue.oldestDueSeconds, 600)
    assert.equal(after.body().checks.queue.status, 'warning')
  })

  test('little space is a warning, none takes the instance out of service', ({ assert }) => {
    const check = new DiskCheck()
    assert.equal(check.judge(DISK_LOW_MB).status, 'ok')
    assert.equal(check.judge(DISK_LOW_MB - 1).status, 'warning')
    assert.equal(check.judge(DISK_FULL_MB - 1).status, 'error')
  })

  test('only these two paths and only GET are answered so', async ({ client }) => {
    const other = await client.get('/health/secrets')
    other.assertStatus(404)
    const posted = await client.post('/health/live').withCsrfToken()
    posted.assertStatus(404)
  })
})
