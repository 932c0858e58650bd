import { Controller } from '@hotwired/stimulus'

/** A file dropped on the field is chosen as if by the button. */
export default class extends Controller {
  static targets = ['input']

  over(event) {
    event.preventDefault()
    this.element.classList.add('over')
  }

  out() {
    this.element.classList.remove('over')
  }

  drop(event) {
    event.preventDefault()
    this.out()
    if (event.dataTransfer.files.length === 0) return
    this.inputTarget.files = event.dataTransfer.files
    this.inputTarget.dispatchEvent(new Event('change', { bubbles: true }))
  }
}
