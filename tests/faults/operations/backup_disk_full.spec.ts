import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { ace, ownPlaces, run } from '../../functional/operations/places.js'
import { emptyDatabase } from '#tests/support/database'
import { tinyDisk, whyNoTinyDisk } from './tiny_disk.js'

const noDisk = whyNoTinyDisk()

test.group('Backup without room', (group) => {
  let places: ReturnType<typeof ownPlaces>
  group.each.setup(async () => {
    places = ownPlaces()
    await emptyDatabase()
    writeFileSync(join(places.STORAGE_DIR, 'large'), Buffer.alloc(2 * 1024 * 1024, 1))
  })
  group.each.teardown(() => places.remove())

  test('a file that may not grow further: refused by name, nothing is left', async ({ assert }) => {
    const command = `trap '' XFSZ; ulimit -f 128; exec "${process.execPath}" ace.js backup`
    const { code, output } = await run('bash', ['-c', command])
    assert.equal(code, 1, output)
    assert.include(output, 'The disk is full')
    assert.deepEqual(readdirSync(places.BACKUP_DIR), [])
  })

  test('a full disk: refused by name, nothing is left, and the next one succeeds', async ({
    assert,
  }) => {
    const disk = tinyDisk(1)
    try {
      const { code, output } = await ace(['backup', `--to=${disk.folder}`])
      assert.equal(code, 1, output)
      assert.include(output, 'The disk is full')
      assert.deepEqual(readdirSync(disk.folder), [])
      const elsewhere = await ace(['backup'])
      assert.equal(elsewhere.code, 0, elsewhere.output)
      assert.lengthOf(readdirSync(places.BACKUP_DIR), 1)
    } finally {
      disk.remove()
    }
  }).skip(Boolean(noDisk), noDisk ?? '')
})
