import db from '@adonisjs/lucid/services/db'
import { insert } from '../world.js'
import { anywhere, inUnit, overAll, type Rows } from '../rows.js'

const ALL =
  'hr_officer hr_head leadership leading_group_office finance_officer finance_head discipline_inspector auditor'
const INSPECTION = 'leadership leading_group_office discipline_inspector auditor'
const SPENDING =
  'leadership leading_group_office finance_officer finance_head discipline_inspector auditor'
const KEEPERS = 'hr_officer finance_officer'
const OFFICE = 'leading_group_office'

export const discipline: Rows = {
  at: {
    'discipline.freezes': { id: 'freeze' },
    'discipline.records': { id: 'freeze_record' },
    'discipline.exemptions': { id: 'exemption' },
    'discipline.spending': { id: 'spending' },
    'discipline.warnings': { id: 'spending_warning' },
    'discipline.assets': { id: 'asset' },
    'discipline.counts': { id: 'asset_count', line: 'asset_count_line' },
    'discipline.divestitures': { id: 'divestiture', format: '=json' },
  },
  async build({ unitId, documentId }) {
    const decision = await db.from('decisions').where('code', 'discipline_freeze').firstOrFail()
    const freeze = await insert('freezes', {
      decision_id: decision.id,
      from_on: '2020-01-01',
      to_on: '2020-02-01',
      state: 'ended',
      near_percent: 80,
      near_days: 15,
      near_count: 3,
      burst_days: 15,
      burst_percent: 200,
    })
    await insert('freeze_units', { freeze_id: freeze, unit_id: unitId }, true)
    const exemption = await insert('exemptions', {
      number: 'HM-1',
      freeze_id: freeze,
      rule: 'personnel',
      unit_id: unitId,
      what: '甲',
      why: '乙',
      document_id: documentId,
      until_on: '2020-01-31',
      state: 'approved',
      decided_at: '2020-01-02 00:00:00',
    })
    const asset = await insert('assets', {
      code: 'ZC-1',
      name: '摄像机',
      category: 'broadcast',
      unit_id: unitId,
      state: 'held',
      purpose: 'broadcast',
      condition_code: 'good',
      original_fen: 2,
      net_fen: 1,
    })
    const count = await insert('asset_counts', {
      number: 'QC-1',
      unit_id: unitId,
      as_of: '2020-01-01',
      state: 'open',
    })
    const divestiture = await insert('divestitures', {
      number: 'BL-1',
      title: '剥离',
      centre_id: unitId,
      state: 'draft',
      company_id: await company(),
      effective_on: '2020-01-01',
      document_id: documentId,
    })
    await insert(
      'divestiture_lines',
      { divestiture_id: divestiture, asset_id: asset, from_unit_id: unitId, side: 'centre' },
      true
    )
    return {
      freeze,
      exemption,
      asset,
      divestiture,
      asset_count: count,
      asset_count_line: await insert('asset_count_lines', {
        count_id: count,
        name: '桌子',
        category: 'furniture',
        original_fen: 1,
        net_fen: 1,
        result: 'surplus',
      }),
      freeze_record: await insert(
        'freeze_records',
        {
          once_key: 'k',
          outcome: 'refused',
          rule: 'personnel',
          act: 'people.hire',
          unit_id: unitId,
          unit_name: '本单位',
          acts_on: '2020-01-01',
          user_name: '甲',
          occurred_at: '2020-01-01 00:00:00',
        },
        true
      ),
      spending: await insert('spendings', {
        number: 'ZC-1',
        unit_id: unitId,
        category: 'office',
        payee: '甲',
        amount_fen: 1,
        purpose: '乙',
        voucher_no: '1',
        spent_on: '2020-01-01',
        basis: 'outside',
      }),
      spending_warning: await insert('spending_warnings', {
        once_key: 'k',
        kind: 'split',
        freeze_id: freeze,
        unit_id: unitId,
        payments: 3,
        from_on: '2020-01-01',
        to_on: '2020-01-02',
        total_fen: 3,
        measure_fen: 2,
        state: 'open',
      }),
    }
  },
  rows: {
    'discipline.overview.show': anywhere(ALL),
    'discipline.freezes.create': anywhere(OFFICE),
    'discipline.freezes.store': anywhere(OFFICE),
    'discipline.freezes.show': anywhere(ALL),
    'discipline.freezes.end': inUnit(OFFICE),
    'discipline.freezes.add_document': inUnit(OFFICE),
    'discipline.freezes.change_rule': inUnit(OFFICE),
    'discipline.freezes.set_watch': inUnit(OFFICE),
    'discipline.records.index': anywhere(INSPECTION),
    'discipline.records.export': anywhere(INSPECTION),
    'discipline.records.show': inUnit(INSPECTION),
    'discipline.exemptions.index': anywhere(ALL),
    'discipline.exemptions.create': anywhere(KEEPERS),
    'discipline.exemptions.store': anywhere(KEEPERS),
    'discipline.exemptions.show': inUnit(ALL),
    'discipline.exemptions.notice': inUnit(ALL),
    'discipline.exemptions.approve': inUnit(OFFICE),
    'discipline.exemptions.refuse': inUnit(OFFICE),
    'discipline.exemptions.revoke': inUnit(OFFICE),
    'discipline.exemptions.withdraw': inUnit(KEEPERS),
    'discipline.spending.index': anywhere(SPENDING),
    'discipline.spending.export': anywhere(SPENDING),
    'discipline.spending.create': anywhere('finance_officer'),
    'discipline.spending.store': anywhere('finance_officer'),
    'discipline.spending.show': inUnit(SPENDING),
    'discipline.spending.correct': inUnit('finance_officer'),
    'discipline.limits.index': anywhere(SPENDING),
    'discipline.limits.store': overAll(OFFICE),
    'discipline.warnings.index': anywhere(INSPECTION),
    'discipline.warnings.show': inUnit(INSPECTION),
    'discipline.warnings.clear': inUnit('discipline_inspector'),
    'discipline.warnings.refer': inUnit('discipline_inspector'),
    'discipline.assets.index': anywhere(ALL),
    'discipline.assets.export': anywhere(ALL),
    'discipline.assets.create': anywhere(KEEPERS),
    'discipline.assets.store': anywhere(KEEPERS),
    'discipline.assets.show': inUnit(ALL),
    'discipline.assets.edit': inUnit(KEEPERS),
    'discipline.assets.update': inUnit(KEEPERS),
    'discipline.assets.dispose': inUnit(KEEPERS),
    'discipline.counts.index': anywhere(ALL),
    'discipline.counts.create': anywhere(KEEPERS),
    'discipline.counts.store': anywhere(KEEPERS),
    'discipline.counts.show': inUnit(ALL),
    'discipline.counts.sheet': inUnit(ALL),
    'discipline.counts.save_lines': inUnit(KEEPERS),
    'discipline.counts.add_surplus': inUnit(KEEPERS),
    'discipline.counts.remove_surplus': inUnit(KEEPERS),
    'discipline.counts.submit': inUnit(KEEPERS),
    'discipline.counts.withdraw': inUnit(KEEPERS),
    'discipline.counts.return': inUnit('finance_head'),
    'discipline.counts.confirm': inUnit('finance_head'),
    'discipline.divestitures.index': anywhere(ALL),
    'discipline.divestitures.create': anywhere(KEEPERS),
    'discipline.divestitures.store': anywhere(KEEPERS),
    'discipline.divestitures.show': inUnit(ALL),
    'discipline.divestitures.set_sides': inUnit(KEEPERS),
    'discipline.divestitures.submit': inUnit(KEEPERS),
    'discipline.divestitures.withdraw': inUnit(KEEPERS),
    'discipline.divestitures.approve': inUnit(OFFICE),
    'discipline.divestitures.return': inUnit(OFFICE),
    'discipline.divestitures.execute': inUnit(OFFICE),
    'discipline.divestitures.certificate': inUnit(ALL),
  },
}

function company() {
  return insert('units', {
    code: 'WENLV',
    name: '文化传媒公司',
    name_pinyin: 'wen',
    name_initials: 'w',
    kind: 'reform',
  })
}
