import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import edge from 'edge.js'

const VIEWS = 'resources/views'
const BLOCK = /@(?:if|elseif|else|unless|each|end|endif|endeach|let|slot|include)\b/

function views(): string[] {
  return readdirSync(VIEWS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.edge'))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** A tag in the middle of a line is plain text to Edge and would be shown to people. */
function hasInlineTag(line: string, component: RegExp): boolean {
  const text = line.trim()
  const closes = /^@(?:else|end|endif|endeach)\b\s*\S/.test(text)
  return closes || BLOCK.test(text.slice(1)) || component.test(text.slice(1))
}

test.group('Views', () => {
  test('every tag stands on a line of its own', ({ assert }) => {
    const names = edge.loader
      .listComponents()
      .flatMap(({ components }) => components)
      .map(({ tagName }) => tagName.replaceAll('.', '\\.'))
    const component = new RegExp(`@!?(?:${names.join('|')})\\(`)
    const wrong = views().flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
        .filter(({ line }) => hasInlineTag(line, component))
        .map(({ place }) => place)
    )
    assert.deepEqual(wrong, [])
  })

  test('no slot stands inside a condition: Edge answers such a page with an error', ({
    assert,
  }) => {
    const depth = (line: string) => line.length - line.trimStart().length
    const wrong = views().flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n')
      return lines.flatMap((line, index) => {
        if (!line.trim().startsWith('@slot(')) return []
        const outer = lines
          .slice(0, index)
          .findLast((other) => other.trim() && depth(other) < depth(line))
        return /^@(?:if|elseif|else|unless|each)\b/.test(outer!.trim())
          ? [`${file}:${index + 1}`]
          : []
      })
    })
    assert.deepEqual(wrong, [])
  })

  test('no page carries scripts or styles of its own, or unsafe output', ({ assert }) => {
    const wrong = views().filter((file) => {
      const source = readFileSync(file, 'utf8')
      const inline = /<script(?![^>]*\bsrc=)|<style|\son[a-z]+\s*=\s*"|javascript:/i.test(source)
      const raw =
        file.includes('/pages/') && /\{\{\{(?!\s*(?:await \$slots|ui\.|qr\b))/.test(source)
      return inline || raw
    })
    assert.deepEqual(wrong, [])
  })
})
