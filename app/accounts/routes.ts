import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Session, Password, Users, Grants, Security } = controllers.accounts

router
  .group(() => {
    router.get('sign-in', [Session, 'create']).as('session.create')
    router.post('sign-in', [Session, 'store']).as('session.store')
    router.get('code', [Session, 'code']).as('session.code')
    router.post('code', [Session, 'storeCode']).as('session.store_code')
  })
  .prefix('accounts')
  .as('accounts')
  .use(middleware.guest())

router
  .group(() => {
    router.post('sign-out', [Session, 'destroy']).as('session.destroy')
    router.post('sign-out-everywhere', [Session, 'destroyAll']).as('session.destroy_all')
    router.get('password', [Password, 'edit']).as('password.edit')
    router.post('password', [Password, 'update']).as('password.update')

    router.get('security', [Security, 'show']).as('security.show')
    router.post('totp', [Security, 'enable']).as('totp.enable')
    router.post('totp/end', [Security, 'disable']).as('totp.disable')
    router.post('email', [Security, 'email']).as('email.update')
    router.get('colleagues', [Security, 'colleagues']).as('colleagues')
    router.post('delegations', [Security, 'delegate']).as('delegations.store')
    router
      .post('delegations/:id/end', [Security, 'endDelegation'])
      .as('delegations.end')
      .where('id', router.matchers.number())

    router.get('users', [Users, 'index']).as('users.index')
    router.get('users/new', [Users, 'create']).as('users.create')
    router.post('users', [Users, 'store']).as('users.store')
    router
      .group(() => {
        router.get('users/:id', [Users, 'show']).as('users.show')
        router.post('users/:id/reset', [Users, 'reset']).as('users.reset')
        router.post('users/:id/state', [Users, 'state']).as('users.state')
      })
      .where('id', router.matchers.number())

    router.get('grants', [Grants, 'index']).as('grants.index')
    router.get('grants/new', [Grants, 'create']).as('grants.create')
    router.get('grants/departments', [Grants, 'departments']).as('grants.departments')
    router.get('grants/cases', [Grants, 'cases']).as('grants.cases')
    router.post('grants', [Grants, 'store']).as('grants.store')
    router
      .group(() => {
        router.post('grants/:id/decision', [Grants, 'decide']).as('grants.decide')
        router.post('grants/:id/end', [Grants, 'end']).as('grants.end')
      })
      .where('id', router.matchers.number())
  })
  .prefix('accounts')
  .as('accounts')
  .use(middleware.signedIn())
