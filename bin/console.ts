import { prettyPrintError } from '@adonisjs/core'
import { createIgnitor } from './ignitor.js'

await createIgnitor()
  .ace()
  .handle(process.argv.splice(2))
  .catch((error) => {
    process.exitCode = 1
    return prettyPrintError(error)
  })
