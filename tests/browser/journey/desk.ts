import type { Page } from 'playwright'
import { clock } from '#shared/clock'
import type { Role } from '#shared/actor'
import { givenUser } from '#tests/support/givens'
import { address, expectQuiet, openPage, settle, signIn, visit } from '../support/browser.js'

export type Language = 'zh-CN' | 'en'

/** The accounts of a journey by role; each act is done on an account's own page, newly signed in. */
export class Office {
  private accounts = new Map<Role, string>()

  constructor(readonly language: Language) {}

  /**
   * Signs the role's one account in by the form, lets it act and closes its page. Every sitting is
   * a sign-in of its own, for weeks lie between them on the clock and a session does not last so long.
   */
  async sits<Result>(role: Role, act: (desk: Desk) => Promise<Result>): Promise<Result> {
    const page = await openPage({ locale: this.language })
    try {
      await signIn(page, await this.account(role))
      const result = await act(new Desk(page))
      expectQuiet(page)
      return result
    } catch (error) {
      const shown = await page
        .locator('main')
        .innerText({ timeout: 2_000 })
        .catch(() => '')
      throw new Error(`${role} at ${page.url()}: ${error}\n${shown}`, { cause: error })
    } finally {
      await page.context().close()
    }
  }

  private async account(role: Role): Promise<string> {
    const known = this.accounts.get(role)
    if (known) return known
    const { username } = await givenUser({ role, row: { locale: this.language } })
    this.accounts.set(role, username)
    return username
  }
}

/** What a person does on the pages; elements are found by address and name, alike in every language. */
export class Desk {
  constructor(readonly page: Page) {}

  async open(path: string) {
    const status = await visit(this.page, path)
    if (status !== 200) throw new Error(`${path} answered ${status} on ${clock.today()}`)
  }

  /** The text of the page's main part, as it is seen. */
  text(): Promise<string> {
    return this.page.locator('main').innerText()
  }

  /** Sends the form of an address and waits until the answer stands; throws when it is refused. */
  async send(action: string) {
    await this.settled(() =>
      this.page.locator(`form[action="${action}"] button[type=submit]`).click()
    )
    await this.expectTaken()
  }

  /** Chooses a move that is to succeed; gives what was asked before it (nothing: empty). */
  async move(action: string, comment?: string): Promise<string> {
    const asked = await this.tryMove(action, comment)
    await this.expectTaken()
    return asked
  }

  /** Chooses a move that may be refused; what it asks is read and confirmed. */
  async tryMove(action: string, comment?: string): Promise<string> {
    const form = this.page.locator(`main form[action="${action}"]`)
    await form.waitFor({ state: 'attached' })
    const dialog = this.page.locator(`dialog:has(form[action="${action}"])`)
    if (!(await dialog.count())) {
      await this.settled(() => form.locator('button').click())
      return ''
    }
    const id = await dialog.getAttribute('id')
    await this.page.locator(`button[popovertarget="${id}"]`).first().click()
    const asked = await dialog.locator('p').first().innerText()
    if (comment) await dialog.locator('[name=comment]').fill(comment)
    await this.settled(() => dialog.locator('button[type=submit]').click())
    return asked
  }

  /** Types into a picker and takes the entry that has the text. */
  async pick(name: string, text: string) {
    await this.page.locator(`#field-${name}-ts-control`).pressSequentially(text)
    await this.page.locator('.ts-dropdown .option', { hasText: text }).first().click()
  }

  async fill(action: string, values: Record<string, string>) {
    for (const [name, value] of Object.entries(values)) {
      await this.page.locator(`form[action="${action}"] [name="${name}"]`).fill(value)
    }
  }

  /** Turbo puts a new body in the place of the one that was marked. */
  private async settled(act: () => Promise<void>) {
    await this.page.evaluate('document.body.dataset.before = "1"')
    await act()
    await this.page.locator('body:not([data-before])').waitFor({ state: 'attached' })
    await settle(this.page)
  }

  private async expectTaken() {
    const refusal = await this.refusal()
    if (refusal) throw new Error(`refused: ${refusal}`)
  }

  /** What the page that is open refused, in the user's language; null: nothing. */
  async refusal(): Promise<string | null> {
    const refusal = this.page.locator('.flash .alert-danger, .form > .alert-danger')
    return (await refusal.count()) ? refusal.first().innerText() : null
  }

  path(): string {
    return this.page.url().slice(address('').length)
  }
}
