const MOST_PAGES = 200

/** What differs from answer to answer in a page that is otherwise the same for everybody, as HTML. */
export interface Marks {
  nonce: string
  requestId: string
}

/**
 * Pages for everybody as they were drawn, for a few seconds: when a notice comes out, thousands open
 * it at once. A page is drawn with stand-ins, which every answer replaces by its own marks.
 */
export class KeptPages {
  private readonly pages = new Map<string, { html: string; until: number }>()

  constructor(readonly standIns: Marks) {}

  keep(key: string, html: string, until: number) {
    if (this.pages.size >= MOST_PAGES) this.pages.delete(this.pages.keys().next().value!)
    this.pages.set(key, { html, until })
  }

  /** The page for one answer; null: to be drawn. */
  find(key: string, marks: Marks, now: number): string | null {
    const page = this.pages.get(key)
    return page && page.until > now ? this.filled(page.html, marks) : null
  }

  filled(html: string, marks: Marks): string {
    return html
      .replaceAll(this.standIns.nonce, () => marks.nonce)
      .replaceAll(this.standIns.requestId, () => marks.requestId)
  }
}
