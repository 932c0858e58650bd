import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

router
  .group(() => {
    router.get('events', [controllers.audit.Events, 'index']).as('events.index')
    router.get('events/export', [controllers.audit.Events, 'export']).as('events.export')
  })
  .prefix('audit')
  .as('audit')
  .use(middleware.signedIn())
