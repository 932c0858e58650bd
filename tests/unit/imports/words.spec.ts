import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import { SPREADSHEET_ERROR_CODES } from '#shared/spreadsheets/errors'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const LOCALES = ['zh-CN', 'en']
/** Where findings are said, and how. */
const PLACES = [
  'app/imports',
  'app/people/domain',
  'app/people/imports',
  'app/organization/imports',
  'app/transfers/imports',
]
const SAID = [
  /\.say\(\s*'(?:note|warning|held|rejected)',\s*'(\w+)'/g,
  /level: '(?:note|warning|held|rejected|skipped)',\s*code: '(\w+)'/g,
  /\bsaid\('(\w+)'/g,
  /error: '(transfer_\w+)'/g,
  /error: '(identity_\w+|grade_range_\w+)'/g,
  /notes\.push\('(\w+)'\)/g,
]

test.group('Words of the imports', () => {
  test('every finding that is said somewhere has a sentence in both languages', ({ assert }) => {
    const codes = new Set(
      PLACES.flatMap(sources).flatMap((text) => SAID.flatMap((one) => all(one, text)))
    )
    assert.isAbove(codes.size, 35)
    for (const locale of LOCALES) {
      const { findings } = words(locale)
      const silent = [...codes].filter((code) => !findings[code])
      assert.deepEqual(silent, [], locale)
    }
  })

  test('every refusal of the reader has a sentence in both languages', ({ assert }) => {
    for (const locale of LOCALES) {
      assert.sameMembers(Object.keys(words(locale).spreadsheets), [...SPREADSHEET_ERROR_CODES])
    }
  })
})

function all(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].map(([, code]) => code)
}

function sources(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${ROOT}${folder}/${name}`, 'utf8'))
}

function words(locale: string): Record<string, Record<string, string>> {
  return JSON.parse(readFileSync(`${ROOT}resources/lang/${locale}/imports.json`, 'utf8'))
}
