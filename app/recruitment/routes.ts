import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Applications, Jobs, Objections, OwnApplications, Papers, PlanMoves, Plans, Scores } =
  controllers.recruitment

/** For everybody, without an account; what has no form, without a session too. */
router
  .group(() => {
    router.get('', [Jobs, 'index']).as('index').use(middleware.publicPage())
    router.get('status', [Jobs, 'ask']).as('ask')
    router.post('status', [Jobs, 'answer']).as('answer')
    router.get('receipts/:secret', [Jobs, 'receipt']).as('receipt')
    router.post('receipts/:secret/withdrawal', [Jobs, 'withdraw']).as('withdraw')
    router
      .get(':id', [Jobs, 'show'])
      .as('show')
      .where('id', router.matchers.number())
      .use(middleware.publicPage())
    router
      .get(':id/notice', [Jobs, 'notice'])
      .as('notice')
      .where('id', router.matchers.number())
      .use(middleware.publicPage())
    router
      .get(':id/publicity', [Jobs, 'publicity'])
      .as('publicity')
      .where('id', router.matchers.number())
      .use(middleware.publicPage())
    router
      .get(':id/applications', [Jobs, 'create'])
      .as('create')
      .where('id', router.matchers.number())
    router
      .post(':id/applications', [Jobs, 'store'])
      .as('store')
      .where('id', router.matchers.number())
  })
  .prefix('jobs')
  .as('recruitment.jobs')

router
  .group(() => {
    router.get('own', [OwnApplications, 'index']).as('own.index')
    router.get('plans/:id/own/:paper', [OwnApplications, 'paper']).as('own.paper')
    router.get('plans/:id/own-application', [OwnApplications, 'create']).as('own.create')
    router.post('plans/:id/own-application', [OwnApplications, 'store']).as('own.store')

    router.get('plans', [Plans, 'index']).as('plans.index')
    router.get('plans/create', [Plans, 'create']).as('plans.create')
    router.post('plans', [Plans, 'store']).as('plans.store')
    router.get('plans/:id', [Plans, 'show']).as('plans.show')
    router.get('plans/:id/edit', [Plans, 'edit']).as('plans.edit')
    router.post('plans/:id', [Plans, 'update']).as('plans.update')
    router.post('posts/:id', [Plans, 'settlePost']).as('plans.settle_post')
    router.get('plans/:id/papers/:paper', [Papers, 'show']).as('papers.show')

    router.post('plans/:id/submission', [PlanMoves, 'submit']).as('moves.submit')
    router.post('plans/:id/return', [PlanMoves, 'return']).as('moves.return')
    router.post('plans/:id/approval', [PlanMoves, 'approve']).as('moves.approve')
    router.post('plans/:id/publication', [PlanMoves, 'publish']).as('moves.publish')
    router.post('plans/:id/review', [PlanMoves, 'review']).as('moves.review')
    router.post('plans/:id/tests', [PlanMoves, 'test']).as('moves.test')
    router.post('plans/:id/candidates', [PlanMoves, 'choose']).as('moves.choose')
    router.post('plans/:id/publicity', [PlanMoves, 'announce']).as('moves.announce')
    router.post('plans/:id/hiring', [PlanMoves, 'engage']).as('moves.engage')
    router.post('plans/:id/closing', [PlanMoves, 'close']).as('moves.close')
    router.post('plans/:id/cancellation', [PlanMoves, 'cancel']).as('moves.cancel')

    router.post('plans/:id/examiners', [Scores, 'addExaminer']).as('scores.add_examiner')
    router.post('plans/:id/stages/:stage/closing', [Scores, 'close']).as('scores.close')
    router.get('plans/:id/scores/:stage/:examiner', [Scores, 'show']).as('scores.show')
    router.post('plans/:id/scores/:stage/:examiner', [Scores, 'store']).as('scores.store')
    router.post('plans/:id/scores/:stage/:examiner/import', [Scores, 'import']).as('scores.import')
    router
      .post('plans/:id/scores/:stage/:examiner/countersignature', [Scores, 'countersign'])
      .as('scores.countersign')
    router.post('applications/:id/recusals', [Scores, 'recuse']).as('scores.recuse')
    router.post('applications/:id/score-changes', [Scores, 'propose']).as('scores.propose')
    router.post('score-changes/:id/approval', [Scores, 'approveChange']).as('scores.approve')
    router.post('score-changes/:id/refusal', [Scores, 'refuseChange']).as('scores.refuse')

    router.get('applications/:id', [Applications, 'show']).as('applications.show')
    router.get('applications/:id/files/:file', [Applications, 'file']).as('applications.file')
    router.post('applications/:id/review', [Applications, 'review']).as('applications.review')
    router.post('applications/:id/checks', [Applications, 'check']).as('applications.check')
    router.post('applications/:id/drop', [Applications, 'drop']).as('applications.drop')
    router.post('applications/:id/extra', [Applications, 'extra']).as('applications.extra')
    router.post('applications/:id/hiring', [Applications, 'hire']).as('applications.hire')
    router.post('applications/:id/unmasking', [Applications, 'unmask']).as('applications.unmask')

    router.post('plans/:id/objections', [Objections, 'store']).as('objections.store')
    router.post('objections/:id/acceptance', [Objections, 'accept']).as('objections.accept')
    router.post('objections/:id/rejection', [Objections, 'reject']).as('objections.reject')
  })
  .prefix('recruitment')
  .as('recruitment')
  .where('id', router.matchers.number())
  .where('examiner', router.matchers.number())
  .where('file', router.matchers.number())
  .use(middleware.signedIn())
