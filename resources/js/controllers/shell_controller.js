import { Controller } from '@hotwired/stimulus'

const COUNT_AGE_MS = 60_000

/** The frame of every page: menu on narrow screens, light and dark, the inbox count. */
export default class extends Controller {
  static targets = ['menu', 'count', 'dialog', 'dialogText']

  connect() {
    this.onSubmitted = () => this.refreshCount()
    this.onKey = (event) => event.key === 'Escape' && this.hideMenu()
    document.addEventListener('turbo:submit-end', this.onSubmitted)
    document.addEventListener('keydown', this.onKey)
    if (Date.now() - Number(this.countTargetOrNull?.dataset.at ?? Date.now()) > COUNT_AGE_MS) {
      this.refreshCount()
    }
    if (this.countTargetOrNull && !this.countTargetOrNull.dataset.at) this.stampCount()
  }

  disconnect() {
    document.removeEventListener('turbo:submit-end', this.onSubmitted)
    document.removeEventListener('keydown', this.onKey)
  }

  openMenu(event) {
    event.preventDefault()
    this.opener = event.currentTarget
    this.menuTarget.classList.add('open')
    this.menuTarget.querySelector('a').focus()
  }

  closeMenu(event) {
    event.preventDefault()
    this.hideMenu()
  }

  hideMenu() {
    if (!this.hasMenuTarget || !this.menuTarget.classList.contains('open')) return
    this.menuTarget.classList.remove('open')
    this.opener?.focus()
  }

  toggleTheme() {
    const root = document.documentElement
    const theme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark'
    root.dataset.bsTheme = theme
    try {
      localStorage.setItem('theme', theme)
    } catch {
      // A browser without storage keeps the choice for this page only.
    }
  }

  refreshCount() {
    this.countTargetOrNull?.reload?.()
    this.stampCount()
  }

  stampCount() {
    if (this.countTargetOrNull) this.countTargetOrNull.dataset.at = String(Date.now())
  }

  get countTargetOrNull() {
    return this.hasCountTarget ? this.countTarget : null
  }
}
