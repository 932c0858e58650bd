import { readFileSync } from 'node:fs'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'

/** The short form: every page takes it in anew, which is a third of what a look costs. */
const SOURCE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds serious or critical on the page, each with the first places; empty: nothing. In the
 * dark only colours are others, and only they are looked at. Pages have no frames: one run in the
 * page is enough, and of what is right axe tells nothing.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  const isDark = await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')
  const runOnly = isDark ? ['color-contrast'] : STANDARDS
  const options = { runOnly, resultTypes: ['violations'], iframes: false }
  await page.evaluate(`${SOURCE};undefined`)
  const violations: AxeResults['violations'] = await page.evaluate(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 160)}`)
      return `${id}: ${help}\n  ${places.join('\n  ')}`
    })
}
