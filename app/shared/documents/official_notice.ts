import { longDate } from '../dates.js'
import { ink, lineOf, bodyLine, mm, officialMargins, officialWidth, size } from './paper.js'
import { balanced, fullWidths, printable } from './paper.js'
import type { PdfDocument, PdfNode } from './definition.js'

export interface OfficialNotice {
  /** Issuing body, in red at the head: `市委机构编制委员会办公室`. */
  issuer: string
  /** 发文字号: `编发〔2022〕3号`; left out on a draft. */
  documentNo?: string
  title: string
  /** 主送机关, or the person addressed; the colon is added. */
  recipient?: string
  paragraphs: readonly string[]
  /** Titles of the attachments, listed and numbered below the text. */
  attachments?: readonly string[]
  /** Who signs, when it is not the issuer. */
  signer?: string
  /** Civil date of the document. */
  date: string
  /** Marks the place of the seal over signer and date. */
  seal?: boolean
}

/**
 * A notice as GB/T 9704-2012 lays it out: red head and rule, document number, title, recipient,
 * text indented by two characters in size 3, attachments, signer and date four characters from the
 * right with the place of the seal, page numbers outside. Fang Song and Song stand in Noto Sans.
 */
export function officialNotice(notice: OfficialNotice): PdfDocument {
  return {
    title: printable(notice.title),
    sections: [
      {
        margins: officialMargins,
        pageNumbers: 'official',
        content: [
          ...head(notice),
          ...closed(body(notice), [...attachmentList(notice.attachments ?? []), closing(notice)]),
        ],
      },
    ],
  }
}

/** A short last paragraph goes over the page with the signature, which never stands there alone. */
const SHORT_TEXT = 120

function closed(text: PdfNode[], end: PdfNode[]): PdfNode[] {
  const last = text.at(-1)
  const short = last && 'text' in last && String(last.text).length <= SHORT_TEXT
  const kept = short ? [last, ...end] : end
  return [...text.slice(0, short ? -1 : undefined), { stack: kept, unbreakable: true }]
}

function head({ issuer, documentNo, title }: OfficialNotice): PdfNode[] {
  const name = printable(issuer)
  const fontSize = Math.min(38, Math.max(20, officialWidth / (fullWidths(name) + 1)))
  return [
    {
      text: name,
      fontSize,
      bold: true,
      color: ink.red,
      alignment: 'center',
      margin: [0, mm(20), 0, mm(9)],
    },
    ...(documentNo ? [numberLine(documentNo)] : []),
    {
      canvas: [
        { type: 'line', x1: 0, y1: 0, x2: officialWidth, y2: 0, lineWidth: 2, lineColor: ink.red },
      ],
    },
    {
      text: balanced(printable(title), officialWidth / size.two).join('\n'),
      fontSize: size.two,
      bold: true,
      alignment: 'center',
      lineHeight: lineOf(34, size.two),
      margin: [0, mm(13), 0, mm(8)],
    },
  ]
}

function numberLine(documentNo: string): PdfNode {
  return {
    text: printable(documentNo),
    fontSize: size.three,
    alignment: 'center',
    margin: [0, 0, 0, mm(3)],
  }
}

function body({ recipient, paragraphs }: OfficialNotice): PdfNode[] {
  const text: PdfNode[] = paragraphs.map((paragraph) => ({
    text: printable(paragraph),
    fontSize: size.three,
    lineHeight: bodyLine,
    leadingIndent: size.three * 2,
    alignment: 'justify',
  }))
  if (!recipient) return text
  return [
    { text: `${printable(recipient)}：`, fontSize: size.three, lineHeight: bodyLine },
    ...text,
  ]
}

function attachmentList(titles: readonly string[]): PdfNode[] {
  const numbered = titles.length > 1
  return titles.map((title, index) => ({
    columns: [
      {
        text: index === 0 ? '附件：' : '',
        width: size.three * 3.1,
        fontSize: size.three,
        lineHeight: bodyLine,
      },
      {
        text: numbered ? `${index + 1}.` : '',
        width: numbered ? size.three * 1.2 : 0,
        fontSize: size.three,
        lineHeight: bodyLine,
      },
      { text: printable(title), width: '*', fontSize: size.three, lineHeight: bodyLine },
    ],
    margin: [size.three * 2, index === 0 ? 29 : 0, 0, 0],
  }))
}

/** Signer centred over the date; the ring of 42 mm shows where the seal goes. */
function closing(notice: OfficialNotice): PdfNode {
  const signer = printable(notice.signer ?? notice.issuer)
  const date = longDate(notice.date, 'zh-CN')
  const dateWidth = fullWidths(date) * size.three + 6
  const width = Math.min(officialWidth, Math.max(fullWidths(signer) * size.three + 6, dateWidth))
  const right = Math.max(0, size.three * 4 - (width - dateWidth) / 2)
  const line = { fontSize: size.three, lineHeight: bodyLine, alignment: 'center' as const }
  const radius = mm(21)
  const ring: PdfNode = {
    canvas: [
      {
        type: 'ellipse',
        x: width / 2,
        y: radius,
        r1: radius,
        r2: radius,
        lineWidth: 0.7,
        lineColor: ink.faint,
        dash: { length: 3, space: 3 },
      },
    ],
    relativePosition: { x: 0, y: -radius - 8 },
  }
  const label: PdfNode = {
    text: '（盖章处）',
    fontSize: 8,
    color: '#8a8a8a',
    alignment: 'center',
    relativePosition: { x: 0, y: -radius + 6 },
  }

  return {
    columns: [
      { text: '', width: '*' },
      {
        width,
        stack: [
          ...(notice.seal ? [ring, label] : []),
          { text: signer, ...line },
          { text: date, ...line },
        ],
      },
      { text: '', width: right },
    ],
    margin: [0, notice.seal ? radius + 18 : 58, 0, notice.seal ? 4 : 0],
    unbreakable: true,
  }
}
