import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { endChildren, startServer, until } from './harness.js'

const IDENTITY = '11010519491231002X'

test.group('Logs', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => endChildren())

  for (const path of ['/faults/driver', '/faults/duplicate']) {
    test(`the failure behind ${path} is found by its request id and names nobody`, async ({
      assert,
    }) => {
      const server = await startServer()
      const response = await fetch(`${server.url}${path}?identity=${IDENTITY}`, {
        headers: { 'x-request-id': 'request-of-this-test', 'accept': 'text/html' },
      })
      const page = await response.text()
      assert.equal(response.status, 500)
      assert.include(page, 'request-of-this-test')
      assert.notInclude(page, IDENTITY)

      const errors = () => linesOf(server.output()).filter(({ level }) => level >= 50)
      await until(() => errors().length > 0)
      assert.lengthOf(errors(), 1)
      assert.equal(errors()[0].request_id, 'request-of-this-test')
      assert.isString(errors()[0].err.code)
      assert.notInclude(server.output(), IDENTITY)
    })
  }
})

/** The output is nothing but lines of JSON; anything else fails here. */
function linesOf(output: string): any[] {
  return output
    .split('\n')
    .slice(0, -1)
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
