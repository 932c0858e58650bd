/**
 * What a document is made of: plain data that can be sent to the worker (no functions). The node
 * shapes are the part of pdfmake's that official paper needs; image files, links, QR codes and
 * attachments are left out on purpose, so that no document can name a file or an address.
 */

export type Align = 'left' | 'center' | 'right' | 'justify'

/** left, top, right, bottom in points */
export type Margins = [number, number, number, number]

export interface BoxStyle {
  margin?: Margins
  alignment?: Align
  fontSize?: number
  bold?: boolean
  color?: string
  lineHeight?: number
  characterSpacing?: number
  leadingIndent?: number
  noWrap?: boolean
  preserveLeadingSpaces?: boolean
  unbreakable?: boolean
  pageBreak?: 'before' | 'after'
  width?: number | 'auto' | '*'
  relativePosition?: { x: number; y: number }
}

export interface TextNode extends BoxStyle {
  text: string | (string | TextNode)[]
}

export interface StackNode extends BoxStyle {
  stack: PdfNode[]
}

export interface ColumnsNode extends BoxStyle {
  columns: PdfNode[]
  columnGap?: number
}

export interface CanvasNode extends BoxStyle {
  canvas: CanvasShape[]
}

export type CanvasShape =
  | {
      type: 'line'
      x1: number
      y1: number
      x2: number
      y2: number
      lineWidth: number
      lineColor?: string
      dash?: { length: number; space: number }
    }
  | {
      type: 'ellipse'
      x: number
      y: number
      r1: number
      r2: number
      lineWidth: number
      lineColor?: string
      dash?: { length: number; space: number }
    }

export type TableCell = PdfNode & {
  colSpan?: number
  rowSpan?: number
  fillColor?: string
  verticalAlignment?: 'top' | 'middle' | 'bottom'
  border?: [boolean, boolean, boolean, boolean]
}

/** Named table rulings; the worker holds their functions. */
export type TableLayout = 'grid' | 'tight' | 'plain' | 'outline'

export interface TableNode extends BoxStyle {
  table: {
    widths: (number | 'auto' | '*')[]
    body: TableCell[][]
    headerRows?: number
    keepWithHeaderRows?: number
    dontBreakRows?: boolean
    heights?: number | (number | 'auto')[]
  }
  layout?: TableLayout
}

/** A drawing out of `finishSvg`, which names nothing outside itself. */
export interface SvgNode extends BoxStyle {
  svg: string
}

export type PdfNode = TextNode | StackNode | ColumnsNode | CanvasNode | TableNode | SvgNode

/**
 * `official`: `— 1 —` outside (right on odd pages, left on even), as GB/T 9704 has it;
 * `of_total`: `第 1 页 共 5 页` in the middle. Both count within their own section.
 */
export type PageNumbers = 'official' | 'of_total' | 'none'

export type Paper = 'A4' | 'A3'

/** One run of pages with its own paper, orientation, margins and page count. */
export interface PdfSection {
  content: PdfNode[]
  margins: Margins
  /** A4 when nothing is said. */
  paper?: Paper
  landscape?: boolean
  pageNumbers: PageNumbers
}

export interface PdfDocument {
  /** The title in the file's properties, shown by the reader's window. */
  title: string
  sections: PdfSection[]
  /** Asked for when the file is opened; AES-256. */
  password?: string
}

/**
 * One file of many documents, each from a new page with its own page count; fonts are embedded
 * once, so that a department's slips take a tenth of the room of single files.
 */
export function combinePages(title: string, documents: readonly PdfDocument[]): PdfDocument {
  return { title, sections: documents.flatMap((document) => document.sections) }
}
