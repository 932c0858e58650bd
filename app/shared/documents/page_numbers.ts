import { mm, size } from './paper.js'
import type { PdfSection, TextNode } from './definition.js'

type Repeated = (page: number) => TextNode | null

/**
 * Header and footer of a section. pdfmake asks for the headers of all pages before any footer, so
 * the header counts the section's pages and the footer knows the total; neither is known earlier.
 */
export function footerOf(section: PdfSection): { header: Repeated; footer: Repeated } {
  let first = 0
  let total = 0

  return {
    header: (page) => {
      if (total === 0) first = page
      total += 1
      return null
    },
    footer: (page) => {
      const number = page - first + 1
      if (section.pageNumbers === 'official') return official(number, section)
      return section.pageNumbers === 'of_total' ? ofTotal(number, total) : null
    },
  }
}

/** GB/T 9704-2012, 7.5: size 4, a dash on each side, outside, 7 mm below the type area. */
function official(number: number, section: PdfSection): TextNode {
  const [left, , right] = section.margins
  return {
    text: `— ${number} —`,
    fontSize: size.four,
    alignment: number % 2 === 1 ? 'right' : 'left',
    margin: [left + size.four, mm(5), right + size.four, 0],
  }
}

function ofTotal(number: number, total: number): TextNode {
  return {
    text: `第 ${number} 页 共 ${total} 页`,
    fontSize: size.smallFive,
    alignment: 'center',
    margin: [0, mm(4), 0, 0],
  }
}
