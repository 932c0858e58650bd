import { BaseSchema } from '@adonisjs/lucid/schema'

const PIECE = 400
/** Columns of personal values, by their headers. */
const SECRET = new Set(['身份证号码', '身份证号', '银行账号', '联系电话'])
/** A number of a person wherever it stands: phone, identity, bank account. */
const LONG_NUMBER = /\d{11,}[\dXx]?/g

/** What findings of imports quote of an identity number, a phone or an account is its end alone. */
export default class extends BaseSchema {
  async up() {
    this.defer(async (db) => {
      const quoting = () => db.from('import_findings').where('params', 'like', '%"value":%')
      for (let last = 0; ;) {
        const rows = await quoting().where('id', '>', last).orderBy('id').limit(PIECE)
        for (const { id, field, params } of rows) {
          const hidden = maskedParams(field, params)
          if (hidden === params) continue
          await db.from('import_findings').where('id', id).update({ params: hidden })
        }
        if (rows.length < PIECE) return
        last = rows[PIECE - 1].id
      }
    })
  }

  /** A masked number does not come back. */
  async down() {}
}

function maskedParams(field: string, text: string): string {
  const params = JSON.parse(text)
  if (typeof params.value !== 'string') return text
  const hidden = SECRET.has(field) && !params.value.includes('*')
  const value = hidden ? masked(params.value) : params.value.replace(LONG_NUMBER, masked)
  return value === params.value ? text : JSON.stringify({ ...params, value })
}

function masked(text: string): string {
  const hidden = text.length > 8 ? text.length - 4 : text.length
  return '*'.repeat(hidden) + text.slice(hidden)
}
