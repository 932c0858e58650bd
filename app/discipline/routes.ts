import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const {
  Overview,
  Freezes,
  Records,
  Exemptions,
  Spending,
  Limits,
  Warnings,
  Assets,
  Counts,
  Divestitures,
} = controllers.discipline

router
  .group(() => {
    router.get('', [Overview, 'show']).as('overview.show')

    router.get('freezes/create', [Freezes, 'create']).as('freezes.create')
    router.post('freezes', [Freezes, 'store']).as('freezes.store')
    router.get('freezes/:id', [Freezes, 'show']).as('freezes.show')
    router.post('freezes/:id/ending', [Freezes, 'end']).as('freezes.end')
    router.post('freezes/:id/documents', [Freezes, 'addDocument']).as('freezes.add_document')
    router.post('freezes/:id/rules', [Freezes, 'changeRule']).as('freezes.change_rule')
    router.post('freezes/:id/watch', [Freezes, 'setWatch']).as('freezes.set_watch')

    router.get('records', [Records, 'index']).as('records.index')
    router.get('records/export', [Records, 'export']).as('records.export')
    router.get('records/:id', [Records, 'show']).as('records.show')

    router.get('exemptions', [Exemptions, 'index']).as('exemptions.index')
    router.get('exemptions/create', [Exemptions, 'create']).as('exemptions.create')
    router.post('exemptions', [Exemptions, 'store']).as('exemptions.store')
    router.get('exemptions/:id', [Exemptions, 'show']).as('exemptions.show')
    router.get('exemptions/:id/notice', [Exemptions, 'notice']).as('exemptions.notice')
    router.post('exemptions/:id/approval', [Exemptions, 'approve']).as('exemptions.approve')
    router.post('exemptions/:id/refusal', [Exemptions, 'refuse']).as('exemptions.refuse')
    router.post('exemptions/:id/revocation', [Exemptions, 'revoke']).as('exemptions.revoke')
    router.post('exemptions/:id/withdrawal', [Exemptions, 'withdraw']).as('exemptions.withdraw')

    router.get('spending', [Spending, 'index']).as('spending.index')
    router.get('spending/export', [Spending, 'export']).as('spending.export')
    router.get('spending/create', [Spending, 'create']).as('spending.create')
    router.post('spending', [Spending, 'store']).as('spending.store')
    router.get('spending/:id', [Spending, 'show']).as('spending.show')
    router.post('spending/:id/correction', [Spending, 'correct']).as('spending.correct')
    router.get('limits', [Limits, 'index']).as('limits.index')
    router.post('limits', [Limits, 'store']).as('limits.store')
    router.get('warnings', [Warnings, 'index']).as('warnings.index')
    router.get('warnings/:id', [Warnings, 'show']).as('warnings.show')
    router.post('warnings/:id/clearing', [Warnings, 'clear']).as('warnings.clear')
    router.post('warnings/:id/referral', [Warnings, 'refer']).as('warnings.refer')

    router.get('assets', [Assets, 'index']).as('assets.index')
    router.get('assets/export', [Assets, 'export']).as('assets.export')
    router.get('assets/create', [Assets, 'create']).as('assets.create')
    router.post('assets', [Assets, 'store']).as('assets.store')
    router.get('assets/:id', [Assets, 'show']).as('assets.show')
    router.get('assets/:id/edit', [Assets, 'edit']).as('assets.edit')
    router.post('assets/:id', [Assets, 'update']).as('assets.update')
    router.post('assets/:id/disposal', [Assets, 'dispose']).as('assets.dispose')

    router.get('counts', [Counts, 'index']).as('counts.index')
    router.get('counts/create', [Counts, 'create']).as('counts.create')
    router.post('counts', [Counts, 'store']).as('counts.store')
    router.get('counts/:id', [Counts, 'show']).as('counts.show')
    router.get('counts/:id/sheet', [Counts, 'sheet']).as('counts.sheet')
    router.post('counts/:id/lines', [Counts, 'saveLines']).as('counts.save_lines')
    router.post('counts/:id/surplus', [Counts, 'addSurplus']).as('counts.add_surplus')
    router
      .post('counts/:id/surplus/:line/removal', [Counts, 'removeSurplus'])
      .where('line', router.matchers.number())
      .as('counts.remove_surplus')
    router.post('counts/:id/submission', [Counts, 'submit']).as('counts.submit')
    router.post('counts/:id/return', [Counts, 'return']).as('counts.return')
    router.post('counts/:id/confirmation', [Counts, 'confirm']).as('counts.confirm')
    router.post('counts/:id/withdrawal', [Counts, 'withdraw']).as('counts.withdraw')

    router.get('divestitures', [Divestitures, 'index']).as('divestitures.index')
    router.get('divestitures/create', [Divestitures, 'create']).as('divestitures.create')
    router.post('divestitures', [Divestitures, 'store']).as('divestitures.store')
    router.get('divestitures/:id', [Divestitures, 'show']).as('divestitures.show')
    router.post('divestitures/:id/sides', [Divestitures, 'setSides']).as('divestitures.set_sides')
    router.post('divestitures/:id/submission', [Divestitures, 'submit']).as('divestitures.submit')
    router.post('divestitures/:id/approval', [Divestitures, 'approve']).as('divestitures.approve')
    router.post('divestitures/:id/return', [Divestitures, 'return']).as('divestitures.return')
    router
      .post('divestitures/:id/withdrawal', [Divestitures, 'withdraw'])
      .as('divestitures.withdraw')
    router.post('divestitures/:id/execution', [Divestitures, 'execute']).as('divestitures.execute')
    router
      .get('divestitures/:id/certificate/:format', [Divestitures, 'certificate'])
      .where('format', /^(pdf|xlsx|json)$/)
      .as('divestitures.certificate')
  })
  .prefix('discipline')
  .as('discipline')
  .where('id', router.matchers.number())
  .use(middleware.signedIn())
