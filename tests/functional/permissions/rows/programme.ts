import { insert } from '../world.js'
import { anywhere, inUnit, open, overAll, type Rows } from '../rows.js'

const READERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership leading_group_office liaison discipline_inspector auditor'
const REPORTERS = 'hr_officer leading_group_office liaison'
const JUDGES = 'leadership leading_group_office'
const OFFICE = overAll('leading_group_office')

export const programme: Rows = {
  at: {
    'programme.items': { id: 'work_item' },
    'programme.items.unlink': { id: 'work_item', link: 'work_link' },
    'programme.items.unlink_task': { id: 'work_item', task: 'task' },
    'programme.evidence': { id: 'work_evidence' },
    'programme.conflicts': { from: 'disputed_item', to: 'work_item' },
    'programme.baselines': { id: 'baseline' },
    'programme.feeds.revoke': { id: 'calendar_feed' },
    'programme.feeds.show': { token: '=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics' },
  },
  async build({ unitId }) {
    await insert('programmes', {
      code: 'reform',
      name: '改革方案',
      starts_on: '2026-01-01',
      yellow_days: 5,
    })
    const item = (number: string) =>
      insert('work_items', {
        number,
        name: `里程碑${number}`,
        kind: 'milestone',
        lead_unit_id: unitId,
        duration: 0,
        state: 'active',
      })
    const disputed = await item('1')
    const item_ = await item('2')
    const date = (itemId: number, fixedOn: string) =>
      insert(
        'fixed_dates',
        { item_id: itemId, fixed_on: fixedOn, source: 'plan', recorded_at: STAMP },
        true
      )
    await date(disputed, '2026-12-31')
    await date(item_, '2026-02-27')
    return {
      work_item: item_,
      disputed_item: disputed,
      work_link: await insert(
        'work_links',
        { from_id: disputed, to_id: item_, type: 'FS', lag: 0, created_at: STAMP },
        true
      ),
      work_evidence: await insert('work_evidence', {
        item_id: item_,
        source: 'report',
        happened_on: '2026-01-01',
        text: '完成',
        state: 'submitted',
      }),
      baseline: await insert(
        'baselines',
        { number: 1, name: '首份', reason: '方案', set_on: '2026-01-01', created_at: STAMP },
        true
      ),
      calendar_feed: 1,
    }
  },
  rows: {
    'programme.plan.index': anywhere(READERS),
    'programme.plan.create': OFFICE,
    'programme.plan.edit': OFFICE,
    'programme.plan.store': OFFICE,
    'programme.plan.export': anywhere(READERS),
    'programme.what_if.show': anywhere(READERS),
    'programme.resolutions.pick': OFFICE,
    'programme.items.create': OFFICE,
    'programme.items.store': OFFICE,
    'programme.items.show': inUnit(READERS),
    'programme.items.edit': OFFICE,
    'programme.items.update': OFFICE,
    'programme.items.drop': OFFICE,
    'programme.items.link': OFFICE,
    'programme.items.unlink': OFFICE,
    'programme.items.fix_date': OFFICE,
    'programme.items.link_task': OFFICE,
    'programme.items.unlink_task': OFFICE,
    'programme.items.report': inUnit(REPORTERS),
    'programme.items.submit_evidence': inUnit(REPORTERS),
    'programme.evidence.accept': inUnit(JUDGES),
    'programme.evidence.return': inUnit(JUDGES),
    'programme.evidence.withdraw': inUnit(REPORTERS),
    'programme.conflicts.index': overAll(READERS),
    'programme.conflicts.show': overAll(READERS),
    'programme.conflicts.store': overAll('leadership'),
    'programme.baselines.index': anywhere(READERS),
    'programme.baselines.store': OFFICE,
    'programme.baselines.show': anywhere(READERS),
    'programme.feeds.index': anywhere(READERS),
    'programme.feeds.store': anywhere(READERS),
    'programme.feeds.revoke': anywhere(READERS),
    // By the secret in the address alone; without it nobody finds anything.
    'programme.feeds.show': open,
  },
}

const STAMP = '2026-01-01 00:00:00.000'
