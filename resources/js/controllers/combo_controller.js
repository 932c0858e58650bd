import { Controller } from '@hotwired/stimulus'
import TomSelect from 'tom-select/base'

/** A picker answers with so many at most. */
const MOST = 20

/** Finds a record by typing: answers of `url` are [{ value, text, detail }]. Without it: a plain input. */
export default class extends Controller {
  static targets = ['input', 'text']
  static values = { url: String, empty: String, hint: String, more: String }

  connect() {
    this.asked = 0
    const { value } = this.inputTarget
    this.plain = this.inputTarget.cloneNode()
    this.select = this.selectFrom(this.inputTarget, value)
    this.inputTarget.replaceWith(this.select)
    this.widget = new TomSelect(this.select, this.settings())
    this.widget.dropdown.append(this.noteOfMore())
    // The label speaks for the visible input from here on.
    this.select.setAttribute('aria-hidden', 'true')
  }

  disconnect() {
    if (!this.widget) return
    const value = this.widget.getValue()
    this.widget.destroy()
    this.plain.value = value
    this.select.replaceWith(this.plain)
    this.widget = null
  }

  selectFrom(input, value) {
    const select = document.createElement('select')
    for (const { name, value: content } of input.attributes) {
      if (!['type', 'value', 'class'].includes(name)) select.setAttribute(name, content)
    }
    select.removeAttribute('data-combo-target')
    select.append(new Option('', ''))
    if (value) select.append(new Option(this.textTarget.value || value, value, true, true))
    return select
  }

  /** Below the answers: there may be more than were sent. */
  noteOfMore() {
    this.note = document.createElement('div')
    this.note.className = 'no-results'
    this.note.textContent = this.moreValue
    this.note.hidden = true
    return this.note
  }

  settings() {
    const empty = this.emptyValue
    return {
      placeholder: this.hintValue,
      allowEmptyOption: false,
      maxOptions: 50,
      valueField: 'value',
      labelField: 'text',
      // The server has already chosen (pinyin, initials): nothing is filtered again here.
      searchField: [],
      score: () => () => 1,
      load: (text, done) => this.load(text, done),
      shouldLoad: (text) => text.trim().length > 0,
      preload: 'focus',
      onChange: (value) => this.changed(value),
      render: {
        option: (item, escape) =>
          `<div><span>${escape(item.text)}</span> <span class="muted">${escape(item.detail ?? '')}</span></div>`,
        no_results: () => `<div class="no-results">${empty}</div>`,
      },
    }
  }

  /**
   * What is asked or answered after the choice (questions are throttled) is dropped: it would open
   * the list again, over the form.
   */
  async load(text, done) {
    if (text.trim() !== this.widget.inputValue()) return this.late(done)
    const asked = ++this.asked
    const url = new URL(this.urlValue, location.origin)
    url.searchParams.set('q', text)
    try {
      const answer = await fetch(url, { headers: { accept: 'application/json' } })
      const items = answer.ok ? await answer.json() : []
      if (asked !== this.asked) return this.late(done)
      this.widget.clearOptions((option) => option.value === this.widget.getValue())
      done(items)
      this.note.hidden = items.length < MOST
    } catch {
      done()
    }
  }

  late(done) {
    const open = this.widget?.isOpen
    done()
    if (!open) this.widget?.close()
  }

  changed(value) {
    this.asked++
    this.textTarget.value = this.widget.options[value]?.text ?? ''
    this.dispatch('change', { detail: { value } })
  }
}
