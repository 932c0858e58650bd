import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'

const MANIFEST = 'public/assets/.vite/manifest.json'
const SOURCES = ['resources/css', 'resources/js']

/** The framework starts it for every suite; it would follow each file that the tests write. */
export async function withoutVite() {
  const vite = await app.container.make('vite')
  await vite.stopDevServer()
}

/**
 * Pages of tests bear the built scripts and styles, as in production: they are built when the
 * sources are newer.
 */
export async function useBuiltAssets() {
  if (isStale()) {
    const { build } = await import('vite')
    await build({ root: app.makePath(), logLevel: 'error', mode: 'production' })
  }
  const vite = await app.container.make('vite')
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
