import { Controller } from '@hotwired/stimulus'

/** Filters apply as soon as one changes; typed text waits for Enter or the button. */
export default class extends Controller {
  submit(event) {
    if (event.target.matches('input[type=text], input[type=search], textarea')) return
    if (event.target.matches('[data-autosubmit="off"]')) return
    this.element.requestSubmit()
  }
}
