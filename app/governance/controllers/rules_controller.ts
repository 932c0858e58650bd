import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { hoursText, parseHours, setClockRules } from '../actions/set_clock_rules.js'
import { authorizeAll } from '../access.js'
import { clockRules, rulesVersions } from '../queries/clock_rules.js'
import { rulesValidator } from '../validators.js'

/** How the supervision clock runs: dated configuration, each version by its document. */
export default class RulesController {
  async edit({ actor, view }: HttpContext) {
    authorizeAll(actor!, 'settings.edit')
    const rules = await clockRules(clock.today())
    const versions = await rulesVersions()
    return view.render('pages/governance/rules', {
      rules: { ...rules, hoursText: hoursText(rules) },
      versions: versions.map((version) => ({ ...version, hoursText: hoursText(version) })),
      today: clock.today(),
      history: await historyOf('supervision_rules', 1),
    })
  }

  async update({ actor, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'settings.edit')
    const form = await request.validateUsing(rulesValidator)
    await setClockRules(
      {
        validFrom: form.valid_from,
        documentNo: form.document_no,
        rules: {
          reminderPercent: form.reminder_percent,
          jointMinutes: form.joint_minutes,
          leadingMinutes: form.leading_minutes,
          hours: parseHours(form.hours),
        },
      },
      actor!
    )
    session.flash('success', i18n.t('governance.done.rules_set'))
    return response.redirect().toRoute('governance.rules.edit')
  }
}
