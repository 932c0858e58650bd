import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'
import { caseKey, type Case } from '#shared/ports/cases'
import { ROUND_CASE } from '../reach.js'
import { whereNamed } from './selection_search.js'

/** Rounds as cases of grants: number and name, for whoever grants. */
export const roundCases = {
  kind: ROUND_CASE,
  async find(text: string, limit: number): Promise<Case[]> {
    const rows = await whereNamed(rounds(), text).orderBy('id', 'desc').limit(limit)
    return rows.map(asCase)
  },
  async byId(id: number): Promise<Case | null> {
    const row = await rounds().where('id', id).first()
    return row ? asCase(row) : null
  },
}

function rounds() {
  return db.from('selection_rounds').select('id', 'name', 'number')
}

function asCase({ id, name, number }: Row): Case {
  return {
    key: caseKey(ROUND_CASE, Number(id)),
    title: `${name}（${number}）`,
    url: `/selection/rounds/${id}`,
  }
}
