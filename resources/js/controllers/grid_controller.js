import { Controller } from '@hotwired/stimulus'

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] }
const EDITABLE = 'input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea'

/**
 * Moves between the cells of an editable table by keyboard: Enter and the arrows up and down
 * within the column, left and right at the ends of the text; Tab goes as everywhere. In a <select>
 * the arrows choose, with Alt they move. `grid:changed` tells the form that something was typed.
 */
export default class extends Controller {
  connect() {
    this.onKey = (event) => this.key(event)
    this.onChange = (event) => event.target.closest('tr')?.classList.add('changed')
    this.onFocus = (event) => event.target.select?.()
    this.element.addEventListener('keydown', this.onKey)
    this.element.addEventListener('change', this.onChange)
    this.element.addEventListener('focusin', this.onFocus)
  }

  disconnect() {
    this.element.removeEventListener('keydown', this.onKey)
    this.element.removeEventListener('change', this.onChange)
    this.element.removeEventListener('focusin', this.onFocus)
  }

  key(event) {
    const cell = event.target.closest('td, th')
    if (!cell || event.isComposing || !event.target.matches(EDITABLE)) return
    if (event.target.closest('.ts-wrapper') && event.key !== 'Tab' && !event.altKey) return
    const step = this.step(event)
    if (!step) return
    const next = this.neighbour(cell, step)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  step(event) {
    const { target, key, altKey } = event
    const choosing = target.matches(
      'select, input[type=number], input[type=date], input[type=month]'
    )
    if (choosing && !altKey && key !== 'Enter') return null
    if (key === 'Enter' && event.shiftKey) return STEPS.ArrowUp
    if (STEPS[key]) return STEPS[key]
    if (key === 'ArrowLeft' && (altKey || this.atStart(target))) return [0, -1]
    if (key === 'ArrowRight' && (altKey || this.atEnd(target))) return [0, 1]
    return null
  }

  neighbour(cell, [down, across]) {
    let row = cell.parentElement
    let column = cell.cellIndex
    for (;;) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling
      column += across
      const next = row?.cells?.[column]
      if (!next) return null
      const field = next.querySelector(EDITABLE)
      if (field) return field
    }
  }

  atStart(field) {
    return field.selectionStart === 0 && (field.selectionEnd === 0 || this.allSelected(field))
  }

  atEnd(field) {
    const end = field.value?.length ?? 0
    return field.selectionEnd === end && (field.selectionStart === end || this.allSelected(field))
  }

  allSelected(field) {
    return field.selectionStart === 0 && field.selectionEnd === field.value.length
  }
}
