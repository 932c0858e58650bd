import { Controller } from '@hotwired/stimulus'

/** Draws a page anew after a while, for a screen that nobody touches. */
export default class extends Controller {
  static values = { seconds: Number }

  connect() {
    this.timer = setTimeout(() => location.reload(), this.secondsValue * 1_000)
  }

  disconnect() {
    clearTimeout(this.timer)
  }
}
