import { Controller } from '@hotwired/stimulus'

/**
 * Turns the plain selects of a choice into a list that is ordered by dragging, by touch or by its
 * buttons; the selects stay what is sent. Every move is said aloud.
 */
export default class extends Controller {
  static targets = ['plain', 'board', 'select', 'chosen', 'open', 'none', 'said', 'post']
  static values = {
    most: Number,
    up: String,
    down: String,
    remove: String,
    add: String,
    moved: String,
    number: String,
  }

  connect() {
    this.codes = this.selectTargets.map(({ value }) => value).filter(Boolean)
    this.posts = new Map(this.postTargets.map((post) => [post.dataset.code, post]))
    this.plainTarget.hidden = true
    this.boardTarget.hidden = false
    this.draw()
  }

  disconnect() {
    this.plainTarget.hidden = false
    this.boardTarget.hidden = true
  }

  draw(focus) {
    this.chosenTarget.replaceChildren(...this.codes.map((code, index) => this.row(code, index)))
    const open = [...this.posts.keys()].filter((code) => !this.codes.includes(code))
    this.openTarget.replaceChildren(...open.map((code) => this.offer(code)))
    this.noneTarget.hidden = this.codes.length > 0
    if (focus) this.element.querySelector(focus)?.focus()
  }

  row(code, index) {
    const row = document.createElement('li')
    row.className = 'choice-row'
    row.draggable = true
    row.dataset.code = code
    row.append(this.text(code))
    const last = this.codes.length - 1
    row.append(
      this.button('up', code, () => this.move(index, index - 1, 'up'), index === 0),
      this.button('down', code, () => this.move(index, index + 1, 'down'), index === last),
      this.button('remove', code, () => this.remove(index))
    )
    row.addEventListener('dragstart', (event) => {
      this.dragged = index
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', code)
      row.classList.add('dragging')
    })
    row.addEventListener('dragend', () => row.classList.remove('dragging'))
    row.addEventListener('dragover', (event) => event.preventDefault())
    row.addEventListener('drop', (event) => {
      event.preventDefault()
      if (this.dragged !== undefined) this.move(this.dragged, index)
      this.dragged = undefined
    })
    return row
  }

  offer(code) {
    const row = document.createElement('li')
    row.append(this.text(code))
    const full = this.codes.length >= this.mostValue
    row.append(this.button('add', code, () => this.add(code), full))
    return row
  }

  text(code) {
    return this.posts.get(code).content.cloneNode(true)
  }

  button(act, code, onClick, disabled = false) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = `btn btn-sm choice-${act}`
    button.dataset.act = `${act}-${code}`
    button.disabled = disabled
    button.textContent = { up: '↑', down: '↓', remove: '✕', add: '＋' }[act]
    button.setAttribute('aria-label', `${this[`${act}Value`]} ${this.posts.get(code).dataset.name}`)
    button.addEventListener('click', onClick)
    return button
  }

  add(code) {
    if (this.codes.length >= this.mostValue) return
    this.codes.push(code)
    this.changed(code, `[data-act="up-${code}"]`)
  }

  remove(index) {
    const [code] = this.codes.splice(index, 1)
    this.changed(code, `[data-act="add-${code}"]`)
  }

  move(from, to, act = 'up') {
    if (to < 0 || to >= this.codes.length || from === to) return
    const [code] = this.codes.splice(from, 1)
    this.codes.splice(to, 0, code)
    const end = to === 0 ? 'down' : to === this.codes.length - 1 ? 'up' : act
    this.changed(code, `[data-act="${end}-${code}"]`)
  }

  changed(code, focus) {
    for (const [index, select] of this.selectTargets.entries()) {
      select.value = this.codes[index] ?? ''
    }
    this.element.dispatchEvent(new Event('change', { bubbles: true }))
    this.draw(focus)
    const place = this.codes.indexOf(code) + 1
    const name = this.posts.get(code).dataset.name
    this.saidTarget.textContent = place
      ? this.numberValue.replace('%post%', name).replace('%number%', place)
      : this.movedValue.replace('%post%', name)
  }
}
