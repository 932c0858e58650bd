import pdfmake from 'pdfmake'
import module from 'pdfmake/js/PDFDocument.js'
import { fontFamily, fontTable, isFontFile } from './fonts.js'
import { tableLayouts } from './table_layouts.js'
import { footerOf } from './page_numbers.js'
import type { PdfDocument, PdfSection } from './definition.js'

/**
 * Draws documents with pdfmake in this thread. Only the two font files can be read and no address
 * is ever fetched, whatever a definition says. `createdAt` is in milliseconds since the epoch.
 */
export async function drawPdf(document: PdfDocument, createdAt: number): Promise<Buffer> {
  return pdfmake.createPdf(toPdfmake(document, createdAt)).getBuffer()
}

/** Sets pdfmake up once for this thread: fonts, rulings, and policies that deny the rest. */
export function preparePdfmake(): void {
  pdfmake.addFonts(fontTable)
  pdfmake.addTableLayouts(tableLayouts)
  pdfmake.setLocalAccessPolicy(isFontFile)
  pdfmake.setUrlAccessPolicy(() => false)
  // The policies do not see what a drawing names.
  module.default.prototype.openImage = () => {
    throw new Error('Image denied by resource access policy')
  }
}

/** The definition in pdfmake's own form; the plain page-number option becomes a function here. */
export function toPdfmake(document: PdfDocument, createdAt: number): object {
  return {
    info: { title: document.title, creator: '融合', creationDate: new Date(createdAt) },
    ...(document.password && { userPassword: document.password, version: '1.7ext3' }),
    language: 'zh-CN',
    displayTitle: true,
    pageSize: 'A4',
    defaultStyle: { font: fontFamily, fontSize: 10.5, color: '#000000' },
    content: document.sections.map(sectionOf),
  }
}

function sectionOf(section: PdfSection): object {
  return {
    section: section.content,
    pageSize: section.paper ?? 'A4',
    pageOrientation: section.landscape ? 'landscape' : 'portrait',
    pageMargins: section.margins,
    ...footerOf(section),
  }
}
