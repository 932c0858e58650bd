import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'

const LANG = 'resources/lang'
const SOURCES = ['resources/views', 'app']
/** A literal key: the call of t, or a key that is passed on to it (DomainError, label of the menu). */
const CALL = /\bt\(\s*'([a-z_]+\.[A-Za-z0-9_.]+)'\s*[,)]/g
const REFUSAL = /new DomainError\(\s*'([a-z_]+\.[A-Za-z0-9_.]+)'/g

type Texts = Map<string, string>

function textsOf(locale: string): Texts {
  const texts: Texts = new Map()
  for (const file of readdirSync(join(LANG, locale))) {
    const body = JSON.parse(readFileSync(join(LANG, locale, file), 'utf8'))
    flatten(body, file.replace('.json', ''), texts)
  }
  return texts
}

function flatten(value: unknown, key: string, texts: Texts) {
  if (typeof value === 'string') texts.set(key, value)
  else
    for (const [name, item] of Object.entries(value as object))
      flatten(item, `${key}.${name}`, texts)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(edge|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Names of the arguments of an ICU text, those inside the cases of a plural or select included. */
function placesOf(text: string): string[] {
  const names = new Set<string>()
  let at = 0
  const until = (signs: string) => {
    const start = at
    while (at < text.length && !signs.includes(text[at])) at++
    return text.slice(start, at).trim()
  }
  const message = () => {
    while (at < text.length && text[at] !== '}') {
      if (text[at] === '{') argument()
      else at++
    }
  }
  const argument = () => {
    at++
    names.add(until(',}'))
    while (at < text.length && text[at] !== '}') {
      if (text[at] === '{') {
        at++
        message()
      }
      at++
    }
    at++
  }
  message()
  return [...names].sort()
}

test.group('Translations', () => {
  const chinese = textsOf('zh-CN')
  const english = textsOf('en')

  test('no key is written twice in a file', ({ assert }) => {
    for (const locale of ['zh-CN', 'en']) {
      for (const file of readdirSync(join(LANG, locale))) {
        const text = readFileSync(join(LANG, locale, file), 'utf8')
        // What is written twice is read once.
        assert.equal(text, `${JSON.stringify(JSON.parse(text), null, 2)}\n`, `${locale}/${file}`)
      }
    }
  })

  test('both languages have the same keys and none is empty', ({ assert }) => {
    const missing = [
      ...[...chinese.keys()].filter((key) => !english.has(key)).map((key) => `en: ${key}`),
      ...[...english.keys()].filter((key) => !chinese.has(key)).map((key) => `zh-CN: ${key}`),
      ...[...chinese, ...english]
        .filter(([, text]) => !text.trim())
        .map(([key]) => `empty: ${key}`),
    ]
    assert.deepEqual(missing, [])
  })

  test('both languages have the same places', ({ assert }) => {
    const different = [...chinese]
      .filter(([key, text]) => placesOf(text).join() !== placesOf(english.get(key) ?? text).join())
      .map(([key]) => key)
    assert.deepEqual(different, [])
  })

  test('every text is formatted without an error in {$self}')
    .with(['zh-CN', 'en'])
    .run(async ({ assert }, locale) => {
      await i18nManager.loadTranslations()
      const i18n = i18nManager.locale(locale)
      const wrong: string[] = []
      for (const [key, text] of locale === 'en' ? english : chinese) {
        const params = Object.fromEntries(placesOf(text).map((name) => [name, 1]))
        try {
          i18n.t(key, params)
        } catch (error) {
          wrong.push(`${key}: ${error}`)
        }
      }
      assert.deepEqual(wrong, [])
    })

  test('every literal key of the pages and of the code exists', ({ assert }) => {
    const unknown: string[] = []
    for (const file of SOURCES.flatMap(filesIn)) {
      const source = readFileSync(file, 'utf8')
      for (const match of [...source.matchAll(CALL), ...source.matchAll(REFUSAL)]) {
        if (!chinese.has(match[1])) unknown.push(`${file}: ${match[1]}`)
      }
    }
    assert.deepEqual(unknown, [])
  })

  test('every field that is validated has a name', ({ assert }) => {
    const nameless = new Set<string>()
    for (const file of filesIn('app').filter((name) => /(validator|controller)/.test(name))) {
      // A field by a rule of the file's own (`on: day()`) too; controllers call other things so.
      const field = file.includes('validator')
        ? /\b(\w+):\s*(?:vine\b|[a-z]\w*\()/g
        : /\b(\w+):\s*vine\b/g
      const module = file.split('/')[1]
      for (const match of readFileSync(file, 'utf8').matchAll(field)) {
        const own = chinese.has(`${module}.fields.${match[1]}`)
        if (own || chinese.has(`shared.words.${match[1]}`)) continue
        if (!chinese.has(`validator.shared.fields.${match[1]}`)) nameless.add(match[1])
      }
    }
    assert.deepEqual([...nameless], [])
  })

  test('Chinese texts have Chinese punctuation', ({ assert }) => {
    const half = /[\u4e00-\u9fff）》」”}][,;:?!][\u4e00-\u9fff（《「“{]/
    const brackets = /\([\u4e00-\u9fff][^(),]*\)/
    assert.deepEqual(
      [...chinese].filter(([, text]) => half.test(text) || brackets.test(text)),
      []
    )
  })
})
