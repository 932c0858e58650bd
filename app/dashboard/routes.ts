import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Home, Styleguide } = controllers.dashboard

router.get('/', [Home, 'show']).as('home').use(middleware.signedIn())

router
  .group(() => {
    router.get('styleguide', [Styleguide, 'show']).as('styleguide')
  })
  .as('dashboard')
  .use(middleware.signedIn())
