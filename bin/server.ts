import { prettyPrintError } from '@adonisjs/core'
import { createIgnitor } from './ignitor.js'

await createIgnitor()
  .httpServer()
  .start()
  .catch((error) => {
    process.exitCode = 1
    return prettyPrintError(error)
  })
