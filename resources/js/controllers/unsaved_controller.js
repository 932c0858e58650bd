import { Controller } from '@hotwired/stimulus'
import { askInDialog } from '../confirm.js'

/** Asks before typed text is left behind, and leads to the errors of a form that came back. */
export default class extends Controller {
  static targets = ['summary']
  static values = { text: String }

  connect() {
    this.changed = false
    this.onChange = () => (this.changed = true)
    this.onSubmit = () => (this.changed = false)
    this.onUnload = (event) => this.changed && event.preventDefault()
    this.onVisit = (event) => this.changed && this.ask(event)
    this.element.addEventListener('change', this.onChange)
    this.element.addEventListener('submit', this.onSubmit)
    // Saved row by row, without being sent.
    this.element.addEventListener('form:saved', this.onSubmit)
    window.addEventListener('beforeunload', this.onUnload)
    document.addEventListener('turbo:before-visit', this.onVisit)
    if (this.hasSummaryTarget) this.summaryTarget.focus()
  }

  disconnect() {
    this.element.removeEventListener('change', this.onChange)
    this.element.removeEventListener('submit', this.onSubmit)
    this.element.removeEventListener('form:saved', this.onSubmit)
    window.removeEventListener('beforeunload', this.onUnload)
    document.removeEventListener('turbo:before-visit', this.onVisit)
  }

  async ask(event) {
    event.preventDefault()
    if (!(await askInDialog(this.textValue))) return
    this.changed = false
    window.Turbo.visit(event.detail.url)
  }
}
