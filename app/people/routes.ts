import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Persons } = controllers.people

router
  .group(() => {
    router.get('persons', [Persons, 'index']).as('persons.index')
    router.get('persons/export', [Persons, 'export']).as('persons.export')
    router.get('persons/pick', [Persons, 'pick']).as('persons.pick')
  })
  .prefix('people')
  .as('people')
  .use(middleware.signedIn())
