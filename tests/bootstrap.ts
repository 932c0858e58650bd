import { assert } from '@japa/assert'
import { apiClient } from '@japa/api-client'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import { sessionApiClient } from '@adonisjs/session/plugins/api_client'
import { authApiClient } from '@adonisjs/auth/plugins/api_client'
import { shieldApiClient } from '@adonisjs/shield/plugins/api_client'
import { dbAssertions } from '@adonisjs/lucid/plugins/db'
import type { Config } from '@japa/runner/types'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { useBuiltAssets, withoutVite } from '#tests/support/assets'
import { freshDatabase } from '#tests/support/database'

export const plugins: Config['plugins'] = [
  assert(),
  pluginAdonisJS(app),
  apiClient(),
  sessionApiClient(app),
  authApiClient(app),
  shieldApiClient(),
  dbAssertions(app),
]

export const runnerHooks: Required<Pick<Config, 'setup' | 'teardown'>> = {
  setup: [],
  teardown: [],
}

/** Unit tests touch neither database nor server; the others get a freshly migrated database. */
export const configureSuite: Config['configureSuite'] = (suite) => {
  suite.setup(() => withoutVite())
  if (suite.name === 'unit') return
  suite.setup(() => useBuiltAssets())
  suite.setup(() => freshDatabase())
  suite.setup(() => testUtils.httpServer().start())
}
