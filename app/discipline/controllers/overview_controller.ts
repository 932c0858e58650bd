import type { HttpContext } from '@adonisjs/core/http'
import { openDifferences } from '../queries/counts.js'
import { exemptionPage } from '../queries/exemptions.js'
import { rulesOf, unitsOfFreeze } from '../queries/freezes.js'
import { attemptsByUnit, recordPage } from '../queries/records.js'
import { disciplineFigures, freezeStatus } from '../queries/status.js'
import { warningPage } from '../queries/warnings.js'

/** The inspector's page: where the freeze stands, attempts, exemptions, differences, warnings. */
export default class OverviewController {
  async show({ actor, view }: HttpContext) {
    actor!.authorize('discipline.view')
    const status = await freezeStatus()
    const { freeze } = status
    return view.render('pages/discipline/overview', {
      status,
      rules: freeze ? await rulesOf(freeze.id) : [],
      units: freeze ? await unitsOfFreeze(freeze.id) : [],
      mayDeclare: actor!.may('discipline.declare'),
      mayAsk: status.phase === 'running' && actor!.may('discipline.ask'),
      figures: null,
      ...(actor!.may('discipline.inspect')
        ? await inspection(actor!.unitsFor('discipline.inspect'))
        : {}),
    })
  }
}

async function inspection(units: 'all' | number[]) {
  const short = <T>({ rows }: { rows: T[] }) => rows.slice(0, 5)
  return {
    figures: await disciplineFigures(units),
    rows: short(await recordPage({ outcome: 'refused', units, cursor: null })),
    byUnit: await attemptsByUnit(units),
    exemptions: short(await exemptionPage({ state: 'submitted', units, cursor: null })),
    differences: await openDifferences(units, 5),
    warnings: short(await warningPage({ state: 'open', units, cursor: null })),
  }
}
