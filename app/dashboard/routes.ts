import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

router.get('/', [controllers.dashboard.Home, 'show']).as('home').use(middleware.signedIn())
