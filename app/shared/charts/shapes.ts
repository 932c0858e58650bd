import { fontStack } from './palette.js'
import { escapeXml } from './text.js'

// Pieces of SVG for charts that are drawn by hand; lengths are pixels.

/** A line. */
export function rule(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  width: number,
  dash = ''
): string {
  const broken = dash ? ` stroke-dasharray="${dash}"` : ''
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${width}"${broken}/>`
}

/** A bar; `frame` is the colour of its edge. */
export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  frame: string | null = null
): string {
  const stroke = frame ? ` stroke="${frame}" stroke-width="1.6"` : ''
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="1.5" fill="${fill}"${stroke}/>`
}

/** Around its middle, `r` to each corner. */
export function diamond(
  x: number,
  y: number,
  r: number,
  fill: string,
  frame: string | null = null
) {
  const stroke = frame ? ` stroke="${frame}" stroke-width="1.6"` : ''
  return `<path d="M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z" fill="${fill}"${stroke}/>`
}

/** `x` and `y` are the foot of the text where it is anchored. */
export function text(
  x: number,
  y: number,
  content: string,
  colour: string,
  size: number,
  weight = 'normal',
  anchor = 'start'
): string {
  return `<text x="${x}" y="${y}" fill="${colour}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" font-family="${fontStack}">${escapeXml(content)}</text>`
}
