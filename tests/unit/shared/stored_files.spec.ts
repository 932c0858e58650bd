import { test } from '@japa/runner'
import { glob, readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'

/**
 * What reads sealed bytes back from the disk: the one reader of uploads, which puts the opening on
 * record; an import's own check; and the papers that the house drew, whose export is on record.
 */
const READERS = [
  'app/audit/actions/open_file.ts',
  'app/imports/files.ts',
  'app/pay/jobs/department_slips.ts',
  'app/transfers/jobs/paper_job.ts',
]

test.group('Stored files', () => {
  test('an uploaded file is opened in one place', async ({ assert }) => {
    const readers: string[] = []
    for await (const file of glob('app/**/*.ts', { cwd: app.makePath() })) {
      const text = await readFile(app.makePath(file), 'utf8')
      if (/\b(readFile|createReadStream)\(/.test(text) && /\bunseal\(/.test(text))
        readers.push(file)
    }
    assert.deepEqual(readers.sort(), READERS)
    const callers: string[] = []
    for await (const file of glob('app/**/*_controller.ts', { cwd: app.makePath() })) {
      const text = await readFile(app.makePath(file), 'utf8')
      if (/\bopenedFile\(/.test(text)) callers.push(file)
    }
    assert.isEmpty(callers, 'the reader of imports answers no request')
  })
})
