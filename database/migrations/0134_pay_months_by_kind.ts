import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    /** A month is paid once by every kind of run: wages, and the months of an incentive part. */
    this.schema.alterTable('pay_months', (table) => {
      /** monthly, incentive */
      table.string('kind', 12).notNullable().defaultTo('monthly')
      table.unique(['person_id', 'kind', 'month'])
      table.dropUnique(['person_id', 'month'])
    })
    this.defer(async (db) => {
      const paid = await db
        .from('pay_slips as s')
        .join('pay_runs as r', (join) =>
          join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
        )
        .where({ 's.state': 'computed', 'r.kind': 'incentive' })
        .whereIn('r.state', ['approved', 'released', 'paid'])
        .orderBy('s.id')
        .select('s.person_id', 's.run_id', 'r.month_from', 'r.month_to')
      // what was paid twice before there was a key stays with the run that was first
      const taken = new Map<string, Record<string, unknown>>()
      for (const { person_id, run_id, month_from: from, month_to: to } of paid) {
        for (let at = Number(from.slice(5)); at <= Number(to.slice(5)); at++) {
          const month = `${to.slice(0, 4)}-${String(at).padStart(2, '0')}`
          const key = `${person_id} ${month}`
          if (!taken.has(key)) taken.set(key, { person_id, run_id, kind: 'incentive', month })
        }
      }
      const rows = [...taken.values()]
      for (let from = 0; from < rows.length; from += 400) {
        await db.table('pay_months').multiInsert(rows.slice(from, from + 400))
      }
    })
  }

  async down() {
    this.defer(async (db) => {
      await db.from('pay_months').whereNot('kind', 'monthly').delete()
    })
    this.schema.alterTable('pay_months', (table) => {
      table.unique(['person_id', 'month'])
      table.dropUnique(['person_id', 'kind', 'month'])
      table.dropColumn('kind')
    })
  }
}
