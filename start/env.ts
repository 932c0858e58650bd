import { Env } from '@adonisjs/core/env'

/** Environment variables, checked at start-up. `.env.example` explains each one. */
export default await Env.create(new URL('../', import.meta.url), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  HOST: Env.schema.string({ format: 'host' }),
  PORT: Env.schema.number(),
  APP_URL: Env.schema.string({ format: 'url', tld: false }),
  LOG_LEVEL: Env.schema.string(),
  APP_TZ: Env.schema.string.optional(),

  APP_KEY: Env.schema.secret(),
  DATA_KEY: Env.schema.secret(),

  DB_CONNECTION: Env.schema.enum.optional(['sqlite', 'mysql'] as const),
  DB_FILE: Env.schema.string.optional(),
  DB_HOST: Env.schema.string.optional(),
  DB_PORT: Env.schema.number.optional(),
  DB_USER: Env.schema.string.optional(),
  DB_PASSWORD: Env.schema.string.optional(),
  DB_DATABASE: Env.schema.string.optional(),
  DB_TIMEOUT_SECONDS: Env.schema.number.optional(),

  TRUSTED_PROXIES: Env.schema.string.optional(),
  SESSION_DRIVER: Env.schema.enum(['memory', 'database'] as const),
  HTTPS: Env.schema.boolean.optional(),
  PUBLIC_PAGE_SECONDS: Env.schema.number.optional(),
  PASSWORD_POLICY: Env.schema.enum.optional(['mlps', 'asvs'] as const),
  DEMO: Env.schema.boolean.optional(),
  STORAGE_DIR: Env.schema.string.optional(),
  BACKUP_DIR: Env.schema.string.optional(),
  DRAIN_SECONDS: Env.schema.number.optional(),
  WORKER: Env.schema.enum.optional(['inline', 'off'] as const),

  MAIL_ENABLED: Env.schema.boolean.optional(),
  MAIL_FROM: Env.schema.string.optional(),
  SMTP_HOST: Env.schema.string.optional(),
  SMTP_PORT: Env.schema.number.optional(),
})
