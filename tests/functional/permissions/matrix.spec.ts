import { readFile, writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { emptyDatabase } from '#tests/support/database'
import { ALL_ROWS } from './all_rows.js'
import { declaration, permissionsDocument } from './document.js'
import { allRoutes, observe } from './probe.js'
import { givenWorld } from './world.js'

const DOCUMENT = app.makePath('docs/permissions.md')
const parts = ALL_ROWS.map(([, rows]) => rows)
const declared = Object.assign({}, ...parts.map(({ rows }) => rows))

/** The end of a session would leave the next asker outside. */
const last = (name: string) => Number(name.startsWith('accounts.session.destroy'))

test.group('Permissions', (group) => {
  group.setup(() => emptyDatabase())

  test('every route answers every role as declared, and none is undeclared', async ({
    client,
    assert,
  }) => {
    const world = await givenWorld(parts.flatMap(({ build }) => build ?? []))
    const routes = allRoutes().sort((a, b) => last(a.name) - last(b.name))
    const wrong: string[] = []
    for (const route of routes) {
      const seen = await observe(client, route, parts, world).then(declaration, String)
      const expected = declared[route.name] ? declaration(declared[route.name]) : 'no row'
      if (seen !== expected) {
        wrong.push(`'${route.name}': ${seen}, // ${expected}, ${route.method} ${route.pattern}`)
      }
    }
    assert.equal(wrong.join('\n'), '')
  }).timeout(900_000)

  test('every row belongs to a route', ({ assert }) => {
    const names = new Set(allRoutes().map(({ name }) => name))
    assert.deepEqual(
      Object.keys(declared).filter((name) => !names.has(name)),
      []
    )
  })

  test('docs/permissions.md says what is declared', async ({ assert }) => {
    const text = permissionsDocument(ALL_ROWS, allRoutes())
    if (process.env.PERMISSIONS === 'write') await writeFile(DOCUMENT, text)
    assert.equal(await readFile(DOCUMENT, 'utf8'), text)
  })
})
