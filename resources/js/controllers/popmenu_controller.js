import { Controller } from '@hotwired/stimulus'

/** A <details> menu that closes by Escape and by a click elsewhere. */
export default class extends Controller {
  connect() {
    this.onClick = (event) => !this.element.contains(event.target) && this.close()
    this.onKey = (event) => event.key === 'Escape' && this.element.open && this.closeWithFocus()
    document.addEventListener('click', this.onClick)
    document.addEventListener('keydown', this.onKey)
  }

  disconnect() {
    document.removeEventListener('click', this.onClick)
    document.removeEventListener('keydown', this.onKey)
    this.close()
  }

  close() {
    this.element.open = false
  }

  closeWithFocus() {
    this.close()
    this.element.querySelector('summary').focus()
  }
}
