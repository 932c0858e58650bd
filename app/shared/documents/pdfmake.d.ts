/** The part of pdfmake 0.3 and pdfkit that is used here; the package brings no types. */
declare module 'pdfmake' {
  interface PdfMake {
    addFonts(fonts: Record<string, Record<string, string>>): void
    addTableLayouts(layouts: Record<string, object>): void
    setLocalAccessPolicy(policy: (path: string) => boolean): void
    setUrlAccessPolicy(policy: (url: string) => boolean): void
    createPdf(definition: object): { getBuffer(): Promise<Buffer> }
  }
  const pdfmake: PdfMake
  export default pdfmake
}

declare module 'pdfmake/js/PDFDocument.js' {
  /** pdfkit's wrapper of one parsed font in one document. */
  interface EmbeddedFont {
    name: string
    font: object
    layoutCache: Record<string, object>
    constructor: new (document: PdfDocument, font: object, id: string) => EmbeddedFont
  }
  interface PdfDocument {
    _font: EmbeddedFont
    _fontCount: number
    _fontFamilies: Record<string, EmbeddedFont>
    fontCache: Record<string, Record<string, EmbeddedFont>>
    getFontType(bold: boolean, italics: boolean): string
    getFontFile(family: string, bold: boolean, italics: boolean): string | null
    openImage(source: unknown): object
    provideFont(family: string, bold: boolean, italics: boolean): EmbeddedFont
  }
  const exported: { default: { prototype: PdfDocument } }
  export default exported
  export type { EmbeddedFont, PdfDocument }
}
