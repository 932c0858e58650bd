import { insert } from '../world.js'
import { anywhere, inUnit, type Rows } from '../rows.js'

const MONEY =
  'leadership leading_group_office finance_officer finance_head discipline_inspector auditor'

export const funds: Rows = {
  at: {
    'funds.funds': { id: 'fund' },
    'funds.movements': { id: 'fund_movement' },
    'funds.movements.create': { id: 'fund' },
    'funds.movements.store': { id: 'fund' },
    'funds.projects': { id: 'project' },
    'funds.projects.submit_step': { id: 'project_step' },
    'funds.projects.approve_step': { id: 'project_step' },
    'funds.projects.refuse_step': { id: 'project_step' },
  },
  async build({ unitId, documentId }) {
    const fund = await insert('funds', {
      code: 'ZX-1',
      name: '专项资金',
      source: '市财政',
      year: 2026,
      unit_id: unitId,
      document_id: documentId,
      state: 'open',
    })
    const line = await insert('fund_lines', { fund_id: fund, line_no: 1, name: '平台' })
    const project = await insert('construction_projects', {
      number: 'XM-1',
      name: '中央厨房',
      unit_id: unitId,
      content: '平台',
      estimate_fen: 1,
    })
    return {
      fund,
      project,
      fund_movement: await insert('fund_movements', {
        number: 'ZJ-1',
        line_id: line,
        kind: 'budget',
        amount_fen: 1,
        purpose: '预算',
        document_id: documentId,
        happens_on: '2026-01-01',
        state: 'submitted',
      }),
      project_step: await insert('project_steps', {
        project_id: project,
        step: 'proposal',
        step_no: 1,
        authority_id: unitId,
        state: 'todo',
      }),
    }
  },
  rows: {
    'funds.movements.index': anywhere(MONEY),
    'funds.movements.show': inUnit(MONEY),
    'funds.movements.edit': inUnit('finance_officer'),
    'funds.movements.update': inUnit('finance_officer'),
    'funds.movements.post': inUnit('finance_head'),
    'funds.movements.return': inUnit('finance_head'),
    'funds.movements.withdraw': inUnit('finance_officer'),
    'funds.projects.index': anywhere(MONEY),
    'funds.projects.create': anywhere('leading_group_office finance_officer'),
    'funds.projects.store': anywhere('leading_group_office finance_officer'),
    'funds.projects.show': inUnit(MONEY),
    'funds.projects.edit': inUnit('leading_group_office finance_officer'),
    'funds.projects.update': inUnit('leading_group_office finance_officer'),
    'funds.projects.submit_step': inUnit('leading_group_office finance_officer'),
    'funds.projects.approve_step': inUnit('leading_group_office finance_officer'),
    'funds.projects.refuse_step': inUnit('leading_group_office finance_officer'),
    'funds.funds.index': anywhere(MONEY),
    'funds.funds.create': anywhere('finance_officer'),
    'funds.funds.store': anywhere('finance_officer'),
    'funds.funds.show': inUnit(MONEY),
    'funds.funds.add_line': inUnit('finance_officer'),
    'funds.funds.close': inUnit('finance_head'),
    'funds.funds.statement': inUnit(MONEY),
    'funds.movements.create': inUnit('finance_officer'),
    'funds.movements.store': inUnit('finance_officer'),
  },
}
