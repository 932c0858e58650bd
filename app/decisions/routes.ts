import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Decisions, Proposals, Approvals, Returns, Replacements, Documents } = controllers.decisions
const number = router.matchers.number()

router
  .group(() => {
    router.get('', [Decisions, 'index']).as('decisions.index')
    router.get(':id', [Decisions, 'show']).where('id', number).as('decisions.show')
    router.post(':id/proposal', [Proposals, 'store']).where('id', number).as('proposals.store')
    router.post(':id/approval', [Approvals, 'store']).where('id', number).as('approvals.store')
    router.post(':id/return', [Returns, 'store']).where('id', number).as('returns.store')
    router
      .get(':id/replacement', [Replacements, 'create'])
      .where('id', number)
      .as('replacements.create')
    router
      .post(':id/replacement', [Replacements, 'store'])
      .where('id', number)
      .as('replacements.store')

    router.get('documents', [Documents, 'index']).as('documents.index')
    router.get('documents/pick', [Documents, 'pick']).as('documents.pick')
    router.get('documents/create', [Documents, 'create']).as('documents.create')
    router.post('documents', [Documents, 'store']).as('documents.store')
    router.get('documents/:id/edit', [Documents, 'edit']).where('id', number).as('documents.edit')
    router.post('documents/:id', [Documents, 'update']).where('id', number).as('documents.update')
  })
  .prefix('decisions')
  .as('decisions')
  .use(middleware.signedIn())
