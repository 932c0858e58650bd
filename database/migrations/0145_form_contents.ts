import { BaseSchema } from '@adonisjs/lucid/schema'

/** A keyed digest of the form that was sent with the key: another content is no repetition. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('idempotency_keys', (table) => {
      table.string('content', 64).nullable()
    })
  }

  async down() {
    this.schema.alterTable('idempotency_keys', (table) => {
      table.dropColumn('content')
    })
  }
}
