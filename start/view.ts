import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import edge from 'edge.js'
import { edgeIconify, addCollection } from 'edge-iconify'
import { createRequire } from 'node:module'
import { formatFen } from '#shared/money'
import { civilDate, civilTime } from '#shared/clock'
import { longDate } from '#shared/dates'
import { ui } from '#shared/view/globals'
import { signed, signedMoney } from '#shared/view/signed'
import { keepIncludes } from '#shared/view/keep_includes'
import { payName } from '#pay/domain/shown_name'
import { cycleTitle } from '#performance/domain/cycle_title'
import { navigationFor } from '#dashboard/domain/navigation'

const require = createRequire(import.meta.url)

const MOST_ICONS = 1_000

addCollection(require('@iconify-json/tabler/icons.json'))
edge.use(edgeIconify).use(keepIcons)

/** An icon is put together from its parts at every call; a page has a few dozen, always the same. */
function keepIcons() {
  const draw = edge.globals.svg
  const drawn = new Map<string, unknown>()
  edge.global('svg', (name: string, attributes: object = {}) => {
    const key = name + JSON.stringify(attributes)
    const known = drawn.get(key) ?? draw(name, attributes)
    if (drawn.size < MOST_ICONS) drawn.set(key, known)
    return known
  })
}

// Templates change in development only: elsewhere they are compiled once, and the folder of
// components is read once instead of at every request.
if (!app.inDev) {
  const components = edge.loader.listComponents()
  edge.loader.listComponents = () => components
  edge.configure({ cache: true })
  keepIncludes(edge)
}

/** The framework looks through all routes at every link of a page. */
const routes = new Map<string, ReturnType<typeof router.findOrFail>>()
const find = router.findOrFail.bind(router)
router.findOrFail = (name, ...others) => {
  if (others.some((other) => other !== undefined)) return find(name, ...others)
  const known = routes.get(name) ?? find(name)
  routes.set(name, known)
  return known
}

/** Formats of the house, alike on every page. */
edge.global('money', formatFen)
edge.global('signed', signed)
edge.global('signedMoney', signedMoney)
edge.global('civilDate', civilDate)
edge.global('civilTime', civilTime)
edge.global('longDate', longDate)
edge.global('cycleTitle', cycleTitle)
edge.global('payName', payName)

/** For components and layouts only. */
edge.global('ui', ui)
edge.global('navigationFor', navigationFor)
