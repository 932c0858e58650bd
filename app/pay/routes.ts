import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const {
  Bases,
  Changes,
  Differences,
  EqualPay,
  Items,
  Methods,
  Papers,
  Rules,
  Runs,
  Scales,
  Settlements,
  Slips,
  Steps,
  Totals,
  Trials,
  Uses,
} = controllers.pay

router
  .group(() => {
    router.get('totals', [Totals, 'index']).as('totals.index')
    router.get('totals/create', [Totals, 'create']).as('totals.create')
    router.post('totals', [Totals, 'store']).as('totals.store')
    router.get('totals/use', [Uses, 'show']).as('uses.show')
    router.get('totals/use/pdf', [Uses, 'pdf']).as('uses.pdf')
    router.get('totals/use/excel', [Uses, 'excel']).as('uses.excel')
    router.get('totals/:id', [Totals, 'show']).as('totals.show')
    router.post('totals/:id/allotments', [Totals, 'addAllotment']).as('totals.add_allotment')
    router.post('total-versions/:id/approval', [Totals, 'approve']).as('totals.approve')
    router.post('total-versions/:id/return', [Totals, 'return']).as('totals.return')
    router
      .post('allotments/:id/release', [Totals, 'releaseAllotment'])
      .as('totals.release_allotment')
    router.post('allotments/:id/return', [Totals, 'returnAllotment']).as('totals.return_allotment')

    router.get('methods/:id', [Methods, 'show']).as('methods.show')
    router.post('methods/:id', [Methods, 'store']).as('methods.store')
    router.post('recorded-methods/:id/withdrawal', [Methods, 'withdraw']).as('methods.withdraw')

    router.get('items', [Items, 'index']).as('items.index')
    router.get('items/create', [Items, 'create']).as('items.create')
    router.post('items', [Items, 'store']).as('items.store')
    router.post('items/standard', [Items, 'addStandard']).as('items.add_standard')
    router.get('items/:id', [Items, 'show']).as('items.show')
    router.get('items/:id/edit', [Items, 'edit']).as('items.edit')
    router.post('items/:id', [Items, 'update']).as('items.update')
    router.post('items/:id/trial', [Items, 'try']).as('items.try')
    router.post('items/:id/approval', [Items, 'approve']).as('items.approve')
    router.post('items/:id/removal', [Items, 'drop']).as('items.drop')

    router.get('bases', [Bases, 'index']).as('bases.index')
    router.get('bases/steps', [Steps, 'index']).as('steps.index')
    router.post('bases/steps', [Steps, 'raise']).as('steps.raise')
    router.post('bases/steps/:id', [Steps, 'settle']).as('steps.settle')
    router.get('bases/pick', [Bases, 'pick']).as('bases.pick')
    router.get('bases/:id', [Bases, 'show']).as('bases.show')
    router.post('bases/:id', [Bases, 'update']).as('bases.update')

    router.get('runs', [Runs, 'index']).as('runs.index')
    router.get('runs/create', [Runs, 'create']).as('runs.create')
    router.post('runs', [Runs, 'store']).as('runs.store')
    router.get('runs/:id', [Runs, 'show']).as('runs.show')
    router.post('runs/:id/settings', [Runs, 'configure']).as('runs.configure')
    router.post('runs/:id/leaders', [Runs, 'leader']).as('runs.leader')
    for (const verb of [
      'compute',
      'check',
      'approve',
      'release',
      'pay',
      'return',
      'cancel',
    ] as const) {
      router.post(`runs/:id/${verb}`, [Runs, verb]).as(`runs.${verb}`)
    }
    router.get('runs/:id/changes', [Changes, 'show']).as('changes.show')
    router.post('runs/:id/changes', [Changes, 'store']).as('changes.store')
    router.get('runs/:id/preview', [Trials, 'preview']).as('trials.preview')
    router.get('runs/:id/what-if', [Trials, 'whatIf']).as('trials.what_if')
    router.get('runs/:id/register', [Papers, 'register']).as('papers.register')
    router.get('runs/:id/bank', [Papers, 'bank']).as('papers.bank')
    router.get('runs/:id/tax', [Papers, 'tax']).as('papers.tax')
    router.post('runs/:id/tax', [Papers, 'taxFiling']).as('papers.tax_filing')
    router.post('runs/:id/slips', [Papers, 'drawSlips']).as('papers.draw_slips')
    router.get('runs/:id/slips/:file', [Papers, 'slipFile']).as('papers.slip_file')

    router.get('slips', [Slips, 'index']).as('slips.index')
    router.get('slips/:id', [Slips, 'show']).as('slips.show')
    router.get('slips/:id/pdf', [Slips, 'pdf']).as('slips.pdf')
    router.post('slips/:id/pdf', [Slips, 'pdf']).as('slips.sealed_pdf')
    router.post('slips/:id/confirmation', [Slips, 'confirm']).as('slips.confirm')
    router.post('slips/:id/objection', [Slips, 'object']).as('slips.object')
    router.post('slips/:id/answer', [Slips, 'answer']).as('slips.answer')
    router.post('slips/:id/aside', [Slips, 'setAside']).as('slips.set_aside')
    router.post('slips/:id/bank-return', [Slips, 'returned']).as('slips.returned')
    router.post('slips/:id/bank-repayment', [Slips, 'repaid']).as('slips.repaid')

    router.get('differences', [Differences, 'index']).as('differences.index')
    router.get('differences/create', [Differences, 'create']).as('differences.create')
    router.post('differences', [Differences, 'store']).as('differences.store')
    router.get('differences/:id', [Differences, 'show']).as('differences.show')
    router.post('differences/:id/approval', [Differences, 'approve']).as('differences.approve')
    router.post('differences/:id/return', [Differences, 'return']).as('differences.return')

    router.post('differences/:id/settlements', [Settlements, 'store']).as('settlements.store')
    router.post('settlements/:id/approval', [Settlements, 'approve']).as('settlements.approve')
    router.post('settlements/:id/return', [Settlements, 'return']).as('settlements.return')

    router.get('rules', [Rules, 'index']).as('rules.index')
    router.post('rules/:group', [Rules, 'store']).as('rules.store')

    router.get('tax-scales/create', [Scales, 'create']).as('scales.create')
    router.post('tax-scales', [Scales, 'store']).as('scales.store')
    router.get('tax-scales/:id', [Scales, 'show']).as('scales.show')
    router.get('tax-scales/:id/edit', [Scales, 'edit']).as('scales.edit')
    router.post('tax-scales/:id', [Scales, 'update']).as('scales.update')
    router.post('tax-scales/:id/trial', [Scales, 'try']).as('scales.try')
    router.post('tax-scales/:id/approval', [Scales, 'approve']).as('scales.approve')
    router.post('tax-scales/:id/removal', [Scales, 'drop']).as('scales.drop')

    router.get('equal-pay', [EqualPay, 'show']).as('equal_pay.show')
  })
  .prefix('pay')
  .as('pay')
  .where('id', router.matchers.number())
  .where('file', router.matchers.number())
  .use(middleware.signedIn())
