import { BaseSchema } from '@adonisjs/lucid/schema'
import { editable, flagWhen, moment, reference } from '#database/migration_helpers'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('users', (table) => {
      table.increments('id')
      table.string('username', 60).notNullable().unique()
      table.string('name', 60).notNullable()
      reference(table, 'person_id', 'persons').nullable().unique()
      table.string('password', 200).notNullable()
      table.boolean('must_change_password').notNullable().defaultTo(true)
      moment(table, 'password_changed_at').nullable()
      table.text('totp_sealed').nullable()
      moment(table, 'totp_enabled_at').nullable()
      table.integer('failed_sign_ins').unsigned().notNullable().defaultTo(0)
      moment(table, 'locked_until').nullable()
      moment(table, 'last_sign_in_at').nullable()
      /** Raised by "sign out everywhere": older sessions end. */
      table.integer('session_epoch').unsigned().notNullable().defaultTo(1)
      /** active, disabled */
      table.string('state', 20).notNullable().defaultTo('active')
      table.string('locale', 10).notNullable().defaultTo('zh-CN')
      table.string('email', 120).nullable()
      table.boolean('demo').notNullable().defaultTo(false)
      editable(table)
    })

    this.schema.createTable('password_history', (table) => {
      table.increments('id')
      reference(table, 'user_id', 'users').notNullable()
      table.string('password', 200).notNullable()
      moment(table, 'created_at').notNullable()
    })

    /** Failures by user name and by address within a window; keyed digests, no plain names. */
    this.schema.createTable('throttles', (table) => {
      table.string('id', 90).primary()
      table.integer('hits').unsigned().notNullable()
      moment(table, 'window_ends').notNullable()
    })

    this.schema.createTable('grants', (table) => {
      table.increments('id')
      reference(table, 'user_id', 'users').notNullable()
      table.string('role', 40).notNullable()
      /** self, case, department, unit, unit_successors, all */
      table.string('scope', 20).notNullable()
      table.integer('scope_id').unsigned().nullable()
      table.string('case_key', 60).nullable()
      table.date('valid_from').notNullable()
      table.date('valid_to').nullable()
      /** proposed → active → ended; or refused */
      table.string('state', 20).notNullable()
      /** The grant counts only while this assignment lives. */
      reference(table, 'assignment_id', 'assignments').nullable()
      table.string('reason', 300).nullable()
      table.integer('proposed_by').unsigned().nullable()
      table.integer('approved_by').unsigned().nullable()
      moment(table, 'ended_at').nullable()
      flagWhen(
        table,
        'admin_slot',
        "state in ('proposed', 'active') and role in ('system_admin', 'security_admin', 'audit_admin')"
      )
      editable(table)
      table.unique(['user_id', 'admin_slot'], { indexName: 'grants_admins_exclude' })
      table.index(['user_id', 'state'])
      table.check('approved_by is null or approved_by <> proposed_by', {}, 'grants_two_people')
    })

    this.schema.createTable('delegations', (table) => {
      table.increments('id')
      reference(table, 'from_user_id', 'users').notNullable()
      reference(table, 'to_user_id', 'users').notNullable()
      table.string('role', 40).notNullable()
      table.date('valid_from').notNullable()
      table.date('valid_to').notNullable()
      table.string('reason', 300).notNullable()
      table.string('state', 20).notNullable()
      table.integer('created_by').unsigned().nullable()
      editable(table)
      table.check('from_user_id <> to_user_id', {}, 'delegations_to_another')
      table.index(['to_user_id', 'state'])
    })
  }

  async down() {
    for (const name of ['delegations', 'grants', 'throttles', 'password_history', 'users']) {
      this.schema.dropTable(name)
    }
  }
}
