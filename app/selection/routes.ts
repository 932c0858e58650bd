import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const {
  Arrangements,
  Contracts,
  Endings,
  Exceptions,
  Mine,
  Moves,
  Objections,
  Papers,
  People,
  Permits,
  Posts,
  Publications,
  Rankings,
  Results,
  Rounds,
} = controllers.selection

router
  .group(() => {
    router.get('rounds', [Rounds, 'index']).as('rounds.index')
    router.get('rounds/create', [Rounds, 'create']).as('rounds.create')
    router.post('rounds', [Rounds, 'store']).as('rounds.store')
    router.get('rounds/:id', [Rounds, 'show']).as('rounds.show')
    router.get('rounds/:id/edit', [Rounds, 'edit']).as('rounds.edit')
    router.post('rounds/:id', [Rounds, 'update']).as('rounds.update')

    router.post('rounds/:id/approval', [Moves, 'approve']).as('moves.approve')
    router.post('rounds/:id/days', [Moves, 'reschedule']).as('moves.reschedule')
    router.post('rounds/:id/publication', [Moves, 'publish']).as('moves.publish')
    router.post('rounds/:id/placement', [Moves, 'place']).as('moves.place')
    router.post('rounds/:id/re-engagement', [Moves, 'reEngage']).as('moves.re_engage')
    router.post('rounds/:id/closing', [Moves, 'close']).as('moves.close')

    router.get('rounds/:id/posts/create', [Posts, 'create']).as('posts.create')
    router.post('rounds/:id/posts', [Posts, 'store']).as('posts.store')
    router.post('rounds/:id/groups', [Posts, 'group']).as('posts.group')
    router.post('rounds/:id/posts/removal', [Posts, 'remove']).as('posts.remove')
    router.get('lists/:id/scorers', [Posts, 'scorers']).as('posts.scorers')
    router.post('lists/:id/scorers', [Posts, 'addScorer']).as('posts.add_scorer')
    router.post('lists/:id/scorers/removal', [Posts, 'removeScorer']).as('posts.remove_scorer')

    router
      .post('lists/:id/scorers/substitution', [Posts, 'substitute'])
      .as('posts.substitute_scorer')

    router.post('rounds/:id/people', [People, 'store']).as('people.store')
    router.post('rounds/:id/people/removal', [People, 'remove']).as('people.remove')
    router.get('rounds/:id/people/export', [People, 'export']).as('people.export')
    router.get('people/:id', [People, 'show']).as('people.show')
    router.post('people/:id/signature', [People, 'sign']).as('people.sign')
    router.post('people/:id/refusal', [People, 'decline']).as('people.decline')

    router.post('people/:id/permits', [Permits, 'store']).as('permits.store')
    router.post('permits/:id/approval', [Permits, 'approve']).as('permits.approve')
    router.post('permits/:id/refusal', [Permits, 'refuse']).as('permits.refuse')

    router.get('people/:id/paper', [Papers, 'create']).as('papers.create')
    router.post('papers/:id/entry', [Papers, 'store']).as('papers.store')
    router.get('papers/:id', [Papers, 'show']).as('papers.show')
    router.get('papers/:id/scan', [Papers, 'scan']).as('papers.scan')
    router.post('papers/:id/confirmation', [Papers, 'confirm']).as('papers.confirm')
    router.post('papers/:id/discarding', [Papers, 'discard']).as('papers.discard')

    router.get('mine', [Mine, 'index']).as('mine.index')
    router.get('mine/:id', [Mine, 'show']).as('mine.show')
    router.post('mine/:id', [Mine, 'save']).as('mine.save')
    router.post('mine/:id/signature', [Mine, 'sign']).as('mine.sign')
    router.post('mine/:id/refusal', [Mine, 'decline']).as('mine.decline')

    router.get('rankings', [Rankings, 'index']).as('rankings.index')
    router.get('rankings/:id', [Rankings, 'show']).as('rankings.show')
    router.post('rankings/:id', [Rankings, 'save']).as('rankings.save')

    router.get('rounds/:id/results/export', [Results, 'export']).as('results.export')
    router.get('matchings/:id', [Results, 'show']).as('results.show')
    router
      .get('matchings/:id/certificate/:format', [Results, 'certificate'])
      .where('format', /^(pdf|json)$/)
      .as('results.certificate')
    router.get('matchings/:id/verification', [Results, 'verification']).as('results.verification')

    router.get('notices/:id', [Publications, 'show']).as('publications.show')
    router.get('notices/:id/pdf', [Publications, 'pdf']).as('publications.pdf')

    router.get('objections/:id/create', [Objections, 'create']).as('objections.create')
    router.post('objections/:id/filing', [Objections, 'store']).as('objections.store')
    router.get('objections/:id', [Objections, 'show']).as('objections.show')
    router.get('objections/:id/evidence', [Objections, 'evidence']).as('objections.evidence')
    router.post('objections/:id/acceptance', [Objections, 'accept']).as('objections.accept')
    router.post('objections/:id/rejection', [Objections, 'reject']).as('objections.reject')
    router.post('objections/:id/withdrawal', [Objections, 'withdraw']).as('objections.withdraw')

    router.get('people/:id/exception', [Exceptions, 'create']).as('exceptions.create')
    router.post('people/:id/exceptions', [Exceptions, 'store']).as('exceptions.store')
    router.post('exceptions/:id/approval', [Exceptions, 'approve']).as('exceptions.approve')
    router.post('exceptions/:id/refusal', [Exceptions, 'refuse']).as('exceptions.refuse')

    router.get('arrangements/:id', [Arrangements, 'show']).as('arrangements.show')
    router.post('arrangements/:id', [Arrangements, 'plan']).as('arrangements.plan')
    router.post('arrangements/:id/settling', [Arrangements, 'settle']).as('arrangements.settle')
    router.post('arrangements/:id/endings', [Endings, 'store']).as('endings.store')
    router.post('endings/:id/approval', [Endings, 'approve']).as('endings.approve')
    router.post('endings/:id/refusal', [Endings, 'refuse']).as('endings.refuse')
    router.post('endings/:id/notice', [Endings, 'serve']).as('endings.serve')

    router.get('contracts', [Contracts, 'index']).as('contracts.index')
    router.get('contracts/export', [Contracts, 'export']).as('contracts.export')
  })
  .prefix('selection')
  .as('selection')
  .where('id', router.matchers.number())
  .use(middleware.signedIn())
