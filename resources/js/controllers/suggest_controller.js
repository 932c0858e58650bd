import { Controller } from '@hotwired/stimulus'

const PAUSE_MS = 200

/** Quick hits under the search box; Enter without a choice opens the page of results. */
export default class extends Controller {
  static targets = ['input', 'list']
  static values = { url: String }

  disconnect() {
    clearTimeout(this.timer)
    this.request?.abort()
    this.hide()
  }

  look() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.fetch(), PAUSE_MS)
  }

  async fetch() {
    const text = this.inputTarget.value.trim()
    this.request?.abort()
    if (text === '') return this.hide()
    this.request = new AbortController()
    try {
      const answer = await fetch(`${this.urlValue}?q=${encodeURIComponent(text)}`, {
        headers: { accept: 'application/json' },
        signal: this.request.signal,
      })
      if (answer.ok) this.show((await answer.json()).groups)
    } catch (error) {
      if (error.name !== 'AbortError') this.hide()
    }
  }

  show(groups) {
    const nodes = groups.flatMap((group) => [
      this.node('p', 'suggestion-group', group.label),
      ...group.hits.map((hit) => this.link(hit)),
    ])
    this.listTarget.replaceChildren(...nodes)
    this.listTarget.hidden = nodes.length === 0
  }

  link(hit) {
    const link = this.node('a', 'suggestion', '')
    link.href = hit.url
    link.append(
      this.node('span', 'suggestion-title', hit.title),
      this.node('span', 'muted', hit.detail)
    )
    return link
  }

  node(tag, className, text) {
    const node = document.createElement(tag)
    node.className = className
    node.textContent = text
    return node
  }

  move(event) {
    if (event.key === 'Escape') return this.hide()
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const stops = [this.inputTarget, ...this.listTarget.querySelectorAll('a')]
    const at = stops.indexOf(document.activeElement)
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  leave(event) {
    if (!this.element.contains(event.relatedTarget)) this.hide()
  }

  hide() {
    this.listTarget.hidden = true
  }
}
