import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { GRADES } from '#organization/domain/grades'
import { correctAssignment } from '../actions/correct_assignment.js'
import { assignmentById } from '../queries/assignments.js'
import { departmentChoices, postChoices } from '../queries/choices.js'
import { assignmentCorrectionValidator } from '../validators/person.js'

/** Correction of what an assignment says. */
export default class AssignmentsController {
  async edit(ctx: HttpContext) {
    const assignment = await this.find(ctx)
    const { unitId } = assignment
    return ctx.view.render('pages/people/assignments/edit', {
      assignment,
      departments: await departmentChoices(unitId, clock.today()),
      posts: await postChoices(unitId, clock.today(), (type) =>
        ctx.i18n.t(`shared.employment.${type}`)
      ),
      grades: GRADES,
    })
  }

  async correct(ctx: HttpContext) {
    const assignment = await this.find(ctx)
    const { actor, request } = ctx
    const form = await request.validateUsing(assignmentCorrectionValidator)
    const input = {
      assignmentId: assignment.id,
      departmentId: form.department_id ?? null,
      postId: form.post_id ?? null,
      grade: form.grade ?? null,
      leaderPost: form.leader_post ?? false,
      wasWrong: form.nature !== 'change',
      reason: form.reason,
      documentNo: form.document_no,
    }
    await once(request.input('_key'), 'people.assignment.correct', actor!.userId, (trx) =>
      correctAssignment(input, actor!, trx)
    )
    ctx.session.flash('success', ctx.i18n.t('people.correct.done'))
    return ctx.response.redirect().toRoute('people.persons.show', { id: assignment.personId })
  }

  private async find({ actor, params }: HttpContext) {
    const assignment = await assignmentById(Number(params.id))
    if (!assignment) throw new NotFoundError('assignment')
    const { unitId, personId } = assignment
    actor!.authorize('people.edit', { unitId, personId })
    return assignment
  }
}
