import { insert } from '../world.js'
import { anywhere, inUnit, overAll, type Rows } from '../rows.js'

const SEE = 'leadership leading_group_office liaison discipline_inspector auditor'
const EXPORT = 'leadership leading_group_office discipline_inspector auditor'
const PREPARE = overAll('leading_group_office')
const CONFIRM = overAll('leadership')

export const assessment: Rows = {
  at: {
    'assessment.sheets': { id: 'assessment_sheet' },
    'assessment.indicators': { id: 'assessment_indicator' },
    'assessment.indicators.create': { id: 'assessment_sheet' },
    'assessment.indicators.store': { id: 'assessment_sheet' },
    'assessment.assessments': { id: 'assessment' },
    'assessment.values': { id: 'assessment', unitId: 'assessed_unit' },
    'assessment.moves': { id: 'assessment' },
  },
  async build({ unitId }) {
    const sheet = await insert('assessment_sheets', {
      kind: 'outcome',
      title: '效果评估指标',
      valid_from: '2026-01-01',
      state: 'adopted',
      yellow_points: 200,
      red_points: 500,
    })
    const indicator = await insert('assessment_indicators', {
      sheet_id: sheet,
      line_no: 1,
      name: '原创稿件',
      source: 'entered',
      rule: 'at_least',
      target: 100,
      measured_in: '件',
      weight: 100_00,
    })
    const published = await insert('assessments', {
      sheet_id: sheet,
      kind: 'outcome',
      year: 2026,
      quarter: 1,
      revision: 1,
      state: 'published',
    })
    const unit = await insert('assessment_units', { assessment_id: published, unit_id: unitId })
    const cell = { assessment_unit_id: unit, indicator_id: indicator }
    await insert('assessment_scores', cell, true)
    return {
      assessment_sheet: sheet,
      assessment_indicator: indicator,
      assessment: published,
      assessed_unit: unitId,
    }
  },
  rows: {
    'assessment.sheets.index': anywhere(SEE),
    'assessment.sheets.create': PREPARE,
    'assessment.sheets.store': PREPARE,
    'assessment.sheets.show': anywhere(SEE),
    'assessment.sheets.edit': PREPARE,
    'assessment.sheets.update': PREPARE,
    'assessment.sheets.adopt': CONFIRM,
    'assessment.sheets.withdraw': PREPARE,
    'assessment.indicators.create': PREPARE,
    'assessment.indicators.store': PREPARE,
    'assessment.indicators.edit': PREPARE,
    'assessment.indicators.update': PREPARE,
    'assessment.indicators.remove': PREPARE,
    'assessment.assessments.index': anywhere(SEE),
    'assessment.assessments.create': PREPARE,
    'assessment.assessments.store': PREPARE,
    'assessment.assessments.show': inUnit(SEE),
    'assessment.assessments.report': inUnit(EXPORT),
    'assessment.values.show': inUnit(SEE),
    'assessment.values.update': PREPARE,
    'assessment.moves.read': PREPARE,
    'assessment.moves.summarise': PREPARE,
    'assessment.moves.submit': PREPARE,
    'assessment.moves.confirm': CONFIRM,
    'assessment.moves.return': CONFIRM,
    'assessment.moves.publish': PREPARE,
    'assessment.moves.withdraw': PREPARE,
    'assessment.moves.revise': PREPARE,
  },
}
