import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'

/** Root of the application: every path of the framework starts here. */
export const APP_ROOT = new URL('../', import.meta.url)

const importer = (filePath: string) =>
  filePath.startsWith('./') || filePath.startsWith('../')
    ? import(new URL(filePath, APP_ROOT).href)
    : import(filePath)

/** The one place where the application is put together, for the web, the console and the tests. */
export function createIgnitor() {
  return new Ignitor(APP_ROOT, { importer }).tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    const end = async () => {
      const { startDraining } = await import('#shared/middleware/drain_middleware')
      startDraining()
      await app.terminate()
    }
    app.listen('SIGTERM', end)
    app.listen('SIGINT', end)
  })
}
