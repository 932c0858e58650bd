import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { updateVersioned, type Row, type Trx } from '#shared/database'
import { freezePort } from '#shared/ports/freeze'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { ensureDepartment } from '../actions/ensure_department.js'
import { ensurePost } from '../actions/ensure_post.js'
import type { DepartmentParsed, PostParsed } from './check_posts.js'
import { NamedUnits } from './external_units.js'
import { postFacts } from './on_record.js'

/** Departments, then posts; what is there and differs is changed, its values before are kept. */
export async function commitPosts(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: StoredRow[]
): Promise<Record<string, number>> {
  const units = await NamedUnits.open(trx, actor)
  const writer = new PostWriter(trx, context, units)
  const work = rows.filter(({ parsed, effect }) => parsed && effect !== 'same')
  for (const { parsed, sheet } of work) if (sheet === 'departments') await writer.department(parsed)
  for (const { parsed, sheet } of work) if (sheet === 'posts') await writer.post(parsed)
  for (const unitId of writer.unitIds) {
    await freezePort.pass(
      {
        act: 'organization.post_import',
        unitIds: [unitId],
        date: clock.today(),
        actor,
        reformDocumentId: null,
        subject: { type: 'import', id: context.importId },
      },
      trx
    )
  }
  await recordEffects(trx, context.importId, [...units.made, ...writer.effects])
  const made = (type: string) =>
    writer.effects.filter(({ effect, subjectType }) => effect === 'created' && subjectType === type)
      .length
  return {
    departments: made('department'),
    posts: made('post'),
    updated: writer.effects.filter(({ effect }) => effect === 'updated').length,
    same: rows.length - work.length,
  }
}

class PostWriter {
  readonly effects: ImportEffectRow[] = []
  /** Units whose posts or departments were made or changed. */
  readonly unitIds = new Set<number>()

  constructor(
    private readonly trx: Trx,
    private readonly context: ImportContext,
    private readonly units: NamedUnits
  ) {}

  async department({ unit, name, frontLine, weight, id }: DepartmentParsed) {
    if (id !== null) {
      return this.change('department', 'departments', id, { front_line: frontLine, weight })
    }
    const unitId = await this.units.idOf(unit, this.context.asOf)
    await this.departmentId(unitId, name, { frontLine, weight })
  }

  async post(parsed: PostParsed) {
    const unitId = await this.units.idOf(parsed.unit, this.context.asOf)
    const departmentId = await this.departmentId(unitId, parsed.department)
    if (parsed.id !== null) {
      return this.change('post', 'posts', parsed.id, {
        ...postFacts(parsed),
        department_id: departmentId,
        headcount: parsed.headcount,
        front_line: parsed.frontLine,
      })
    }
    const { name, nature, code, category, gradeTop, gradeBottom, employmentType } = parsed
    const { headcount, coefficient, frontLine, mapsFrom } = parsed
    this.unitIds.add(unitId)
    const id = await ensurePost(this.trx, {
      unitId,
      departmentId,
      name,
      nature,
      code,
      category,
      gradeTop,
      gradeBottom,
      employmentType,
      headcount,
      coefficient,
      frontLine,
      mapsFrom,
      validFrom: this.context.asOf,
    })
    this.effects.push({ subjectType: 'post', subjectId: id, effect: 'created' })
  }

  /** A post may name a department that no row describes: it is made as plain as it is named. */
  private async departmentId(
    unitId: number,
    name: string,
    facts: { frontLine?: boolean; weight?: string | null } = {}
  ): Promise<number> {
    const known = await this.trx.from('departments').where({ unit_id: unitId, name }).first()
    if (known) return Number(known.id)
    const validFrom = this.context.asOf
    this.unitIds.add(unitId)
    const id = await ensureDepartment(this.trx, { unitId, name, validFrom, ...facts })
    this.effects.push({ subjectType: 'department', subjectId: id, effect: 'created' })
    return id
  }

  private async change(subjectType: string, table: string, id: number, values: Row) {
    const row = await this.trx.from(table).where({ id }).firstOrFail()
    const columns = [...Object.keys(values), 'version']
    const before = Object.fromEntries(columns.map((name) => [name, row[name]]))
    this.unitIds.add(Number(row.unit_id))
    await updateVersioned(this.trx, table, id, Number(row.version), values)
    this.effects.push({ subjectType, subjectId: id, effect: 'updated', before })
  }
}
