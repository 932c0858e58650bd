import { createHash } from 'node:crypto'
import { fontStack } from './palette.js'
import { clean, escapeXml } from './text.js'

/** Text never holds a bare `<`, so this finds tags and nothing else. */
const TAG = /<[a-z][^>]*>/gi
const outside = /(?:href|src)=|url\((?!#)|^<(?:script|foreignObject|image)\b/i
const presentation = new Set(['font-size', 'font-weight', 'font-style', 'text-decoration'])

interface Words {
  title: string
  description?: string
  /** Shrinks to a phone's width; others are scrolled there. */
  fits?: boolean
}

/**
 * Turns ECharts' SVG into one that may stand in a page with a strict content policy: no `<style>`,
 * no style attributes, no event areas, ids of its own (several charts share a page), a title and a
 * description for screen readers. Throws when anything in it would be fetched from elsewhere.
 */
export function finishSvg(svg: string, { title, description = '', fits = false }: Words): string {
  const bare = clean(svg.replace(/<style[\s\S]*?<\/style>/g, '').replaceAll('\n', ''))
  const plain = bare.replace(TAG, plainTag)
  const id = `c${createHash('sha256').update(plain).update(title).digest('hex').slice(0, 10)}`
  const own = plain.replace(TAG, (tag) => {
    if (outside.test(tag)) throw new Error('A chart may not name anything outside itself')
    return tag.replace(/zr-/g, `${id}-`)
  })

  const [, width, height] = /<svg width="([\d.]+)" height="([\d.]+)"/.exec(own) ?? []
  const labels = description ? `${id}-t ${id}-d` : `${id}-t`
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" class="${fits ? 'chart chart-fits' : 'chart'}" width="${width}" height="${height}"` +
    ` viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${labels}"` +
    ` font-family="${fontStack}"><title id="${id}-t">${escapeXml(title)}</title>` +
    (description ? `<desc id="${id}-d">${escapeXml(description)}</desc>` : '')
  return own.replace(/<svg[^>]*>/, () => head)
}

function plainTag(tag: string): string {
  return tag
    .replace(/zr\d+-/g, 'zr-')
    .replace(/ (?:ecmeta_[a-z_]+|class|pointer-events|cursor)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributes(style))
}

/** `font-size:12px;font-weight:bold` as attributes; the family is the root's. */
function attributes(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(':'))
    .filter(([name, value]) => presentation.has(name) && value)
    .map(([name, value]) => ` ${name}="${value.trim()}"`)
    .join('')
}
