import { insert } from '../world.js'
import { anywhere, inUnit, mixed, nobody, orSelf, type Rows } from '../rows.js'

const SEE =
  'hr_officer hr_head personnel_approver leadership pay_officer discipline_inspector auditor'
const EXPORT = 'hr_officer hr_head leadership auditor'
/** A manager's grant reaches a department, never everything. */
const SEE_WITH_MANAGER = `${SEE} department_manager`
const SCORE = 'department_manager scorer'

export const performance: Rows = {
  at: {
    'performance.cycles': { id: 'review_cycle' },
    'performance.moves': { id: 'review_cycle' },
    'performance.papers': { id: 'review_cycle' },
    'performance.scorers': { id: 'review_cycle', scorerId: 'cycle_scorer' },
    'performance.scoring': { id: 'review_cycle', cardId: 'scorecard' },
    'performance.cards': { id: 'scorecard' },
    'performance.mine': { id: 'scorecard' },
    'performance.consequences': { id: 'review_cycle' },
    'performance.appeals': { id: 'review_appeal' },
    'performance.indicators': { id: 'indicator' },
    'performance.schemes': { id: 'score_scheme' },
    'performance.points': { id: 'work_point' },
    'performance.post_values': { id: 'performance_post' },
  },
  async build({ unitId, departmentId, postId, personId, documentId }) {
    const now = '2026-01-01 00:00:00.000'
    const cycle = await insert('review_cycles', {
      number: 'KH-1',
      title: '季度考核',
      kind: 'quarter',
      unit_id: unitId,
      period_from: '2026-01-01',
      period_to: '2026-04-01',
      state: 'planned',
      document_id: documentId,
      minimum_group: 5,
      appeal_days: 30,
    })
    const card = await insert('scorecards', {
      cycle_id: cycle,
      person_id: personId,
      unit_id: unitId,
      department_id: departmentId,
      post_id: postId,
      employment_type: 'contract',
      front_line: false,
      outlook: 'graded',
      in_base: true,
      cases: '[]',
    })
    const proposal = { scorecard_id: card, result_version: 1, created_at: now }
    await insert('rating_proposals', { ...proposal, kind: 'step_up' }, true)
    const scheme = { manager_weight: 10_000, peer_weight: 0, service_weight: 0 }
    return {
      review_cycle: cycle,
      scorecard: card,
      performance_post: postId,
      cycle_scorer: await insert(
        'cycle_scorers',
        { cycle_id: cycle, user_id: 999_999, role: 'peer', created_at: now },
        true
      ),
      rating_decision: await insert(
        'rating_decisions',
        { ...proposal, accepted: true, document_id: documentId, decided_by: 1 },
        true
      ),
      review_appeal: await insert('review_appeals', {
        number: 'SS-1',
        scorecard_id: card,
        kind: 'appeal',
        reason: '理由',
        raised_by_name: '张本人',
        state: 'submitted',
      }),
      indicator: await insert('indicators', {
        code: 'GZL',
        name: '工作量分',
        kind: 'quantity',
        measure: '分',
        source: 'entered',
      }),
      score_scheme: await insert(
        'score_schemes',
        {
          code: 'FA-1',
          name: '方案',
          unit_id: unitId,
          cycle_kind: 'quarter',
          ...scheme,
          formula: '加权得分',
          front_line_tilt: '1',
          valid_from: '2026-01-01',
          document_id: documentId,
          recorded_at: now,
        },
        true
      ),
      work_point: await insert(
        'work_points',
        {
          entry_key: 'k1',
          person_id: personId,
          unit_id: unitId,
          kind: '稿件',
          piece: '头条',
          points_milli: 1000,
          worked_on: '2026-01-01',
          recorded_at: now,
        },
        true
      ),
    }
  },
  rows: {
    'performance.cycles.index': anywhere(`${SEE} ${SCORE}`),
    'performance.mine.index': orSelf(anywhere('staff')),
    'performance.cycles.create': anywhere('hr_officer'),
    'performance.cycles.store': anywhere('hr_officer'),
    'performance.cycles.show': mixed(SEE_WITH_MANAGER, '', SEE),
    'performance.moves.self_reports': inUnit('hr_officer'),
    'performance.moves.open_scoring': inUnit('hr_officer'),
    'performance.moves.calibrate': inUnit('hr_head'),
    'performance.moves.suggest': inUnit('hr_head'),
    'performance.moves.propose': inUnit('hr_head'),
    'performance.moves.reopen': inUnit('hr_head'),
    'performance.moves.resolve': inUnit('leadership'),
    'performance.moves.open_signing': inUnit('hr_head'),
    'performance.moves.close': inUnit('hr_head'),
    'performance.consequences.store': inUnit('personnel_approver'),
    'performance.moves.cancel': inUnit('hr_officer'),
    'performance.papers.results': inUnit(EXPORT),
    'performance.papers.publicity': inUnit(EXPORT),
    'performance.scorers.store': inUnit('hr_officer'),
    'performance.scorers.destroy': inUnit('hr_officer'),
    'performance.scoring.show': anywhere(SCORE),
    'performance.scoring.store': anywhere(SCORE),
    'performance.scoring.submit': anywhere(SCORE),
    'performance.scoring.row': inUnit(SCORE),
    'performance.cards.show': orSelf(inUnit(SEE_WITH_MANAGER)),
    'performance.cards.rate': inUnit('hr_head leadership'),
    'performance.cards.calibrate': inUnit('hr_head'),
    'performance.cards.correct': inUnit('hr_head'),
    'performance.cards.comment': inUnit(SCORE),
    'performance.cards.leader': inUnit('hr_officer'),
    'performance.cards.notice': orSelf(inUnit(SEE_WITH_MANAGER)),
    'performance.mine.report': orSelf(nobody),
    'performance.mine.sign': orSelf(nobody),
    'performance.mine.appeal': orSelf(nobody),
    'performance.mine.object': inUnit('hr_officer'),
    'performance.appeals.index': anywhere(SEE),
    'performance.appeals.show': orSelf(inUnit(SEE_WITH_MANAGER)),
    'performance.appeals.answer': inUnit('hr_head'),
    'performance.appeals.withdraw': nobody,
    'performance.indicators.index': anywhere(SEE),
    'performance.indicators.create': anywhere('hr_officer'),
    'performance.indicators.store': anywhere('hr_officer'),
    'performance.indicators.show': anywhere(SEE),
    'performance.indicators.formula': anywhere('hr_officer'),
    'performance.schemes.index': anywhere(SEE),
    'performance.schemes.create': anywhere('hr_officer'),
    'performance.schemes.store': anywhere('hr_officer'),
    'performance.schemes.show': inUnit(SEE),
    'performance.points.index': orSelf(mixed(SEE_WITH_MANAGER, SEE_WITH_MANAGER, SEE)),
    'performance.points.export': anywhere(EXPORT),
    'performance.points.create': anywhere('hr_officer'),
    'performance.points.store': anywhere('hr_officer'),
    'performance.points.reverse': inUnit('hr_officer'),
    'performance.post_values.index': anywhere(SEE),
    'performance.post_values.export': anywhere(EXPORT),
    'performance.post_values.show': inUnit(SEE),
    'performance.post_values.store': inUnit('hr_officer'),
  },
}
