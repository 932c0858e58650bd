/**
 * Takes the pictures of the README from a running demo city:
 * `node scripts/pictures.mjs http://localhost:3333` (CHROMIUM_PATH names another browser).
 */
import { join } from 'node:path'
import { chromium } from 'playwright'
import { ROOT } from './lib.mjs'

const base = process.argv[2] ?? 'http://localhost:3333'
const PICTURES = [
  ['hr1', 'home', '/', 1440, 900],
  ['hr1', 'quota', '/organization/quota', 1440, 900],
  ['hrhead', 'batch', '/transfers/batches/5', 1440, 900],
  ['hr1', 'certificate', '/transfers/batches/1?tab=certificate', 1440, 900],
  ['hr1', 'import', '/imports/4', 1440, 900],
  ['staff1', 'phone', '/', 390, 844],
  ['leader', 'cockpit-phone', '/', 360, 800],
  ['leader', 'cockpit', '/', 1440, 900],
  ['leader', 'cockpit-wall', '/cockpit?wall=1', 1920, 1080],
  ['leader', 'programme', '/programme', 1440, 900],
  ['hrhead', 'selection', '/selection/rounds/1?tab=result', 1440, 900],
  ['zhuren1', 'scoring', '/performance/cycles/4/scoring', 1440, 900],
  ['caiwuhead', 'pay-run', '/pay/runs/11', 1440, 900],
  ['caiwuhead', 'equal-pay', '/pay/equal-pay', 1440, 900],
  ['yuangong1', 'slip', '/pay/slips/1324', 360, 800],
]

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
for (const [user, name, path, width, height] of PICTURES) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${base}/accounts/sign-in`)
  await page.locator('input[name=username]').first().fill(user)
  await page.locator('input[name=password]').first().fill('Ronghe-2026-demo')
  await page.locator('button[type=submit]').first().click()
  await page.waitForURL(`${base}/`)
  await page.goto(base + path)
  await page.screenshot({ path: join(ROOT, 'docs/images', `${name}.png`) })
  await context.close()
}
await browser.close()
