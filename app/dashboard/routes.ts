import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Cockpit, Home, Inbox, Locale, Search, Styleguide, Units } = controllers.dashboard

router.post('locale', [Locale, 'update']).as('dashboard.locale.update')

router.get('/', [Home, 'show']).as('home').use(middleware.signedIn())

router
  .group(() => {
    router.get('cockpit', [Cockpit, 'show']).as('cockpit.show')
    router.get('units/:id', [Units, 'show']).as('units.show').where('id', router.matchers.number())
    router.get('inbox', [Inbox, 'index']).as('inbox.index')
    router.get('inbox/count', [Inbox, 'count']).as('inbox.count')
    router.get('search', [Search, 'index']).as('search.index')
    router.get('styleguide', [Styleguide, 'show']).as('styleguide.show')
    router.post('styleguide', [Styleguide, 'store']).as('styleguide.store')
    router.get('styleguide/people', [Styleguide, 'people']).as('styleguide.people')
  })
  .as('dashboard')
  .use(middleware.signedIn())
