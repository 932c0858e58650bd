import app from '@adonisjs/core/services/app'
import { defineConfig, loaders } from '@adonisjs/i18n'
import { CompiledMessages } from '#shared/messages'

export default defineConfig({
  defaultLocale: 'zh-CN',
  supportedLocales: ['zh-CN', 'en'],
  formatter: () => new CompiledMessages(),
  loaders: [loaders.fs({ location: app.languageFilesPath() })],
})
