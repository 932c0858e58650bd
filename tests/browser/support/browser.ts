import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import env from '#start/env'
import { PASSWORD } from '#tests/support/givens'

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/google-chrome']
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']

let browser: Promise<Browser> | null = null

export interface PageOptions {
  width?: number
  height?: number
  locale?: 'zh-CN' | 'en'
  theme?: 'light' | 'dark'
  javaScript?: boolean
}

/** Address of the application under test. */
export function address(path: string): string {
  return `http://${env.get('HOST')}:${env.get('PORT')}${path}`
}

/**
 * The browser of the tests: CHROMIUM_PATH when set; on Linux the one inside an npm package, or an
 * installed one where that does not start; elsewhere the installed Chrome. One for all specs, however
 * many ask for it at once: the package unpacks itself into one file.
 */
export async function theBrowser(): Promise<Browser> {
  browser ??= launch()
  return browser
}

export async function closeBrowser() {
  await (await browser)?.close()
  browser = null
}

async function launch(): Promise<Browser> {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return chromium.launch({ executablePath: chosen, args: ARGUMENTS })
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome' })
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    // Its own arguments are for one page in one process; here contexts come and go.
    return await chromium.launch({
      executablePath: await packed.executablePath(),
      args: ARGUMENTS,
    })
  } catch (error) {
    const installed = INSTALLED.find((path) => existsSync(path))
    if (!installed) throw error
    return chromium.launch({ executablePath: installed, args: ARGUMENTS })
  }
}

/** A page in a context of its own (cookies, language, width); its complaints are collected. */
export async function openPage(options: PageOptions = {}): Promise<Page> {
  const { width = 1440, height = 900, theme = 'light', javaScript = true } = options
  const opened = await theBrowser()
  const context = await opened.newContext({
    viewport: { width, height },
    colorScheme: theme,
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
    locale: options.locale ?? 'zh-CN',
  })
  if (options.locale) await setLanguage(context, options.locale)
  const page = await context.newPage()
  listen(page)
  return page
}

async function setLanguage(context: BrowserContext, locale: string) {
  const value = Buffer.from(JSON.stringify({ message: locale })).toString('base64url')
  await context.addCookies([{ name: 'locale', value, url: address('/') }])
}

const complaints = new WeakMap<Page, string[]>()
const underWay = new WeakMap<Page, Set<unknown>>()
/** A page that asks for nothing during this time stands still. */
const STILL_MS = 80
/** Scripts that stay busy for longer are not waited for. */
const IDLE_MS = 2000

function listen(page: Page) {
  const heard: string[] = []
  complaints.set(page, heard)
  page.on('pageerror', (error) => heard.push(`error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(`console: ${message.text()}`)
  })
  const requests = new Set<unknown>()
  underWay.set(page, requests)
  page.on('request', (request) => requests.add(request))
  page.on('requestfinished', (request) => requests.delete(request))
  page.on('requestfailed', (request) => requests.delete(request))
  page.on('response', (response) => {
    if (response.status() >= 500) heard.push(`${response.status()}: ${response.url()}`)
  })
}

/** Throws when the page's console has errors, a script failed or an answer was 500; forgets them then. */
export function expectQuiet(page: Page, allowed: RegExp | null = null) {
  const heard = complaints.get(page)!.splice(0)
  const wrong = heard.filter((text) => !allowed?.test(text))
  if (wrong.length) throw new Error(`${page.url()} complained:\n${wrong.join('\n')}`)
}

/**
 * Waits until the page stands still: its scripts have nothing left to do, no request is under way
 * for a moment, and Turbo has drawn its answer. Scripts are asked before and after, for on a busy
 * machine a form asks late, and its answer is drawn late.
 */
export async function settle(page: Page) {
  const requests = underWay.get(page)!
  let still = false
  while (!still) {
    await scriptsIdle(page)
    let stillSince = Date.now()
    while (Date.now() - stillSince < STILL_MS) {
      if (requests.size > 0) stillSince = Date.now()
      await page.waitForTimeout(20)
    }
    await scriptsIdle(page)
    still =
      requests.size === 0 && (await page.locator('html[aria-busy], form[aria-busy]').count()) === 0
  }
}

/** Waits until the page's scripts leave the browser idle; a page without scripts, a moment only. */
async function scriptsIdle(page: Page) {
  const idle = page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)))'
  )
  // A page that is left meanwhile has nothing to say any more.
  await Promise.race([idle.catch(() => {}), page.waitForTimeout(IDLE_MS)])
}

/** Opens a path, waits until it stands still, and fails on console errors; gives the status. */
export async function visit(page: Page, path: string): Promise<number> {
  const response = await page.goto(address(path), { waitUntil: 'load' })
  await settle(page)
  const status = response?.status() ?? 0
  expectQuiet(page, status >= 400 && status < 500 ? /status of 4\d\d/ : null)
  return status
}

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, username: string, password = PASSWORD) {
  await page.goto(address('/accounts/sign-in'))
  await page.locator('input[name=username]:visible').fill(username)
  await page.locator('input[name=password]:visible').fill(password)
  await page.locator('input[name=password]:visible').press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/accounts/sign-in'))
  await settle(page)
  expectQuiet(page)
}

/** Pixels by which the page is wider than the window; 0 when nothing has to be moved sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(
    'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)'
  )
}
