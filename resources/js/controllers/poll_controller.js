import { Controller } from '@hotwired/stimulus'

const FIRST_MS = 1_000
const LONGEST_MS = 5_000

/** Keeps the bar of a running job up to date; when the job has ended the page loads anew. */
export default class extends Controller {
  static values = { url: String, running: Boolean }

  connect() {
    this.pause = FIRST_MS
    if (this.runningValue) this.wait()
  }

  disconnect() {
    clearTimeout(this.timer)
  }

  wait() {
    this.timer = setTimeout(() => this.look(), this.pause)
    this.pause = Math.min(LONGEST_MS, this.pause * 1.2)
  }

  async look() {
    if (document.hidden) return this.wait()
    const fresh = await this.fetch()
    if (!this.element.isConnected) return
    if (fresh === null) return this.wait()
    if (fresh?.dataset.pollRunningValue === 'true') {
      this.element.replaceChildren(...fresh.childNodes)
      return this.wait()
    }
    window.Turbo.visit(location.href, { action: 'replace' })
  }

  /** The bar as it is now; undefined: the page no longer shows it; null: no answer. */
  async fetch() {
    try {
      const answer = await fetch(this.urlValue || location.href, {
        headers: { accept: 'text/html' },
      })
      if (!answer.ok) return null
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      return page.getElementById(this.element.id) ?? undefined
    } catch {
      return null
    }
  }
}
