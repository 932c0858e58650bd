import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Years, Days } = controllers.calendar
const year = /^\d{4}$/

router
  .group(() => {
    router.get('', [Years, 'index']).as('years.index')
    router.get(':year', [Years, 'show']).where('year', year).as('years.show')
    router.post(':year/confirmation', [Years, 'confirm']).where('year', year).as('years.confirm')
    router.get('days/:day/edit', [Days, 'edit']).as('days.edit')
    router.post('days/:day', [Days, 'update']).as('days.update')
  })
  .prefix('calendar')
  .as('calendar')
  .use(middleware.signedIn())
