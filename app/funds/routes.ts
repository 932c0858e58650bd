import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Funds, Movements, Projects } = controllers.funds

router
  .group(() => {
    router.get('movements', [Movements, 'index']).as('movements.index')
    router.get('movements/:id', [Movements, 'show']).as('movements.show')
    router.get('movements/:id/edit', [Movements, 'edit']).as('movements.edit')
    router.post('movements/:id', [Movements, 'update']).as('movements.update')
    router.post('movements/:id/posting', [Movements, 'post']).as('movements.post')
    router.post('movements/:id/return', [Movements, 'return']).as('movements.return')
    router.post('movements/:id/withdrawal', [Movements, 'withdraw']).as('movements.withdraw')

    router.get('projects', [Projects, 'index']).as('projects.index')
    router.get('projects/create', [Projects, 'create']).as('projects.create')
    router.post('projects', [Projects, 'store']).as('projects.store')
    router.get('projects/:id', [Projects, 'show']).as('projects.show')
    router.get('projects/:id/edit', [Projects, 'edit']).as('projects.edit')
    router.post('projects/:id', [Projects, 'update']).as('projects.update')
    router.post('steps/:id/submission', [Projects, 'submitStep']).as('projects.submit_step')
    router.post('steps/:id/approval', [Projects, 'approveStep']).as('projects.approve_step')
    router.post('steps/:id/refusal', [Projects, 'refuseStep']).as('projects.refuse_step')

    router.get('', [Funds, 'index']).as('funds.index')
    router.get('create', [Funds, 'create']).as('funds.create')
    router.post('', [Funds, 'store']).as('funds.store')
    router.get(':id', [Funds, 'show']).as('funds.show')
    router.post(':id/lines', [Funds, 'addLine']).as('funds.add_line')
    router.post(':id/closing', [Funds, 'close']).as('funds.close')
    router.get(':id/statement', [Funds, 'statement']).as('funds.statement')
    router.get(':id/movements/create', [Movements, 'create']).as('movements.create')
    router.post(':id/movements', [Movements, 'store']).as('movements.store')
  })
  .prefix('funds')
  .as('funds')
  .where('id', router.matchers.number())
  .use(middleware.signedIn())
