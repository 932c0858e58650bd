import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const {
  Appeals,
  Cards,
  Consequences,
  CycleMoves,
  Cycles,
  Indicators,
  Mine,
  Papers,
  Points,
  PostValues,
  Schemes,
  Scorers,
  Scoring,
} = controllers.performance

router
  .group(() => {
    router.get('', [Cycles, 'index']).as('cycles.index')
    router.get('mine', [Mine, 'index']).as('mine.index')

    router.get('cycles/create', [Cycles, 'create']).as('cycles.create')
    router.post('cycles', [Cycles, 'store']).as('cycles.store')
    router.get('cycles/:id', [Cycles, 'show']).as('cycles.show')
    router.post('cycles/:id/self-reports', [CycleMoves, 'openSelfReport']).as('moves.self_reports')
    router.post('cycles/:id/opening', [CycleMoves, 'openScoring']).as('moves.open_scoring')
    router.post('cycles/:id/calibration', [CycleMoves, 'calibrate']).as('moves.calibrate')
    router.post('cycles/:id/suggestions', [CycleMoves, 'suggest']).as('moves.suggest')
    router.post('cycles/:id/proposal', [CycleMoves, 'propose']).as('moves.propose')
    router.post('cycles/:id/reopening', [CycleMoves, 'reopen']).as('moves.reopen')
    router.post('cycles/:id/resolution', [CycleMoves, 'resolve']).as('moves.resolve')
    router.post('cycles/:id/signing', [CycleMoves, 'openSigning']).as('moves.open_signing')
    router.post('cycles/:id/closing', [CycleMoves, 'close']).as('moves.close')
    router.post('cycles/:id/cancellation', [CycleMoves, 'cancel']).as('moves.cancel')
    router.post('cycles/:id/consequences', [Consequences, 'store']).as('consequences.store')
    router.get('cycles/:id/results', [Papers, 'results']).as('papers.results')
    router.get('cycles/:id/publicity', [Papers, 'publicity']).as('papers.publicity')
    router.post('cycles/:id/scorers', [Scorers, 'store']).as('scorers.store')
    router.post('cycles/:id/scorers/:scorerId', [Scorers, 'destroy']).as('scorers.destroy')
    router.get('cycles/:id/scoring', [Scoring, 'show']).as('scoring.show')
    router.post('cycles/:id/scoring', [Scoring, 'store']).as('scoring.store')
    router.post('cycles/:id/scoring/submission', [Scoring, 'submit']).as('scoring.submit')
    router.post('cards/:cardId/scoring', [Scoring, 'row']).as('scoring.row')

    router.get('cards/:id', [Cards, 'show']).as('cards.show')
    router.post('cards/:id/rating', [Cards, 'rate']).as('cards.rate')
    router.post('cards/:id/score', [Cards, 'calibrate']).as('cards.calibrate')
    router.post('cards/:id/correction', [Cards, 'correct']).as('cards.correct')
    router.post('cards/:id/comment', [Cards, 'comment']).as('cards.comment')
    router.post('cards/:id/leader', [Cards, 'leader']).as('cards.leader')
    router.get('cards/:id/notice', [Cards, 'notice']).as('cards.notice')
    router.post('cards/:id/self-report', [Mine, 'report']).as('mine.report')
    router.post('cards/:id/signature', [Mine, 'sign']).as('mine.sign')
    router.post('cards/:id/appeals', [Mine, 'appeal']).as('mine.appeal')
    router.post('cards/:id/objections', [Mine, 'object']).as('mine.object')

    router.get('appeals', [Appeals, 'index']).as('appeals.index')
    router.get('appeals/:id', [Appeals, 'show']).as('appeals.show')
    router.post('appeals/:id/answer', [Appeals, 'answer']).as('appeals.answer')
    router.post('appeals/:id/withdrawal', [Appeals, 'withdraw']).as('appeals.withdraw')

    router.get('indicators', [Indicators, 'index']).as('indicators.index')
    router.get('indicators/create', [Indicators, 'create']).as('indicators.create')
    router.post('indicators', [Indicators, 'store']).as('indicators.store')
    router.get('indicators/:id', [Indicators, 'show']).as('indicators.show')
    router.post('indicators/:id/formula', [Indicators, 'formula']).as('indicators.formula')

    router.get('schemes', [Schemes, 'index']).as('schemes.index')
    router.get('schemes/create', [Schemes, 'create']).as('schemes.create')
    router.post('schemes', [Schemes, 'store']).as('schemes.store')
    router.get('schemes/:id', [Schemes, 'show']).as('schemes.show')

    router.get('points', [Points, 'index']).as('points.index')
    router.get('points/export', [Points, 'export']).as('points.export')
    router.get('points/create', [Points, 'create']).as('points.create')
    router.post('points', [Points, 'store']).as('points.store')
    router.post('points/:id/reversal', [Points, 'reverse']).as('points.reverse')

    router.get('post-values', [PostValues, 'index']).as('post_values.index')
    router.get('post-values/export', [PostValues, 'export']).as('post_values.export')
    router.get('post-values/:id', [PostValues, 'show']).as('post_values.show')
    router.post('post-values/:id', [PostValues, 'store']).as('post_values.store')
  })
  .prefix('performance')
  .as('performance')
  .where('id', router.matchers.number())
  .use(middleware.signedIn())
