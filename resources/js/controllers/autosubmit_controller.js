import { Controller } from '@hotwired/stimulus'

/**
 * Filters apply as soon as one changes; typed text waits for Enter or the button. On a narrow screen
 * all but the first are folded away (forms.css), and the button that opens them counts those in use.
 */
export default class extends Controller {
  static targets = ['toggle', 'count']

  countTargetConnected(count) {
    const folded = this.element.querySelectorAll('.field ~ .field :is(input, select)[name]')
    const asked = new URLSearchParams(location.search)
    const used = [...folded].filter((one) => asked.get(one.name))
    count.textContent = used.length
    count.hidden = used.length === 0
  }

  submit(event) {
    if (event.target.matches('input[type=text], input[type=search], textarea')) return
    if (event.target.matches('[data-autosubmit="off"]')) return
    this.element.requestSubmit()
  }

  toggle() {
    const open = this.element.classList.toggle('open')
    this.toggleTarget.setAttribute('aria-expanded', String(open))
  }
}
