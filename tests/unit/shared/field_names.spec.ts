import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import edge from 'edge.js'
import vine from '@vinejs/vine'
import type { I18n } from '@adonisjs/i18n'
import i18nManager from '@adonisjs/i18n/services/main'
import { FieldMessages } from '#shared/validation'
import { fieldName } from '#shared/view/names'

const VIEWS = 'resources/views'
const LOCALES = ['zh-CN', 'en']
const COMPONENT = /@!?field\.(\w+)(?=\()/g
const INPUT = /<(?:input|select|textarea)\b((?:\{\{.*?\}\}|[^>])*)>/g
const POSTED = /<form\b[^>]*method="(?:POST|PUT|PATCH)"/i

/** A page's part between a line that matches and the next one of its indentation that ends it. */
function partsOf(lines: string[], begin: RegExp, end: RegExp): string[] {
  return lines.flatMap((line, at) => {
    if (!begin.test(line)) return []
    const depth = line.search(/\S/)
    const closes = (other: string) => other.search(/\S/) === depth && end.test(other)
    return [
      withIncludes(
        lines.slice(
          at,
          lines.findIndex((l, no) => no > at && closes(l))
        )
      ),
    ]
  })
}

function withIncludes(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/@include\('([^']+)'\)/g, (_, path) =>
      withIncludes(readFileSync(join(VIEWS, `${path}.edge`), 'utf8').split('\n'))
    )
}

/** The arguments of a call, from its bracket on. */
function argumentsAt(source: string, start: number): string {
  let depth = 0
  let quote = ''
  for (let at = start; at < source.length; at++) {
    const sign = source[at]
    if (quote) quote = sign === quote ? '' : quote
    else if (`'"\``.includes(sign)) quote = sign
    else if (sign === '(') depth++
    else if (sign === ')' && --depth === 0) return source.slice(start, at)
  }
  return source.slice(start)
}

/** What is wrong with the fields that are drawn by components. */
function wrongComponents(part: string): string[] {
  const drawn = [...part.matchAll(COMPONENT)].map((match) => ({
    kind: match[1],
    props: argumentsAt(part, match.index + match[0].length),
  }))
  const groups = drawn.filter(({ kind }) => kind === 'group').map(({ props }) => nameIn(props))
  return drawn.flatMap(({ kind, props }) => {
    const name = nameIn(props)
    const list = kind === 'checkbox' && /^(.*?)(?: \+ )?\[\]$/.exec(name)
    if (list && !groups.includes(list[1])) return [`${name}: boxes without a group`]
    if (kind !== 'hidden' && !/\blabel\b/.test(props)) return [`${name}: no label`]
    return []
  })
}

function nameIn(props: string): string {
  return /\bname:\s*(.*?)(?:,|\s*\}|$)/m.exec(props)![1].replaceAll("'", '')
}

/** Inputs of the page's own with words beside them: `[path, key of the words]`. */
function ownInputs(part: string): [string, string][] {
  return [...part.matchAll(INPUT)].flatMap(([, attributes]) => {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1]
    const words = /\baria-label="[^"]*?\bt\('([^']+)'\)/.exec(attributes)?.[1]
    return name && words && !attributes.includes('type="hidden"') ? [[name, words]] : []
  })
}

/** `lines[{{ index }}][side]` → `side`. */
function lastName(name: string): string {
  return /(\w+)\]?(?:\[\])?$/.exec(name)![1]
}

/** What words are about: no unit, no “optional” in brackets, no capitals. */
function bare(words: string): string {
  return words
    .replace(/\s*[（(][^（()）]*[)）]$/, '')
    .toLowerCase()
    .trim()
}

function pages() {
  return readdirSync(join(VIEWS, 'pages'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.edge') && !file.startsWith('styleguide'))
    .map((file) => {
      const lines = readFileSync(join(VIEWS, 'pages', file), 'utf8').split('\n')
      const forms = partsOf(lines, /^\s*@form\(/, /^\s*@end$/)
      const others = partsOf(lines, POSTED, /<\/form>/)
      return { file, module: file.split('/')[0], forms, others }
    })
}

/** A form that came back because `thing` was left empty, with one field for it. */
async function returnedForm(kind: string, i18n: I18n): Promise<string> {
  const error = await vine
    .create({ thing: vine.string() })
    .validate({}, { messagesProvider: new FieldMessages(i18n, 'shared') })
    .catch((refused) => refused)
  const texts = error.messages.map(({ message }: { message: string }) => message)
  const flashed: Record<string, unknown> = { _form: '/things', inputErrorsBag: { thing: texts } }
  const source = `@form({ action: '/things' })
    @field.${kind}({ name: 'thing', label: 'Name <of it>', url: '/all' })
    @end
  @end`
  const flashMessages = {
    get: (key: string, otherwise: unknown) => flashed[key] ?? otherwise,
    has: (key: string) => key in flashed,
  }
  return edge.createRenderer().share({ flashMessages }).renderRaw(source)
}

test.group('Names of fields', (group) => {
  group.setup(() => i18nManager.loadTranslations())

  const kinds = readdirSync(join(VIEWS, 'components/field')).map((file) => file.split('.')[0])
  for (const kind of kinds.filter((one) => one !== 'hidden')) {
    for (const [locale, sentence] of [
      ['zh-CN', '请填写Name &lt;of it&gt;<'],
      ['en', 'Name &lt;of it&gt; is required<'],
    ]) {
      test(`${kind}: beside it and in the summary by its label (${locale})`, async ({ assert }) => {
        const html = await returnedForm(kind, i18nManager.locale(locale))
        assert.lengthOf(html.split(sentence), 3, html)
        assert.include(html, `<li><a href="#field-thing">${sentence}`)
      })
    }
  }

  test('what a page posts stands in a form, in a component with a label', ({ assert }) => {
    const all = pages()
    assert.isAbove(all.flatMap(({ forms }) => forms).length, 200)
    const wrong = all.flatMap(({ file, forms, others }) => [
      ...forms.flatMap(wrongComponents).map((what) => `${file} ${what}`),
      ...others.filter((part) => part.match(COMPONENT)).map(() => `${file}: field outside @form`),
    ])
    assert.deepEqual(wrong, [])
  })

  for (const locale of LOCALES) {
    test(`inputs of a page’s own are named as they are labelled (${locale})`, ({ assert }) => {
      const i18n = i18nManager.locale(locale)
      const inputs = pages().flatMap(({ file, module, forms, others }) =>
        [...forms, ...others].flatMap(ownInputs).map(([name, words]) => ({
          place: `${file} ${name}`,
          said: bare(fieldName(i18n, module, lastName(name))),
          shown: bare(i18n.t(words)),
        }))
      )
      assert.isAbove(inputs.length, 15)
      assert.deepEqual(
        inputs.filter(({ said, shown }) => said !== shown),
        []
      )
    })
  }
})
