import { insert } from '../world.js'
import { anywhere, inUnit, type Rows } from '../rows.js'

const OBSERVERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership leading_group_office discipline_inspector auditor'

const LINE = JSON.stringify({ round: 1, steps: ['unit', 'personnel', 'establishment'] })

/** The batch moves somebody within the own unit, so that a grant over it reaches both ends. */
export const transfers: Rows = {
  at: {
    'transfers': { id: 'batch', paper: '=roster', format: '=pdf', step: '=unit' },
    'transfers.certificates': { format: '=json' },
  },
  async build({ unitId, personId, assignmentId }) {
    const batch = await insert('transfer_batches', {
      number: 'HZ-1',
      title: '划转',
      effective_on: '2099-01-01',
      state: 'submitted',
      steps: LINE,
    })
    await insert(
      'transfer_lines',
      {
        batch_id: batch,
        line_no: 1,
        kind: 'person_without_quota',
        person_id: personId,
        assignment_id: assignmentId,
        from_unit_id: unitId,
        to_unit_id: unitId,
        findings: '[]',
      },
      true
    )
    return { batch }
  },
  rows: {
    'transfers.batches.index': anywhere(OBSERVERS),
    'transfers.batches.create': anywhere('hr_officer'),
    'transfers.batches.store': anywhere('hr_officer'),
    'transfers.flow.show': anywhere(OBSERVERS),
    'transfers.batches.show': inUnit(OBSERVERS),
    'transfers.batches.edit': inUnit('hr_officer'),
    'transfers.batches.update': inUnit('hr_officer'),
    'transfers.lines.create': inUnit('hr_officer'),
    'transfers.lines.rule': inUnit('hr_officer'),
    'transfers.lines.list': inUnit('hr_officer'),
    'transfers.lines.seats': inUnit('hr_officer'),
    'transfers.lines.targets': inUnit('hr_officer'),
    'transfers.lines.remove': inUnit('hr_officer'),
    'transfers.lines.split': inUnit('hr_officer'),
    'transfers.moves.check': inUnit('hr_officer'),
    'transfers.moves.submit': inUnit('hr_officer'),
    'transfers.moves.sign': inUnit('hr_head'),
    'transfers.moves.return': inUnit('hr_head'),
    'transfers.moves.withdraw': inUnit('hr_officer'),
    'transfers.moves.execute': inUnit('hr_head'),
    'transfers.reversals.create': inUnit('hr_officer'),
    'transfers.reversals.store': inUnit('hr_officer'),
    'transfers.papers.show': inUnit('hr_officer hr_head'),
    'transfers.papers.unmasked': inUnit('hr_officer hr_head'),
    'transfers.certificates.show': inUnit(OBSERVERS),
  },
}
