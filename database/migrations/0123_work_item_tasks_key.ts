import { BaseSchema } from '@adonisjs/lucid/schema'

/** A task that delivers a work item does not disappear from below the link. */
export default class extends BaseSchema {
  static disableTransactions = true

  async up() {
    this.defer(async (db) => {
      const tasks = db.from('tasks').select('id')
      await db.from('work_item_tasks').whereNotIn('task_id', tasks).delete()
    })
    this.schema.alterTable('work_item_tasks', (table) => {
      table.foreign('task_id').references('id').inTable('tasks').onDelete('RESTRICT')
    })
  }

  async down() {
    this.schema.alterTable('work_item_tasks', (table) => {
      table.dropForeign(['task_id'])
    })
  }
}
