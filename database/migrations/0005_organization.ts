import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('units', (table) => {
      table.increments('id')
      table.string('code', 40).notNullable().unique()
      /** Today's legal name, kept beside unit_names for lists and sorting. */
      table.string('name', 120).notNullable()
      table.string('name_pinyin', 255).notNullable()
      table.string('name_initials', 60).notNullable()
      /** reform: takes part; external: a body outside (departments of the city, agencies). */
      table.string('kind', 20).notNullable()
      table.date('dissolved_on').nullable()
      editable(table)
    })

    this.schema.createTable('unit_facts', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.date('valid_from').notNullable()
      table.string('rank', 40).nullable()
      table.string('unit_class', 40).nullable()
      table.string('supervisor', 120).nullable()
      reference(table, 'parent_id', 'units').nullable()
      reference(table, 'document_id', 'documents').nullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['unit_id', 'valid_from', 'live'])
    })

    this.schema.createTable('unit_names', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.string('name', 120).notNullable()
      /** legal, additional (挂牌), alias */
      table.string('kind', 20).notNullable()
      table.date('valid_from').notNullable()
      table.date('valid_to').nullable()
      reference(table, 'document_id', 'documents').nullable()
      moment(table, 'recorded_at').notNullable()
      table.unique(['unit_id', 'name', 'kind', 'valid_from'])
      table.index(['name'])
    })

    this.schema.createTable('unit_changes', (table) => {
      table.increments('id')
      /** merge, form, restructure, spin_off, dissolve */
      table.string('kind', 20).notNullable()
      table.date('effective_on').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.string('reason', 500).nullable()
      table.string('state', 20).notNullable()
      table.integer('created_by').unsigned().nullable()
      editable(table)
    })

    this.schema.createTable('unit_change_links', (table) => {
      table.increments('id')
      reference(table, 'change_id', 'unit_changes').notNullable()
      reference(table, 'predecessor_id', 'units').nullable()
      reference(table, 'successor_id', 'units').nullable()
      table.string('note', 200).nullable()
      table.unique(['change_id', 'predecessor_id', 'successor_id'])
    })

    this.schema.createTable('departments', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.string('name', 120).notNullable()
      table.boolean('front_line').notNullable().defaultTo(false)
      /** Exact decimal text, e.g. 1.15. */
      table.string('weight', 12).nullable()
      table.date('valid_from').notNullable()
      table.date('valid_to').nullable()
      editable(table)
      table.unique(['unit_id', 'name'])
    })

    this.schema.createTable('posts', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      reference(table, 'department_id', 'departments').notNullable()
      table.string('code', 40).nullable()
      table.string('name', 120).notNullable()
      table.string('nature', 20).notNullable()
      table.string('category', 20).nullable()
      table.string('grade_top', 20).nullable()
      table.string('grade_bottom', 20).nullable()
      table.string('employment_type', 20).nullable()
      /** Null: made from a roster, number not approved. */
      table.integer('headcount').unsigned().nullable()
      table.string('coefficient', 12).nullable()
      table.boolean('front_line').notNullable().defaultTo(false)
      /** 对应原岗位: old posts whose people come here. */
      table.string('maps_from', 120).nullable()
      table.string('requirements', 200).nullable()
      table.date('valid_from').notNullable()
      table.date('valid_to').nullable()
      editable(table)
      table.unique(['unit_id', 'code'])
      // Null would make two posts without a kind of employment two different ones.
      table.specificType(
        'employment_key',
        "varchar(20) generated always as (coalesce(employment_type, '')) virtual"
      )
      table.unique(['department_id', 'name', 'nature', 'employment_key'], {
        indexName: 'posts_once',
      })
    })

    /** An approval is a target, not an entry of the ledger. */
    this.schema.createTable('quota_targets', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.string('funding_type', 20).notNullable()
      table.integer('total').unsigned().notNullable()
      table.integer('management').unsigned().notNullable()
      table.integer('professional').unsigned().notNullable()
      table.integer('support').unsigned().notNullable()
      table.integer('leader_posts').unsigned().notNullable()
      table.date('valid_from').notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      moment(table, 'recorded_at').notNullable()
      table.integer('superseded_by').unsigned().nullable()
      flagWhen(table, 'live', 'superseded_by is null')
      table.unique(['unit_id', 'funding_type', 'valid_from', 'live'])
    })

    this.schema.createTable('quota_accounts', (table) => {
      table.increments('id')
      /** issued, pool (unit_id 0), vacant, reserved, filled, over */
      table.string('kind', 20).notNullable()
      table.integer('unit_id').unsigned().notNullable()
      table.string('funding_type', 20).notNullable()
      table.string('category', 20).notNullable()
      table.integer('balance').notNullable().defaultTo(0)
      table.unique(['unit_id', 'funding_type', 'category', 'kind'])
      table.check("balance >= 0 or kind = 'issued'", {}, 'quota_accounts_never_negative')
    })

    this.schema.createTable('quota_movements', (table) => {
      table.increments('id')
      table.string('movement_key', 190).notNullable().unique()
      table.string('kind', 20).notNullable()
      table.date('effective_on').notNullable()
      reference(table, 'document_id', 'documents').nullable()
      table.string('reason', 500).nullable()
      table.string('subject_type', 60).nullable()
      table.integer('subject_id').unsigned().nullable()
      table.integer('actor_id').unsigned().nullable()
      moment(table, 'recorded_at').notNullable()
      table.index(['subject_type', 'subject_id'])
      table.index(['effective_on'])
    })

    this.schema.createTable('quota_entries', (table) => {
      table.increments('id')
      reference(table, 'movement_id', 'quota_movements').notNullable()
      reference(table, 'account_id', 'quota_accounts').notNullable()
      table.integer('amount').notNullable()
      table.unique(['movement_id', 'account_id'])
      table.index(['account_id'])
    })

    this.schema.createTable('quota_requests', (table) => {
      table.increments('id')
      table.string('number', 40).notNullable().unique()
      reference(table, 'unit_id', 'units').notNullable()
      table.string('funding_type', 20).notNullable()
      table.string('category', 20).notNullable()
      reference(table, 'post_id', 'posts').nullable()
      table.integer('quantity').unsigned().notNullable()
      table.integer('used').unsigned().notNullable().defaultTo(0)
      table.string('reason', 500).notNullable()
      /** draft, submitted, approved, returned, withdrawn, filled, released, expired */
      table.string('state', 20).notNullable()
      table.date('expires_on').nullable()
      reference(table, 'document_id', 'documents').nullable()
      table.integer('created_by').unsigned().nullable()
      table.integer('approved_by').unsigned().nullable()
      editable(table)
      table.check('used <= quantity', {}, 'quota_requests_not_overused')
    })

    this.schema.createTable('quota_exceptions', (table) => {
      table.increments('id')
      reference(table, 'unit_id', 'units').notNullable()
      table.string('funding_type', 20).notNullable()
      table.string('category', 20).notNullable()
      table.integer('quantity').unsigned().notNullable()
      table.integer('used').unsigned().notNullable().defaultTo(0)
      table.string('reason', 500).notNullable()
      table.string('state', 20).notNullable()
      reference(table, 'document_id', 'documents').notNullable()
      table.integer('created_by').unsigned().nullable()
      table.integer('approved_by').unsigned().nullable()
      editable(table)
      table.check('used <= quantity', {}, 'quota_exceptions_not_overused')
    })
  }

  async down() {
    for (const name of [
      'quota_exceptions',
      'quota_requests',
      'quota_entries',
      'quota_movements',
      'quota_accounts',
      'quota_targets',
      'posts',
      'departments',
      'unit_change_links',
      'unit_changes',
      'unit_names',
      'unit_facts',
      'units',
    ]) {
      this.schema.dropTable(name)
    }
  }
}
