import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { homeAssignmentOf } from '#people/queries/assignments'
import { personById } from '#people/queries/person'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { saveWageBase } from '../actions/wage_base.js'
import { BONUS_WAYS, DEDUCTION_WAYS } from '../domain/tax.js'
import { fenOrNull } from '../forms.js'
import { basePage } from '../queries/base_list.js'
import { wageBaseHistory } from '../queries/wage_bases.js'
import { baseValidator } from '../validators.js'

const PICKED = 20

/** What people are paid from: step, bases, account; a new version from a day on. */
export default class BasesController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    const text = String(request.input('q') ?? '')
      .trim()
      .slice(0, 60)
    const lacking = request.input('lacking') === '1'
    return view.render('pages/pay/bases/index', {
      text,
      lacking,
      page: await basePage({
        text: text || null,
        lacking,
        cursor: request.input('cursor') ?? null,
        units: actor!.unitsFor('pay.prepare'),
      }),
    })
  }

  /** People of the actor's units for a field that looks one up. */
  async pick({ actor, request, response }: HttpContext) {
    actor!.authorize('pay.prepare')
    const text = String(request.input('q') ?? '').slice(0, 60)
    const units = actor!.unitsFor('pay.prepare')
    const { rows } = await basePage({ units, text, lacking: false, cursor: null })
    return response.json(
      rows.slice(0, PICKED).map(({ personId, name, unitName }) => ({
        value: personId,
        text: name,
        detail: unitName,
      }))
    )
  }

  async show({ actor, params, view }: HttpContext) {
    const person = await this.open(actor!, Number(params.id))
    const bases = await wageBaseHistory(person.id)
    return view.render('pages/pay/bases/show', {
      person,
      bases,
      ways: DEDUCTION_WAYS,
      bonusWays: BONUS_WAYS,
      today: clock.today(),
      own: actor!.isSelf(person.id),
      history: await historyOf('person', person.id),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const person = await this.open(actor!, Number(params.id))
    const form = await request.validateUsing(baseValidator)
    await saveWageBase(
      {
        personId: person.id,
        validFrom: form.valid_from,
        step: form.step ?? null,
        pensionBaseFen: fenOrNull(form.pension_base, 'pension_base'),
        housingBaseFen: fenOrNull(form.housing_base, 'housing_base'),
        allowanceFen: fenOrNull(form.allowance, 'allowance'),
        additionalFen: fenOrNull(form.additional, 'additional'),
        leader: form.leader ?? false,
        deductionWay: form.deduction_way,
        bonusApart: form.bonus_tax === 'apart',
        account: form.account ? form.account.replace(/[\s-]/g, '') : null,
        reason: form.reason,
        basedOn: form.based_on ?? null,
      },
      actor!
    )
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.bases.show', { id: person.id })
  }

  private async open(actor: NonNullable<HttpContext['actor']>, personId: number) {
    const person = await personById(personId)
    if (!person) throw new NotFoundError('person')
    const home = await homeAssignmentOf(personId, clock.today())
    actor.authorize('pay.prepare', { unitId: home?.unitId ?? null, personId })
    return { ...person, home }
  }
}
