import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Batches, Lines, Moves, Reversals, Papers, Certificates, Flow } = controllers.transfers
const number = router.matchers.number()

router
  .group(() => {
    router.get('batches', [Batches, 'index']).as('batches.index')
    router.get('batches/create', [Batches, 'create']).as('batches.create')
    router.post('batches', [Batches, 'store']).as('batches.store')
    router.get('flow', [Flow, 'show']).as('flow.show')
    router
      .group(() => {
        router.get('', [Batches, 'show']).as('batches.show')
        router.get('edit', [Batches, 'edit']).as('batches.edit')
        router.post('', [Batches, 'update']).as('batches.update')

        router.get('lines/create', [Lines, 'create']).as('lines.create')
        router.post('rule', [Lines, 'rule']).as('lines.rule')
        router.post('list', [Lines, 'list']).as('lines.list')
        router.post('seats', [Lines, 'seats']).as('lines.seats')
        router.post('targets', [Lines, 'targets']).as('lines.targets')
        router.post('removal', [Lines, 'remove']).as('lines.remove')
        router.post('split', [Lines, 'split']).as('lines.split')

        router.post('check', [Moves, 'check']).as('moves.check')
        router.post('submission', [Moves, 'submit']).as('moves.submit')
        router
          .post('signatures/:step', [Moves, 'sign'])
          .where('step', /^(unit|personnel|establishment)$/)
          .as('moves.sign')
        router.post('return', [Moves, 'return']).as('moves.return')
        router.post('withdrawal', [Moves, 'withdraw']).as('moves.withdraw')
        router.post('execution', [Moves, 'execute']).as('moves.execute')

        router.get('reversal', [Reversals, 'create']).as('reversals.create')
        router.post('reversal', [Reversals, 'store']).as('reversals.store')

        router
          .get('papers/:paper/:format', [Papers, 'show'])
          .where('format', /^(pdf|xlsx)$/)
          .as('papers.show')
        router.post('papers', [Papers, 'unmasked']).as('papers.unmasked')
        router
          .get('certificate/:format', [Certificates, 'show'])
          .where('format', /^(pdf|xlsx|json)$/)
          .as('certificates.show')
      })
      .prefix('batches/:id')
      .where('id', number)
  })
  .prefix('transfers')
  .as('transfers')
  .use(middleware.signedIn())
