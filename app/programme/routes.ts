import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Plan, Items, ItemMoves, Evidence, Conflicts, Baselines, WhatIf, Feeds, Resolutions } =
  controllers.programme

/** Read by calendars, which do not sign in: the secret is in the address. */
router
  .get('programme/calendars/:token', [Feeds, 'show'])
  .as('programme.feeds.show')
  .where('token', /^[A-Za-z0-9]{32}\.ics$/)

router
  .group(() => {
    router.get('', [Plan, 'index']).as('plan.index')
    router.get('create', [Plan, 'create']).as('plan.create')
    router.get('edit', [Plan, 'edit']).as('plan.edit')
    router.post('', [Plan, 'store']).as('plan.store')
    router.get('export', [Plan, 'export']).as('plan.export')
    router.get('what-if', [WhatIf, 'show']).as('what_if.show')

    router.get('resolutions/pick', [Resolutions, 'pick']).as('resolutions.pick')

    router.get('items/create', [Items, 'create']).as('items.create')
    router.post('items', [Items, 'store']).as('items.store')
    router.get('items/:id', [Items, 'show']).as('items.show')
    router.get('items/:id/edit', [Items, 'edit']).as('items.edit')
    router.post('items/:id', [Items, 'update']).as('items.update')
    router.post('items/:id/drop', [Items, 'drop']).as('items.drop')
    router.post('items/:id/links', [ItemMoves, 'link']).as('items.link')
    router.post('items/:id/links/:link/removal', [ItemMoves, 'unlink']).as('items.unlink')
    router.post('items/:id/tasks', [ItemMoves, 'linkTask']).as('items.link_task')
    router.post('items/:id/tasks/:task/removal', [ItemMoves, 'unlinkTask']).as('items.unlink_task')
    router.post('items/:id/fixed-date', [ItemMoves, 'fixDate']).as('items.fix_date')
    router.post('items/:id/progress', [ItemMoves, 'report']).as('items.report')
    router.post('items/:id/evidence', [ItemMoves, 'submitEvidence']).as('items.submit_evidence')

    router.post('evidence/:id/acceptance', [Evidence, 'accept']).as('evidence.accept')
    router.post('evidence/:id/return', [Evidence, 'return']).as('evidence.return')
    router.post('evidence/:id/withdrawal', [Evidence, 'withdraw']).as('evidence.withdraw')

    router.get('conflicts', [Conflicts, 'index']).as('conflicts.index')
    router.get('conflicts/:from/:to', [Conflicts, 'show']).as('conflicts.show')
    router.post('conflicts/:from/:to', [Conflicts, 'store']).as('conflicts.store')

    router.get('baselines', [Baselines, 'index']).as('baselines.index')
    router.post('baselines', [Baselines, 'store']).as('baselines.store')
    router.get('baselines/:id', [Baselines, 'show']).as('baselines.show')

    router.get('feeds', [Feeds, 'index']).as('feeds.index')
    router.post('feeds', [Feeds, 'store']).as('feeds.store')
    router.post('feeds/:id/revocation', [Feeds, 'revoke']).as('feeds.revoke')
  })
  .prefix('programme')
  .as('programme')
  .where('id', router.matchers.number())
  .where('task', router.matchers.number())
  .where('link', router.matchers.number())
  .where('from', router.matchers.number())
  .where('to', router.matchers.number())
  .use(middleware.signedIn())
