import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { once } from '#shared/once'
import { createPost, editPost } from '../actions/departments_and_posts.js'
import { gradeOptions } from '../presenters/options.js'
import { departmentsOf, findPosts, postById } from '../queries/posts.js'
import { unitById } from '../queries/units.js'
import { postEditValidator, postValidator } from '../validators/posts.js'
import { toPosts } from './departments_controller.js'

export default class PostsController {
  /** Picker of forms within a unit: `[{ value, text, detail }]`. */
  async pick({ actor, params, request, response }: HttpContext) {
    actor!.authorize('organization.view')
    const departmentId = Number(request.input('department')) || null
    const text = request.input('q') || null
    const posts = await findPosts({ unitId: Number(params.id), departmentId, text }, 20)
    return response.json(
      posts.map(({ id, code, name, departmentName }) => ({
        value: id,
        text: [code, name].filter(Boolean).join(' '),
        detail: departmentName,
      }))
    )
  }

  async create({ actor, params, view }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    return view.render('pages/organization/posts/create', {
      unit,
      post: null,
      ...(await this.choices(unit.id)),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    const form = await request.validateUsing(postValidator)
    const input = { ...inputOf(form, unit.id), validFrom: form.valid_from }
    await once(request.input('_key'), 'organization.post', actor!.userId, (trx) =>
      createPost(input, actor!, trx)
    )
    session.flash('success', i18n.t('organization.done.post_created'))
    return toPosts(response, unit.id)
  }

  async edit({ actor, params, view }: HttpContext) {
    const post = await postById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: post.unitId })
    return view.render('pages/organization/posts/edit', {
      unit: await unitById(post.unitId),
      post,
      history: await historyOf('post', post.id),
      ...(await this.choices(post.unitId)),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const post = await postById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: post.unitId })
    const form = await request.validateUsing(postEditValidator)
    const input = { ...inputOf(form, post.unitId), validFrom: post.validFrom }
    await editPost({ ...input, id: post.id, version: form.version }, actor!)
    session.flash('success', i18n.t('organization.done.post_edited'))
    return toPosts(response, post.unitId)
  }

  private async choices(unitId: number) {
    const departments = await departmentsOf(unitId)
    return {
      departments: departments.map(({ id, name }) => ({ value: id, label: name })),
      grades: gradeOptions(),
    }
  }
}

type PostForm = Awaited<ReturnType<typeof postEditValidator.validate>>

function inputOf(form: Omit<PostForm, 'version'>, unitId: number) {
  return {
    unitId,
    departmentId: form.department_id,
    code: form.code,
    name: form.name,
    nature: form.nature,
    category: form.category,
    gradeTop: form.grade_top,
    gradeBottom: form.grade_bottom,
    employmentType: form.employment_type,
    headcount: form.headcount,
    coefficient: form.coefficient,
    frontLine: Boolean(form.front_line),
    mapsFrom: form.maps_from,
    requirements: form.requirements,
  }
}
