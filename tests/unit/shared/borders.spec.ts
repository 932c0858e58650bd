import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { ESLint } from 'eslint'

test.group('Borders of modules, held by lint', () => {
  const refused = async (file: string, source: string) => {
    const lint = new ESLint({ cwd: app.makePath() })
    const code = `import { x } from '${source}'\nexport const y = x\n`
    const [{ messages }] = await lint.lintText(code, { filePath: app.makePath(file) })
    return messages.some(({ ruleId }) => ruleId === 'no-restricted-imports')
  }

  test('no file calls a module below, a domain neither', async ({ assert }) => {
    for (const file of ['app/people/actions/probe.ts', 'app/people/domain/probe.ts']) {
      assert.isTrue(await refused(file, '#pay/domain/codes'), file)
      assert.isFalse(await refused(file, '#organization/domain/codes'), file)
    }
    assert.isTrue(await refused('app/pay/actions/probe.ts', '#people/controllers/events'))
  }).timeout(60_000)

  test('a domain is pure, whatever module it is of', async ({ assert }) => {
    for (const source of [
      '#organization/queries/units',
      '../queries/events.js',
      '#shared/database',
      '@adonisjs/lucid/services/db',
    ]) {
      assert.isTrue(await refused('app/people/domain/probe.ts', source), source)
      assert.isFalse(await refused('app/people/actions/probe.ts', source), source)
    }
  }).timeout(60_000)
})
