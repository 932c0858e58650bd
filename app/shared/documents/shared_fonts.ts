import module, { type EmbeddedFont, type PdfDocument } from 'pdfmake/js/PDFDocument.js'

interface SharedFont {
  parsed: object
  Wrapper: EmbeddedFont['constructor']
  layouts: Record<string, object>
  documents: number
}

/** Measured words are forgotten after this many documents, so that memory stays flat. */
const DOCUMENTS_A_CACHE = 500

const shared = new Map<string, SharedFont>()

/**
 * Lets all documents of this thread share each parsed font and its measured words. Stock pdfmake
 * reads and parses the 10 MB of a Chinese font again for every document, which is more than half
 * the time of a one-page slip; the subset that goes into a file stays the document's own.
 */
export function shareFonts(): void {
  const prototype = module.default.prototype
  const stock = prototype.provideFont

  prototype.provideFont = function (this: PdfDocument, family, bold, italics) {
    const type = this.getFontType(bold, italics)
    const kept = this.fontCache[family]?.[type]
    if (kept) return kept

    const file = this.getFontFile(family, bold, italics)
    const known = file === null ? undefined : shared.get(file)
    if (!file || !known) {
      const first = stock.call(this, family, bold, italics)
      if (file) remember(file, first)
      return first
    }

    const font = this._fontFamilies[file] ?? wrap(this, known)
    this._fontFamilies[file] = font
    this._font = font
    this.fontCache[family] = { ...this.fontCache[family], [type]: font }
    return font
  }
}

function remember(file: string, font: EmbeddedFont): void {
  shared.set(file, {
    parsed: font.font,
    Wrapper: font.constructor,
    layouts: font.layoutCache,
    documents: 1,
  })
}

function wrap(document: PdfDocument, known: SharedFont): EmbeddedFont {
  known.documents += 1
  if (known.documents % DOCUMENTS_A_CACHE === 0) known.layouts = Object.create(null)
  document._fontCount += 1
  const font = new known.Wrapper(document, known.parsed, `F${document._fontCount}`)
  font.layoutCache = known.layouts
  return font
}
