import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Assessments, Indicators, Moves, Sheets, Values } = controllers.assessment

router
  .group(() => {
    router.get('sheets', [Sheets, 'index']).as('sheets.index')
    router.get('sheets/create', [Sheets, 'create']).as('sheets.create')
    router.post('sheets', [Sheets, 'store']).as('sheets.store')
    router.get('sheets/:id', [Sheets, 'show']).as('sheets.show')
    router.get('sheets/:id/edit', [Sheets, 'edit']).as('sheets.edit')
    router.post('sheets/:id', [Sheets, 'update']).as('sheets.update')
    router.post('sheets/:id/adoption', [Sheets, 'adopt']).as('sheets.adopt')
    router.post('sheets/:id/withdrawal', [Sheets, 'withdraw']).as('sheets.withdraw')
    router.get('sheets/:id/indicators/create', [Indicators, 'create']).as('indicators.create')
    router.post('sheets/:id/indicators', [Indicators, 'store']).as('indicators.store')
    router.get('indicators/:id', [Indicators, 'edit']).as('indicators.edit')
    router.post('indicators/:id', [Indicators, 'update']).as('indicators.update')
    router.post('indicators/:id/removal', [Indicators, 'remove']).as('indicators.remove')

    router.get('', [Assessments, 'index']).as('assessments.index')
    router.get('create', [Assessments, 'create']).as('assessments.create')
    router.post('', [Assessments, 'store']).as('assessments.store')
    router.get(':id', [Assessments, 'show']).as('assessments.show')
    router.get(':id/report', [Assessments, 'report']).as('assessments.report')
    router.get(':id/units/:unitId', [Values, 'show']).as('values.show')
    router.post(':id/units/:unitId', [Values, 'update']).as('values.update')
    router.post(':id/reading', [Moves, 'read']).as('moves.read')
    router.post(':id/summary', [Moves, 'summarise']).as('moves.summarise')
    router.post(':id/submission', [Moves, 'submit']).as('moves.submit')
    router.post(':id/confirmation', [Moves, 'confirm']).as('moves.confirm')
    router.post(':id/return', [Moves, 'return']).as('moves.return')
    router.post(':id/publication', [Moves, 'publish']).as('moves.publish')
    router.post(':id/withdrawal', [Moves, 'withdraw']).as('moves.withdraw')
    router.post(':id/revision', [Moves, 'revise']).as('moves.revise')
  })
  .prefix('assessment')
  .as('assessment')
  .where('id', router.matchers.number())
  .where('unitId', router.matchers.number())
  .use(middleware.signedIn())
