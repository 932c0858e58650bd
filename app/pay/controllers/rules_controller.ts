import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import type { Row } from '#shared/database'
import { oneOf } from '#shared/lists/filters'
import { setRules } from '../actions/set_rules.js'
import { BANK_COLUMNS } from '../documents/bank_file.js'
import { parametersFrom, RULE_GROUPS, UNITS, type RuleGroup } from '../domain/rules.js'
import { ANNUAL_TABLE } from '../domain/tax.js'
import { fenOf } from '../forms.js'
import { currentRule, ruleVersions } from '../queries/configuration.js'
import { scaleList, scaleOn } from '../queries/tax_scales.js'
import { ruleValidators } from '../validators.js'

type Forms = { [G in RuleGroup]: Awaited<ReturnType<(typeof ruleValidators)[G]['validate']>> }

/** 薪酬参数: dated configuration, each version by its document. */
export default class RulesController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('pay.view')
    const groups = {} as Record<RuleGroup, object>
    for (const group of RULE_GROUPS) {
      const { value, validFrom, documentNo } = await currentRule(group, clock.today())
      groups[group] = { value, validFrom, documentNo, versions: await ruleVersions(group) }
    }
    return view.render('pages/pay/rules', {
      groups,
      columns: BANK_COLUMNS,
      today: clock.today(),
      units: UNITS,
      defaultTable: ANNUAL_TABLE,
      scales: await scaleList(),
      scale: await scaleOn(clock.today()),
      mayChange: actor!.may('pay.approve'),
      mayPrepare: actor!.may('pay.prepare'),
      history: await historyOf('pay_rules', 1),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const group = oneOf(params.group, RULE_GROUPS)
    if (!group) throw new NotFoundError('rules')
    const grant = actor!.authorize('pay.approve')
    const form = await request.validateUsing(ruleValidators[group] as typeof ruleValidators.rules)
    const { value: before } = await currentRule(group, form.valid_from)
    await setRules(
      {
        group,
        validFrom: form.valid_from,
        documentNo: form.document_no,
        grant,
        value: valueOf[group](form as never, before),
      },
      actor!
    )
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.rules.index')
  }
}

/** What a group holds, from its form and what it held. */
const valueOf: { [G in RuleGroup]: (form: Forms[G], before: any) => Row } = {
  parameters: (form, before) =>
    parametersFrom(before, form.values ?? {}, {
      name: form.new_name?.trim() || null,
      value: form.new_value ?? null,
      unit: form.new_unit ?? 'number',
    }),
  rules: (form) => ({
    objectionDays: form.objection_days,
    recoveryFloorFen: fenOf(form.recovery_floor, 'recovery_floor'),
    changePercent: form.change_percent,
  }),
  bank: (form) => ({
    name: form.format_name,
    separator: form.separator === 'tab' ? '\t' : form.separator,
    lineEnd: form.line_end === 'lf' ? '\n' : '\r\n',
    columns: form.columns,
    header: form.header ?? false,
    summary: form.summary ?? false,
  }),
  equal: (form) => ({
    minimumGroup: form.minimum_group,
    gapPercent: form.gap_percent,
    alpha: Number(form.alpha),
  }),
  tax: (form) => ({
    monthlyDeduction: fenOf(form.monthly_deduction, 'monthly_deduction'),
    apartUntil: form.apart_until,
  }),
}
