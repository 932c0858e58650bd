import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'

const MANIFEST = 'public/assets/.vite/manifest.json'
const SOURCES = ['resources/css', 'resources/js']

/**
 * Browser tests run on the built scripts and styles, as production does: they are built when the
 * sources are newer, and the development server of Vite is stopped.
 */
export async function useBuiltAssets() {
  if (isStale()) {
    const { build } = await import('vite')
    await build({ root: app.makePath(), logLevel: 'error', mode: 'production' })
  }
  const vite = await app.container.make('vite')
  await vite.stopDevServer()
  vite.hasManifestFile = true
}

function isStale(): boolean {
  const manifest = app.makePath(MANIFEST)
  if (!existsSync(manifest)) return true
  const built = statSync(manifest).mtimeMs
  return SOURCES.some((folder) =>
    readdirSync(app.makePath(folder), { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && statSync(join(entry.parentPath, entry.name)).mtimeMs > built
    )
  )
}
