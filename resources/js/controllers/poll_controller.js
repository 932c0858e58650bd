import { Controller } from '@hotwired/stimulus'

const FIRST_MS = 1_000
const LONGEST_MS = 5_000

/**
 * Keeps the bar of a running job up to date; when the job has ended the page loads anew. It is
 * silent while a form is on its way, or it would take the message that the form's answer brings.
 */
export default class extends Controller {
  static values = { url: String, running: Boolean }

  connect() {
    this.pause = FIRST_MS
    this.onSubmitting = () => this.stop()
    this.onSubmitted = () => this.runningValue && this.wait()
    document.addEventListener('turbo:submit-start', this.onSubmitting)
    document.addEventListener('turbo:submit-end', this.onSubmitted)
    if (this.runningValue) this.wait()
  }

  disconnect() {
    document.removeEventListener('turbo:submit-start', this.onSubmitting)
    document.removeEventListener('turbo:submit-end', this.onSubmitted)
    this.stop()
  }

  stop() {
    clearTimeout(this.timer)
    this.request?.abort()
  }

  wait() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), this.pause)
    this.pause = Math.min(LONGEST_MS, this.pause * 1.2)
  }

  async look() {
    if (document.hidden) return this.wait()
    const request = (this.request = new AbortController())
    const fresh = await this.fetch(request.signal)
    if (request.signal.aborted || !this.element.isConnected) return
    if (fresh === null) return this.wait()
    if (fresh?.dataset.pollRunningValue === 'true') {
      this.element.replaceChildren(...fresh.childNodes)
      return this.wait()
    }
    window.Turbo.visit(location.href, { action: 'replace' })
  }

  /** The bar as it is now; undefined: the page no longer shows it; null: no answer. */
  async fetch(signal) {
    try {
      const answer = await fetch(this.urlValue || location.href, {
        headers: { accept: 'text/html' },
        signal,
      })
      if (!answer.ok) return null
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      return page.getElementById(this.element.id) ?? undefined
    } catch {
      return null
    }
  }
}
