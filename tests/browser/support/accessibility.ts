import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'

const beside = createRequire(import.meta.resolve('@axe-core/playwright'))
/** The short form: every page takes it in anew, which is a third of what a look costs. */
const axeSource = readFileSync(beside.resolve('axe-core/axe.min.js'), 'utf8')

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds serious or critical on the page, each with the first places; empty: nothing. In the
 * dark only colours are others, and only they are looked at. Without frames one run in the page is
 * enough, and of what is right axe need not tell all.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page, axeSource })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
  const isDark = await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')
  const chosen = isDark ? axe.withRules(['color-contrast']) : axe.withTags(STANDARDS)
  const { violations } = await chosen.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 160)}`)
      return `${id}: ${help}\n  ${places.join('\n  ')}`
    })
}
