import env from '#start/env'
import { defineConfig, targets } from '@adonisjs/core/logger'

/** JSON lines on standard output; what could carry personal data is removed before it is written. */
const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'ronghe',
      level: env.get('LOG_LEVEL'),
      redact: {
        paths: [
          'password',
          '*.password',
          'identityNo',
          '*.identityNo',
          'phone',
          '*.phone',
          'err.sql',
          '*.bindings',
        ],
        censor: '[removed]',
      },
      transport: { targets: [targets.file({ destination: 1 })] },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
