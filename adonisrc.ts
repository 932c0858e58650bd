import { indexEntities } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/core/app'

const from = (glob: string) => ({ source: 'app', importAlias: '#app', glob: [glob] })

export default defineConfig({
  directories: { languageFiles: 'resources/lang' },

  commands: [() => import('@adonisjs/core/commands'), () => import('@adonisjs/lucid/commands')],

  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    { file: () => import('@adonisjs/core/providers/repl_provider'), environment: ['repl', 'test'] },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/i18n/i18n_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('@adonisjs/vite/vite_provider'),
    () => import('@adonisjs/shield/shield_provider'),
    () => import('@adonisjs/static/static_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/auth/auth_provider'),
    () => import('@adonisjs/mail/mail_provider'),
    () => import('#providers/signatures_provider'),
    () => import('#providers/modules_provider'),
    () => import('#providers/operations_provider'),
    { file: () => import('#providers/startup_checks_provider'), environment: ['web'] },
    { file: () => import('#providers/worker_provider'), environment: ['web'] },
  ],

  preloads: [
    () => import('#start/view'),
    () => import('#start/routes'),
    () => import('#start/kernel'),
    () => import('#start/validator'),
  ],

  tests: {
    suites: [
      { files: ['tests/unit/**/*.spec.ts'], name: 'unit', timeout: 60_000 },
      { files: ['tests/functional/**/*.spec.ts'], name: 'functional', timeout: 120_000 },
      { files: ['tests/faults/**/*.spec.ts'], name: 'faults', timeout: 600_000 },
      { files: ['tests/browser/**/*.spec.ts'], name: 'browser', timeout: 300_000 },
    ],
    forceExit: true,
  },

  metaFiles: [
    { pattern: 'resources/views/**/*.edge', reloadServer: false },
    { pattern: 'resources/lang/**/*.json', reloadServer: false },
    { pattern: 'database/seeders/data/**', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
  ],

  hooks: {
    init: [
      indexEntities({
        controllers: from('**/controllers/**/*_controller.ts'),
        events: from('**/events/**/*.ts'),
        listeners: from('**/listeners/**/*.ts'),
      }),
    ],
    buildStarting: [() => import('@adonisjs/vite/build_hook')],
  },
})
