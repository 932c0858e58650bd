import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Session, Password } = controllers.accounts

router
  .group(() => {
    router.get('sign-in', [Session, 'create']).as('session.create')
    router.post('sign-in', [Session, 'store']).as('session.store')
  })
  .prefix('accounts')
  .as('accounts')

router
  .group(() => {
    router.post('sign-out', [Session, 'destroy']).as('session.destroy')
    router.get('password', [Password, 'edit']).as('password.edit')
    router.post('password', [Password, 'update']).as('password.update')
  })
  .prefix('accounts')
  .as('accounts')
  .use(middleware.signedIn())
