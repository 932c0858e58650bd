/** A name as it stands in the file and without its namespace prefix. */
export type XmlName = { raw: string; local: string }

const SLOTS = 256
const SINGLE = Array.from({ length: 128 }, (_, code): XmlName => {
  const letter = String.fromCharCode(code)
  return { raw: letter, local: letter }
})

/**
 * Gives the same object for the same name of an element again and again without making a string
 * for each of millions of tags.
 */
export class XmlNames {
  #slots: (XmlName | undefined)[] = new Array(SLOTS).fill(undefined)

  at(bytes: Buffer, start: number, end: number): XmlName {
    // cells and their values have names of one letter
    const letter = bytes[start]
    if (end - start === 1 && letter < 128) return SINGLE[letter]
    const slot = (letter * 7 + bytes[end - 1] * 3 + (end - start)) & (SLOTS - 1)
    const known = this.#slots[slot]
    if (known && known.raw.length === end - start && matches(known, bytes, start)) return known
    const raw = bytes.toString('latin1', start, end)
    const name = { raw, local: raw.slice(raw.indexOf(':') + 1) }
    this.#slots[slot] = name
    return name
  }
}

/** Whether the bytes from `start` on are this name. */
export function matches(name: XmlName, bytes: Buffer, start: number): boolean {
  for (let at = 0; at < name.raw.length; at++) {
    if (bytes[start + at] !== name.raw.charCodeAt(at)) return false
  }
  return true
}
