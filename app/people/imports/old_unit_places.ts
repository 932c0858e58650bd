import type { Trx } from '#shared/database'
import type { ImportEffectRow } from '#imports/actions/effects'
import { ensureDepartment } from '#organization/actions/ensure_department'
import { ensurePost } from '#organization/actions/ensure_post'
import { postKey, type RosterPlan, type RosterPost } from './roster_plan.js'

/** Departments and posts of a unit by the names of its roster; what is absent is made without a word. */
export class OldUnitPlaces {
  /** What had to be made. */
  readonly made: ImportEffectRow[] = []
  private readonly departments = new Map<string, number>()
  private readonly posts = new Map<string, number>()

  static async ensure(
    trx: Trx,
    { unit, departments, posts }: Pick<RosterPlan, 'unit' | 'departments' | 'posts'>,
    validFrom: string
  ): Promise<OldUnitPlaces> {
    const places = new OldUnitPlaces()
    await places.load(trx, unit.id)
    for (const name of departments) {
      if (places.departments.has(name)) continue
      const id = await ensureDepartment(trx, { unitId: unit.id, name, validFrom })
      places.departments.set(name, id)
      places.made.push({ subjectType: 'department', subjectId: id, effect: 'created' })
    }
    for (const post of posts) {
      if (places.posts.has(postKey(post))) continue
      const id = await ensurePost(trx, {
        unitId: unit.id,
        departmentId: places.departments.get(post.department)!,
        name: post.post,
        nature: post.postNature,
        employmentType: post.employmentType,
        validFrom,
      })
      places.posts.set(postKey(post), id)
      places.made.push({ subjectType: 'post', subjectId: id, effect: 'created' })
    }
    return places
  }

  departmentOf(post: RosterPost): number {
    return this.departments.get(post.department)!
  }

  postOf(post: RosterPost): number {
    return this.posts.get(postKey(post))!
  }

  private async load(trx: Trx, unitId: number) {
    const departments = await trx.from('departments').where('unit_id', unitId).select('id', 'name')
    for (const { id, name } of departments) this.departments.set(name, Number(id))
    const posts = await trx
      .from('posts as p')
      .join('departments as d', 'd.id', 'p.department_id')
      .where('p.unit_id', unitId)
      .select('p.id', 'd.name as department', 'p.name as post')
      .select('p.nature as postNature', 'p.employment_type as employmentType')
    for (const { id, ...post } of posts) this.posts.set(postKey(post), Number(id))
  }
}
