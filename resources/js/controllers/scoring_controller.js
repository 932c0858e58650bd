import { Controller } from '@hotwired/stimulus'

/**
 * Saves a row of the scoring grid as soon as a cell changed, one request a row at a time: what is
 * typed meanwhile goes with the next. Progress, mean and picture follow the answer. A row that was
 * refused says why and keeps what was typed; without scripts the form saves all rows.
 */
export default class extends Controller {
  static targets = ['row', 'done', 'bar', 'mean', 'deviation', 'picture']
  static values = { saving: String, saved: String, failed: String }

  connect() {
    this.busy = new WeakMap()
    this.onChange = (event) => {
      const row = event.target.closest('[data-scoring-target="row"]')
      if (row) this.save(row)
    }
    this.element.addEventListener('change', this.onChange)
    this.onFocus = (event) => {
      this.here = event.target.closest('[data-scoring-target="row"]') ?? this.here
    }
    this.element.addEventListener('focusin', this.onFocus)
  }

  disconnect() {
    this.element.removeEventListener('change', this.onChange)
    this.element.removeEventListener('focusin', this.onFocus)
  }

  /** To the first empty cell of the next person who is not complete; after the last one from above. */
  nextMissing() {
    const open = this.rowTargets.filter((row) => !row.classList.contains('is-complete'))
    const after = this.here ? this.rowTargets.indexOf(this.here) : -1
    const row = open.find((one) => this.rowTargets.indexOf(one) > after) ?? open[0]
    const fields = [...(row?.querySelectorAll('[data-indicator]') ?? [])]
    const field = fields.find(({ value }) => value.trim() === '') ?? fields[0]
    field?.focus()
  }

  async save(row) {
    if (this.busy.has(row)) {
      this.busy.set(row, true)
      return
    }
    this.busy.set(row, false)
    this.say(row, this.savingValue)
    try {
      const answer = await this.send(row)
      row.dataset.version = answer.version
      row.querySelector('[data-version-field]').value = answer.version
      row.classList.toggle('is-complete', answer.complete)
      row.classList.remove('is-refused')
      this.say(row, this.savedValue)
      this.show(answer)
    } catch (error) {
      row.classList.add('is-refused')
      this.say(row, this.failedValue.replace('%', error.message))
    }
    const again = this.busy.get(row)
    this.busy.delete(row)
    if (again) await this.save(row)
  }

  async send(row) {
    const body = new URLSearchParams()
    body.set('_csrf', this.element.querySelector('input[name=_csrf]')?.value ?? '')
    if (row.dataset.version) body.set('version', row.dataset.version)
    for (const field of row.querySelectorAll('[data-indicator]')) {
      body.set(`scores[i${field.dataset.indicator}]`, field.value)
    }
    const response = await fetch(row.dataset.url, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json' },
    })
    const answer = await response.json().catch(() => ({}))
    if (response.ok) return answer
    throw new Error(answer.error ?? String(response.status))
  }

  show({ done, mean, deviation, picture }) {
    this.doneTarget.textContent = done
    this.barTarget.value = done
    this.meanTarget.textContent = mean
    this.deviationTarget.textContent = deviation
    this.pictureTarget.hidden = !picture
    this.pictureTarget.querySelector('.chart-picture').innerHTML = picture
    const refused = this.element.querySelector('.is-refused')
    if (!refused) this.element.querySelector('form')?.dispatchEvent(new Event('form:saved'))
  }

  say(row, text) {
    row.querySelector('[data-state]').textContent = text
  }
}
