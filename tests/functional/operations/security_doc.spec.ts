import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'

test.group('docs/security.md', () => {
  const rows = readFileSync(app.makePath('docs/security.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
    .map((line) => line.split(' | ').at(-1)!.replace(/ \|$/, ''))

  test('names only tests that exist', ({ assert }) => {
    assert.isAbove(rows.length, 40)
    const missing = rows.filter((row) => {
      const [file, ...title] = row.split(': ')
      try {
        return !readFileSync(app.makePath(file), 'utf8').includes(title.join(': '))
      } catch {
        return true
      }
    })
    assert.deepEqual(missing, [])
  })
})
