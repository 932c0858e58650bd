import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const module = controllers.organization
const id = router.matchers.number()

router
  .group(() => {
    router.get('tree', [module.UnitTree, 'show']).as('tree.show')
    router.get('units', [module.Units, 'index']).as('units.index')
    router.get('units/pick', [module.Units, 'pick']).as('units.pick')
    router.get('units/create', [module.Units, 'create']).as('units.create')
    router.post('units', [module.Units, 'store']).as('units.store')
    router.get('units/:id', [module.Units, 'show']).as('units.show')
    router.get('units/:id/facts/create', [module.UnitFacts, 'create']).as('unit_facts.create')
    router.post('units/:id/facts', [module.UnitFacts, 'store']).as('unit_facts.store')
    router.get('units/:id/names/create', [module.UnitNames, 'create']).as('unit_names.create')
    router.post('units/:id/names', [module.UnitNames, 'store']).as('unit_names.store')
    router
      .post('units/:id/names/:nameId/end', [module.UnitNames, 'end'])
      .where('nameId', id)
      .as('unit_names.end')

    const { Departments, Posts } = module
    router.get('units/:id/departments/pick', [Departments, 'pick']).as('departments.pick')
    router.get('units/:id/departments/create', [Departments, 'create']).as('departments.create')
    router.post('units/:id/departments', [Departments, 'store']).as('departments.store')
    router.get('departments/:id/edit', [Departments, 'edit']).as('departments.edit')
    router.post('departments/:id', [Departments, 'update']).as('departments.update')
    router.get('units/:id/posts/pick', [Posts, 'pick']).as('posts.pick')
    router.get('units/:id/posts/create', [Posts, 'create']).as('posts.create')
    router.post('units/:id/posts', [Posts, 'store']).as('posts.store')
    router.get('posts/:id/edit', [Posts, 'edit']).as('posts.edit')
    router.post('posts/:id', [Posts, 'update']).as('posts.update')

    const { UnitChanges } = module
    router.get('changes', [UnitChanges, 'index']).as('unit_changes.index')
    router.get('changes/create', [UnitChanges, 'create']).as('unit_changes.create')
    router.post('changes', [UnitChanges, 'store']).as('unit_changes.store')
    router.get('changes/:id', [UnitChanges, 'show']).as('unit_changes.show')
    router.post('changes/:id/execution', [UnitChanges, 'execute']).as('unit_changes.execute')
    router.post('changes/:id/withdrawal', [UnitChanges, 'withdraw']).as('unit_changes.withdraw')
  })
  .prefix('organization')
  .as('organization')
  .where('id', id)
  .use(middleware.signedIn())

router
  .group(() => {
    router.get('quota', [module.Quota, 'index']).as('quota.index')
    router.get('quota/export', [module.Quota, 'export']).as('quota.export')
    router.get('quota/units/:id', [module.QuotaEntries, 'index']).as('quota_entries.index')
    router.get('quota/movements/:id', [module.QuotaEntries, 'show']).as('quota_entries.show')
    router
      .get('quota/movements/create', [module.QuotaMovements, 'create'])
      .as('quota_movements.create')
    router.post('quota/movements', [module.QuotaMovements, 'store']).as('quota_movements.store')

    const { QuotaExceptions } = module
    router.get('quota/exceptions', [QuotaExceptions, 'index']).as('quota_exceptions.index')
    router.get('quota/exceptions/create', [QuotaExceptions, 'create']).as('quota_exceptions.create')
    router.post('quota/exceptions', [QuotaExceptions, 'store']).as('quota_exceptions.store')
    router.get('quota/exceptions/:id', [QuotaExceptions, 'show']).as('quota_exceptions.show')
    router
      .post('quota/exceptions/:id/approval', [QuotaExceptions, 'approve'])
      .as('quota_exceptions.approve')
    router
      .post('quota/exceptions/:id/refusal', [QuotaExceptions, 'refuse'])
      .as('quota_exceptions.refuse')
    router.post('quota/exceptions/:id/end', [QuotaExceptions, 'end']).as('quota_exceptions.end')

    const { QuotaRequests, RequestMoves } = module
    router.get('quota-requests', [QuotaRequests, 'index']).as('quota_requests.index')
    router.get('quota-requests/create', [QuotaRequests, 'create']).as('quota_requests.create')
    router.post('quota-requests', [QuotaRequests, 'store']).as('quota_requests.store')
    router.get('quota-requests/:id', [QuotaRequests, 'show']).as('quota_requests.show')
    router.get('quota-requests/:id/edit', [QuotaRequests, 'edit']).as('quota_requests.edit')
    router.post('quota-requests/:id', [QuotaRequests, 'update']).as('quota_requests.update')
    router
      .post('quota-requests/:id/submission', [RequestMoves, 'submit'])
      .as('request_moves.submit')
    router
      .post('quota-requests/:id/approval', [RequestMoves, 'approve'])
      .as('request_moves.approve')
    router.post('quota-requests/:id/return', [RequestMoves, 'return']).as('request_moves.return')
    router
      .post('quota-requests/:id/withdrawal', [RequestMoves, 'withdraw'])
      .as('request_moves.withdraw')
    router.post('quota-requests/:id/release', [RequestMoves, 'release']).as('request_moves.release')
  })
  .prefix('organization')
  .as('organization')
  .where('id', id)
  .use(middleware.signedIn())
