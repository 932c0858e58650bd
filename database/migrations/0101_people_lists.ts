import { BaseSchema } from '@adonisjs/lucid/schema'

/** Indexes of the people list: whatever it is sorted or filtered by, a page reads only its own rows. */
export default class extends BaseSchema {
  async up() {
    const latest = this.db.dialect.name === 'mysql' ? `date'9999-12-31'` : `'9999-12-31'`
    this.schema.alterTable('persons', (table) => {
      // Never null, so that a page can begin after it; who has no date comes last.
      table.specificType(
        'work_started_sort',
        `date generated always as (coalesce(work_started_on, ${latest})) virtual`
      )
      table.index(['work_started_sort', 'id'], 'persons_by_work_start')
      table.index(['confirmation', 'name_pinyin', 'id'], 'persons_by_confirmation')
    })
    this.schema.alterTable('assignments', (table) => {
      table.index(
        [
          'live',
          'kind',
          'unit_id',
          'person_id',
          'valid_from',
          'valid_to',
          'employment_type',
          'funding_type',
          'quota_category',
        ],
        'assignments_in_list'
      )
      table.index(['department_id', 'live'], 'assignments_of_department')
    })
  }

  async down() {
    this.schema.alterTable('assignments', (table) => {
      table.dropIndex([], 'assignments_of_department')
      table.dropIndex([], 'assignments_in_list')
    })
    this.schema.alterTable('persons', (table) => {
      table.dropIndex([], 'persons_by_confirmation')
      table.dropIndex([], 'persons_by_work_start')
      table.dropColumn('work_started_sort')
    })
  }
}
