import { insert } from '../world.js'
import { anywhere, everyone, inUnit, nobody, orSelf, type Rows } from '../rows.js'

const VIEW =
  'hr_officer hr_head establishment_approver personnel_approver leadership leading_group_office discipline_inspector auditor'
const PEOPLE = 'hr_officer hr_head discipline_inspector'
const INSPECT = 'hr_head discipline_inspector auditor'
const CONTRACTS = 'hr_officer hr_head'

export const selection: Rows = {
  at: {
    'selection.rounds': { id: 'round' },
    'selection.moves': { id: 'round' },
    'selection.posts': { id: 'round' },
    'selection.posts.scorers': { id: 'selection_list' },
    'selection.posts.add_scorer': { id: 'selection_list' },
    'selection.posts.remove_scorer': { id: 'selection_list' },
    'selection.posts.substitute_scorer': { id: 'selection_list' },
    'selection.people.store': { id: 'round' },
    'selection.people.remove': { id: 'round' },
    'selection.people.export': { id: 'round' },
    'selection.people': { id: 'participant' },
    'selection.permits.store': { id: 'participant' },
    'selection.permits': { id: 'permit' },
    'selection.papers.create': { id: 'participant' },
    'selection.papers.store': { id: 'participant' },
    'selection.papers': { id: 'paper' },
    'selection.mine': { id: 'round' },
    'selection.rankings': { id: 'selection_list' },
    'selection.results': { id: 'matching' },
    'selection.results.certificate': { id: 'matching', format: '=json' },
    'selection.results.export': { id: 'round' },
    'selection.publications': { id: 'round' },
    'selection.objections': { id: 'selection_objection' },
    'selection.objections.create': { id: 'round' },
    'selection.objections.store': { id: 'round' },
    'selection.exceptions.create': { id: 'participant' },
    'selection.exceptions.store': { id: 'participant' },
    'selection.exceptions': { id: 'selection_exception' },
    'selection.arrangements': { id: 'arrangement' },
    'selection.endings.store': { id: 'arrangement' },
    'selection.endings': { id: 'ending' },
  },
  async build({ unitId, otherUnitId, documentId, personId, assignmentId, postId }) {
    const round = await insert('selection_rounds', {
      ...{ number: 'SX-1', name: '第一轮', unit_id: unitId, document_id: documentId },
      ...{ state: 'publicity', preferences_from: '2026-01-05', preferences_until: '2026-01-09' },
      ...{ ranking_until: '2026-01-16', publicity_days: 5, objection_days: 5 },
      ...{ confirmation_days: 5, max_preferences: 5, tie_keys: '[]', salt_sealed: 'x' },
      ...{ publicity_from: '2026-01-19', publicity_until: '2099-01-23' },
    })
    const list = await insert('selection_lists', { round_id: round, code: 'C01', name: '记者' })
    const post = await insert('selection_posts', {
      ...{ round_id: round, post_id: postId, list_id: list, code: 'C01', capacity: 1 },
      natures: '["editorial"]',
    })
    const participant = await insert('selection_participants', {
      ...{ round_id: round, person_id: personId, assignment_id: assignmentId, unit_id: unitId },
      ...{ nature: 'editorial', pseudonym: 'P1' },
    })
    const first = await insert('users', { username: 'paper1', name: '甲', password: 'x' })
    const second = await insert('users', { username: 'paper2', name: '乙', password: 'x' })
    const file = await insert(
      'files',
      {
        ...{ storage_key: 'selection/none', name: 'a.pdf', mime: 'application/pdf', size: 1 },
        ...{ sha256: 'x', subject_type: 'selection_paper', created_at: '2026-01-01 00:00:00.000' },
      },
      true
    )
    const paper = await insert('selection_papers', {
      ...{ participant_id: participant, entry_sealed: 'x', file_id: file, state: 'waiting' },
      ...{ first_id: first, second_id: second },
    })
    const certificate = await insert(
      'certificates',
      {
        ...{ kind: 'matching', subject_type: 'selection_matching', subject_id: 1, hash: 'x' },
        ...{ body: '{}', audit_sequence: 0, audit_hash: 'x' },
        created_at: '2026-01-01 00:00:00.000',
      },
      true
    )
    const summary = {
      ...{ participants: 1, places: 1, placed: 1, unplaced: 0, byChoice: [1], posts: [] },
      ...{ decidedByLot: [], unmetMinimums: [], waiting: {}, changes: [], exceptions: [] },
      exceptionPairs: [],
    }
    const matching = await insert(
      'selection_matchings',
      {
        ...{ round_id: round, run: 1, kind: 'first', instance: '{}', instance_hash: 'x' },
        check_result: '{"stable":true,"blockingPairs":[],"violations":[]}',
        ...{ summary: JSON.stringify(summary), certificate_id: certificate },
        ...{ made_at: '2026-01-17 00:00:00.000', published_at: '2026-01-17 00:00:00.000' },
      },
      true
    )
    await insert(
      'selection_results',
      {
        ...{ matching_id: matching, participant_id: participant, post_id: post, choice: 1 },
        ...{ way: 'matched', why: '{"wishes":[],"decidedByLot":false}' },
      },
      true
    )
    const { default: db } = await import('@adonisjs/lucid/services/db')
    await db.from('selection_rounds').where('id', round).update({ matching_id: matching })
    const contract = await insert('contracts', {
      ...{ person_id: personId, form: 'direct', employer: '本单位', hired_on: '2020-01-01' },
      ...{ starts_on: '2020-01-01', average_pay_fen: 500_000 },
    })
    const arrangement = await insert('selection_arrangements', {
      ...{ round_id: round, participant_id: participant, cause: 'unplaced' },
      ...{ next_step: 'decide', state: 'open' },
    })
    return {
      ...{ round, selection_list: list, participant, paper, matching, arrangement },
      selection_objection: await insert('selection_objections', {
        ...{ number: 'YY-1', round_id: round, participant_id: participant, list_id: list },
        ...{ body: '漏评', state: 'filed', answer_due: '2026-01-26' },
      }),
      selection_exception: await insert('selection_exceptions', {
        ...{ round_id: round, participant_id: participant, post_id: post, reason: '特殊' },
        ...{ document_id: documentId, matching_id: matching, blocking: '[]', state: 'asked' },
      }),
      permit: await insert('selection_permits', {
        ...{ participant_id: participant, reason: '出差', state: 'asked' },
      }),
      ending: await insert('selection_endings', {
        ...{ arrangement_id: arrangement, contract_id: contract, ends_on: '2026-03-01' },
        ...{ pay_for_notice: false, basis: '{}', compensation_fen: 1, reason: '无岗' },
        state: 'asked',
      }),
      other_unit: otherUnitId,
    }
  },
  rows: {
    'selection.rounds.index': anywhere(VIEW),
    'selection.rounds.create': anywhere('hr_officer'),
    'selection.rounds.store': anywhere('hr_officer'),
    'selection.rounds.show': inUnit(VIEW),
    'selection.rounds.edit': inUnit('hr_officer'),
    'selection.rounds.update': inUnit('hr_officer'),
    'selection.moves.approve': inUnit('hr_head'),
    'selection.moves.reschedule': inUnit('hr_head'),
    'selection.moves.publish': inUnit('hr_head'),
    'selection.moves.place': inUnit('hr_head'),
    'selection.moves.re_engage': inUnit('hr_officer'),
    'selection.moves.close': inUnit('hr_head'),
    'selection.posts.create': inUnit('hr_officer'),
    'selection.posts.store': inUnit('hr_officer'),
    'selection.posts.group': inUnit('hr_officer'),
    'selection.posts.remove': inUnit('hr_officer'),
    'selection.posts.scorers': inUnit('hr_officer'),
    'selection.posts.add_scorer': inUnit('hr_officer'),
    'selection.posts.remove_scorer': inUnit('hr_officer'),
    'selection.posts.substitute_scorer': inUnit('hr_head'),
    'selection.people.store': inUnit('hr_officer'),
    'selection.people.remove': inUnit('hr_officer'),
    'selection.people.export': inUnit(PEOPLE),
    'selection.people.show': inUnit(PEOPLE),
    'selection.people.sign': inUnit('hr_officer'),
    'selection.people.decline': inUnit('hr_officer'),
    'selection.permits.store': inUnit('hr_officer'),
    'selection.permits.approve': inUnit('hr_head'),
    'selection.permits.refuse': inUnit('hr_head'),
    'selection.papers.create': inUnit('hr_officer'),
    'selection.papers.store': inUnit('hr_officer'),
    // Only the two who are named in it, whatever else they may do.
    'selection.papers.show': nobody,
    'selection.papers.scan': nobody,
    'selection.papers.confirm': nobody,
    'selection.papers.discard': nobody,
    'selection.mine.index': everyone,
    'selection.mine.show': orSelf(nobody),
    'selection.mine.save': orSelf(nobody),
    'selection.mine.sign': orSelf(nobody),
    'selection.mine.decline': orSelf(nobody),
    'selection.rankings.index': everyone,
    // Only the scorers named for the list.
    'selection.rankings.show': nobody,
    'selection.rankings.save': nobody,
    'selection.results.export': inUnit(PEOPLE),
    'selection.results.show': inUnit(VIEW),
    'selection.results.certificate': everyone,
    'selection.results.verification': orSelf(inUnit(INSPECT)),
    'selection.publications.show': everyone,
    'selection.publications.pdf': everyone,
    'selection.objections.create': orSelf(nobody),
    'selection.objections.store': orSelf(nobody),
    'selection.objections.show': orSelf(inUnit(PEOPLE)),
    'selection.objections.evidence': orSelf(inUnit(PEOPLE)),
    'selection.objections.accept': inUnit('hr_head'),
    'selection.objections.reject': inUnit('hr_head'),
    'selection.objections.withdraw': orSelf(nobody),
    'selection.exceptions.create': inUnit('hr_officer'),
    'selection.exceptions.store': inUnit('hr_officer'),
    'selection.exceptions.approve': inUnit('hr_head'),
    'selection.exceptions.refuse': inUnit('hr_head'),
    'selection.arrangements.show': inUnit(PEOPLE),
    'selection.arrangements.plan': inUnit('hr_officer'),
    'selection.arrangements.settle': inUnit('hr_officer'),
    'selection.endings.store': inUnit('hr_officer'),
    'selection.endings.approve': inUnit('hr_head'),
    'selection.endings.refuse': inUnit('hr_head'),
    'selection.endings.serve': inUnit('hr_officer'),
    'selection.contracts.index': anywhere(CONTRACTS),
    'selection.contracts.export': anywhere(CONTRACTS),
  },
}
