import type { AssignmentRow } from '#people/queries/assignment_rows'
import { mappedPost } from '../domain/build_lines.js'
import type { BatchRow } from '../queries/batches.js'
import { departmentsOn, postsOfUnit, type PostRow } from '../queries/posts.js'

export type Place =
  { ok: true; departmentId: number | null; post: PostRow | null } | { ok: false; error: string }

/** Departments and posts of a target unit on the batch's date. */
export class UnitPlaces {
  private constructor(
    private readonly departments: Map<string, number>,
    private readonly posts: PostRow[]
  ) {}

  static async of(unitId: number, batch: BatchRow): Promise<UnitPlaces> {
    const date = batch.effectiveOn
    const departments = await departmentsOn(unitId, date)
    return new UnitPlaces(
      new Map(departments.map(({ id, name }) => [name, id])),
      await postsOfUnit(unitId, date, batch.id)
    )
  }

  /**
   * The place that a row names: the post by its code or name, else the department alone; nothing
   * named: the post by 对应原岗位, where there is one. Nothing is guessed.
   */
  find(department: string, post: string, person: AssignmentRow): Place {
    const departmentId = department === '' ? null : (this.departments.get(department) ?? undefined)
    if (departmentId === undefined) return { ok: false, error: 'transfer_unknown_department' }
    if (post !== '') return this.named(departmentId, post)
    const mapped = mappedPost(this.posts, person)
    const fits = mapped && (departmentId === null || mapped.departmentId === departmentId)
    if (!fits) return { ok: true, departmentId, post: null }
    return { ok: true, departmentId: mapped.departmentId, post: mapped }
  }

  private named(departmentId: number | null, text: string): Place {
    const byCode = this.posts.filter(({ code }) => code === text)
    const hits = (byCode.length ? byCode : this.posts.filter(({ name }) => name === text)).filter(
      (one) => departmentId === null || one.departmentId === departmentId
    )
    if (hits.length !== 1) return { ok: false, error: 'transfer_unknown_post' }
    return { ok: true, departmentId: hits[0].departmentId, post: hits[0] }
  }
}
