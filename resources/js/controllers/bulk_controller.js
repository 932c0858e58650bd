import { Controller } from '@hotwired/stimulus'

/** Selects rows of a table: a box for all, Shift for a range, the count and what needs a selection. */
export default class extends Controller {
  static targets = ['all', 'box', 'count', 'needs']

  connect() {
    this.update()
  }

  toggleAll() {
    for (const box of this.boxTargets) box.checked = this.allTarget.checked
    this.update()
  }

  toggle(event) {
    const boxes = this.boxTargets
    const here = boxes.indexOf(event.target)
    if (event.shiftKey && this.last !== undefined) {
      const [from, to] = [Math.min(here, this.last), Math.max(here, this.last)]
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked
    }
    this.last = here
    this.update()
  }

  update() {
    const chosen = this.boxTargets.filter((box) => box.checked).length
    if (this.hasAllTarget) {
      this.allTarget.checked = chosen > 0 && chosen === this.boxTargets.length
      this.allTarget.indeterminate = chosen > 0 && chosen < this.boxTargets.length
    }
    for (const place of this.countTargets) place.textContent = String(chosen)
    for (const button of this.needsTargets) button.disabled = chosen === 0
  }
}
