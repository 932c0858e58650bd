import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Imports, Mappings, Commits, Undos, Discards, Retries, RejectedRows } = controllers.imports
const number = router.matchers.number()

router
  .group(() => {
    router.get('', [Imports, 'index']).as('imports.index')
    router.get('create', [Imports, 'create']).as('imports.create')
    router.post('', [Imports, 'store']).as('imports.store')
    router.get(':id', [Imports, 'show']).where('id', number).as('imports.show')
    router.get(':id/mapping', [Mappings, 'edit']).where('id', number).as('mappings.edit')
    router.post(':id/mapping', [Mappings, 'update']).where('id', number).as('mappings.update')
    router.post(':id/commit', [Commits, 'store']).where('id', number).as('commits.store')
    router.post(':id/undo', [Undos, 'store']).where('id', number).as('undos.store')
    router.post(':id/discard', [Discards, 'store']).where('id', number).as('discards.store')
    router.post(':id/retry', [Retries, 'store']).where('id', number).as('retries.store')
    router.get(':id/rejected', [RejectedRows, 'show']).where('id', number).as('rejected.show')
  })
  .prefix('imports')
  .as('imports')
  .use(middleware.signedIn())
