import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Text of each page of a PDF, pieces joined without the spaces of the layout. */
export async function pdfPages(pdf: Buffer): Promise<string[]> {
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS })
  const document = await loading.promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const pieces = items.map((item) => ('str' in item ? item.str : ''))
    // The reader puts a space of its own between columns.
    pages.push(pieces.filter((piece) => piece.trim()).join(''))
  }
  await loading.destroy()
  return pages
}

/** Width and height of each page in points. */
export async function pdfSizes(pdf: Buffer): Promise<[number, number][]> {
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS })
  const document = await loading.promise
  const sizes: [number, number][] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const [, , width, height] = page.view
    sizes.push([Math.round(width), Math.round(height)])
  }
  await loading.destroy()
  return sizes
}
