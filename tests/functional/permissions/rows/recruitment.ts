import { seal } from '#shared/crypto'
import { insert } from '../world.js'
import { anywhere, everyone, inUnit, open, type Rows } from '../rows.js'

const READ =
  'hr_officer hr_head personnel_approver establishment_approver leadership discipline_inspector auditor'
const EXPORT = 'hr_officer hr_head personnel_approver leadership discipline_inspector auditor'
const OFFICER = inUnit('hr_officer')
const HEAD = inUnit('hr_head')

export const recruitment: Rows = {
  at: {
    'recruitment.jobs': { id: 'recruitment', secret: '=0' },
    'recruitment.own': { id: 'recruitment', paper: '=notice' },
    'recruitment.plans': { id: 'recruitment' },
    'recruitment.plans.settle_post': { id: 'recruitment_post' },
    'recruitment.papers': { id: 'recruitment', paper: '=ranking' },
    'recruitment.moves': { id: 'recruitment' },
    'recruitment.scores': { id: 'recruitment', stage: '=written', examiner: '=0' },
    'recruitment.scores.recuse': { id: 'application' },
    'recruitment.scores.propose': { id: 'application' },
    'recruitment.scores.approve': { id: 'score_change' },
    'recruitment.scores.refuse': { id: 'score_change' },
    'recruitment.applications': { id: 'application', file: '=1' },
    'recruitment.objections.store': { id: 'recruitment' },
    'recruitment.objections': { id: 'objection' },
  },
  async build({ unitId, documentId, postId }) {
    const plan = await insert('recruitments', {
      ...{ number: 'ZP-1', title: '公开招聘', kind: 'open', unit_id: unitId, state: 'open' },
      ...{ document_id: documentId, funding_type: 'full', apply_from: '2026-01-01' },
      ...{ apply_to: '2026-01-10', written_weight: 40, open_ratio: 3, interview_ratio: 3 },
      ...{ pass_score: 6000, drop_extremes: true, tie_keys: 'written', publicity_days: 7 },
    })
    const post = await insert('recruitment_posts', {
      ...{ recruitment_id: plan, post_id: postId, category: 'professional' },
      ...{ places: 1, planned_places: 1 },
    })
    const particulars = { school: '', experience: '', relatives: '', history: [] }
    const application = await insert('recruitment_applications', {
      ...{ number: 'BM-1', recruitment_id: plan, recruitment_post_id: post, state: 'submitted' },
      ...{ name: '考生', sex: 'male', birth_on: '1996-01-01', education: 'undergraduate' },
      ...{ identity_sealed: seal('x', 'identity'), identity_digest: 'd', identity_masked: '*' },
      ...{ phone_sealed: seal('x', 'phone'), phone_masked: '*', content_hash: 'h' },
      ...{ particulars_sealed: seal(JSON.stringify(particulars), 'application') },
      ...{ receipt_digest: 'r', submitted_at: '2026-01-02 00:00:00.000' },
    })
    return {
      ...{ recruitment: plan, recruitment_post: post, application },
      score_change: await insert('recruitment_score_changes', {
        ...{ application_id: application, stage: 'written', reason: '更正', state: 'submitted' },
        document_id: documentId,
      }),
      objection: await insert('recruitment_objections', {
        ...{ recruitment_id: plan, content_sealed: seal('x', 'objection'), state: 'open' },
        received_on: '2026-01-20',
      }),
    }
  },
  rows: {
    'recruitment.jobs.index': open,
    'recruitment.jobs.show': open,
    'recruitment.jobs.notice': open,
    'recruitment.jobs.publicity': open,
    'recruitment.jobs.create': open,
    'recruitment.jobs.store': open,
    'recruitment.jobs.receipt': open,
    'recruitment.jobs.withdraw': open,
    'recruitment.jobs.ask': open,
    'recruitment.jobs.answer': open,
    'recruitment.own.index': everyone,
    'recruitment.own.paper': everyone,
    'recruitment.own.create': everyone,
    'recruitment.own.store': everyone,
    'recruitment.plans.index': anywhere(READ),
    'recruitment.plans.create': anywhere('hr_officer'),
    'recruitment.plans.store': anywhere('hr_officer'),
    'recruitment.plans.show': inUnit(READ),
    'recruitment.plans.edit': OFFICER,
    'recruitment.plans.update': OFFICER,
    'recruitment.plans.settle_post': HEAD,
    'recruitment.papers.show': inUnit(EXPORT),
    'recruitment.moves.submit': OFFICER,
    'recruitment.moves.return': inUnit('personnel_approver'),
    'recruitment.moves.approve': inUnit('personnel_approver'),
    'recruitment.moves.publish': HEAD,
    'recruitment.moves.review': OFFICER,
    'recruitment.moves.test': HEAD,
    'recruitment.moves.choose': HEAD,
    'recruitment.moves.announce': HEAD,
    'recruitment.moves.engage': HEAD,
    'recruitment.moves.close': HEAD,
    'recruitment.moves.cancel': HEAD,
    'recruitment.scores.add_examiner': OFFICER,
    'recruitment.scores.close': HEAD,
    'recruitment.scores.show': OFFICER,
    'recruitment.scores.store': OFFICER,
    'recruitment.scores.import': OFFICER,
    'recruitment.scores.countersign': OFFICER,
    'recruitment.scores.recuse': OFFICER,
    'recruitment.scores.propose': OFFICER,
    'recruitment.scores.approve': HEAD,
    'recruitment.scores.refuse': HEAD,
    'recruitment.applications.show': inUnit(READ),
    'recruitment.applications.file': OFFICER,
    'recruitment.applications.review': OFFICER,
    'recruitment.applications.check': OFFICER,
    'recruitment.applications.drop': HEAD,
    'recruitment.applications.extra': OFFICER,
    'recruitment.applications.hire': HEAD,
    'recruitment.applications.unmask': inUnit('hr_officer hr_head discipline_inspector'),
    'recruitment.objections.store': OFFICER,
    'recruitment.objections.accept': HEAD,
    'recruitment.objections.reject': HEAD,
  },
}
