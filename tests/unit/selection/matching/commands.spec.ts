import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { VECTORS } from './vectors.js'

function command(name: string, content: unknown) {
  const file = join(tmpdir(), `ronghe-${name.replace(':', '-')}-${process.pid}.json`)
  writeFileSync(file, JSON.stringify(content))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['ace.js', name, '--file', file], {
    encoding: 'utf8',
    cwd: new URL('../../../../', import.meta.url),
  })
  return { status, stderr, answer: stdout ? JSON.parse(stdout) : null }
}

test.group('Matching, by command', () => {
  test('all of them, and the tampered one is found', ({ assert }) => {
    const solved = command('match:solve', { cases: VECTORS })
    assert.equal(solved.status, 0)
    VECTORS.forEach(({ expect }, at) => {
      if (expect.assignments)
        assert.deepEqual(solved.answer.cases[at].assignments, expect.assignments)
    })
    const checked = command('match:check', {
      cases: VECTORS.map((one, at) => ({ check: solved.answer.cases[at].assignments, ...one })),
    })
    VECTORS.forEach(({ expect }, at) => {
      const { stable, blockingPairs } = checked.answer.cases[at]
      assert.deepEqual(
        { stable, blockingPairs },
        { stable: expect.stable ?? true, blockingPairs: expect.blockingPairs ?? [] }
      )
    })
  }).timeout(120_000)

  test('a bad instance is 1 with its place, in a batch an answer', ({ assert }) => {
    const bad = { applicants: [], posts: [{ id: 'p', capacity: -1, ranking: [] }] }
    const single = command('match:solve', bad)
    assert.equal(single.status, 1)
    assert.match(single.stderr, /posts\[0\]\.capacity/)
    const batch = command('match:solve', { cases: [bad] })
    assert.equal(batch.status, 0)
    assert.match(batch.answer.cases[0].error, /posts\[0\]\.capacity/)
  }).timeout(120_000)
})
