const MOST_PAGES = 200

/** What differs from answer to answer in a page that is otherwise the same for everybody, as HTML. */
export interface Marks {
  nonce: string
  requestId: string
}

/** A page in UTF-8, cut where its marks stand. */
interface Cut {
  pieces: Buffer[]
  /** The mark between each piece and the next. */
  between: (keyof Marks)[]
}

/**
 * Pages for everybody as they were drawn, for a few seconds: when a notice comes out, thousands open
 * it at once. A page is drawn with stand-ins, which every answer replaces by its own marks; it is
 * kept as bytes, for turning Chinese into UTF-8 is half of what an answer costs.
 */
export class KeptPages {
  private readonly pages = new Map<string, { cut: Cut; until: number }>()
  private readonly marks: RegExp

  constructor(readonly standIns: Marks) {
    this.marks = new RegExp(`(${standIns.nonce}|${standIns.requestId})`)
  }

  /** Keeps a page as it was drawn, and gives it for the answer that drew it. */
  keep(key: string, html: string, until: number, marks: Marks): Buffer {
    if (this.pages.size >= MOST_PAGES) this.pages.delete(this.pages.keys().next().value!)
    const cut = this.cut(html)
    this.pages.set(key, { cut, until })
    return filled(cut, marks)
  }

  /** The page for one answer; null: to be drawn. */
  find(key: string, marks: Marks, now: number): Buffer | null {
    const page = this.pages.get(key)
    return page && page.until > now ? filled(page.cut, marks) : null
  }

  /** A page that is not kept, for the answer that drew it. */
  once(html: string, marks: Marks): Buffer {
    return filled(this.cut(html), marks)
  }

  private cut(html: string): Cut {
    const parts = html.split(this.marks)
    return {
      pieces: parts.filter((_, index) => index % 2 === 0).map((text) => Buffer.from(text)),
      between: parts
        .filter((_, index) => index % 2 === 1)
        .map((mark) => (mark === this.standIns.nonce ? 'nonce' : 'requestId')),
    }
  }
}

function filled({ pieces, between }: Cut, marks: Marks): Buffer {
  const bytes = { nonce: Buffer.from(marks.nonce), requestId: Buffer.from(marks.requestId) }
  return Buffer.concat(
    pieces.flatMap((piece, index) => (index === 0 ? [piece] : [bytes[between[index - 1]], piece]))
  )
}
