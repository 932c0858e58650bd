import { fillFromRequest } from '#organization/actions/quota_requests/fill_request'
import { quotaCategoryOf, type Grade } from '#organization/domain/grades'
import { checkPost } from '#people/actions/check_post'
import { createPerson } from '#people/actions/create_person'
import { endAssignment } from '#people/actions/end_assignment'
import { openAssignment } from '#people/actions/open_assignment'
import { rivalEvents } from '#people/queries/approved_events'
import { mainAssignmentOf } from '#people/queries/assignments'
import type { ActiveGrant, Actor } from '#shared/actor'
import { unseal } from '#shared/crypto'
import { addDays, monthOf } from '#shared/dates'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { paidMonths } from '#transfers/domain/paid_months'
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import { APPLICATION_MOVES } from '../domain/states.js'
import { applicationById, type ApplicationRow } from '../queries/applications.js'
import { recruitmentById, type RecruitmentRow } from '../queries/recruitments.js'
import { recruitmentPostById, type RecruitmentPostRow } from '../queries/recruitment_posts.js'
import { logApplication, refuse, refuseField } from './log.js'
import { refuseOwn } from './review.js'

export interface HireInput {
  applicationId: number
  version: number
  contractNo: string
  /** Last day; null: a contract without a term. */
  contractTo: string | null
  effectiveOn: string
  grade: Grade
  grant?: ActiveGrant | null
}

/**
 * Contract, person, assignment and seat in one transaction. Somebody on record is the same person
 * afterwards; a contract assignment ends on the day the new one begins.
 */
export async function hire(input: HireInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const application = await applicationById(input.applicationId, client)
    refuseOwn(application, actor)
    const plan = await recruitmentById(application.recruitmentId, client)
    const post = await recruitmentPostById(application.recruitmentPostId, client)
    if (plan.state !== 'hiring') throw new MoveError({ id: application.id, verb: 'hire' })
    if (!application.publicised) refuse('not_publicised')
    if (input.effectiveOn <= plan.publicityTo!) {
      refuseField('effective_on', 'before_publicity', { to: plan.publicityTo! })
    }
    if (input.contractTo !== null && input.contractTo <= input.effectiveOn) {
      refuseField('contract_to', 'contract_term', { from: input.effectiveOn })
    }
    const category = quotaCategoryOf(input.grade)
    if (category !== post.category) refuseField('grade', 'grade_category')
    await refuseUnfit(client, plan, post, input)
    const personId = await personOf(client, application, input.effectiveOn, actor)
    await refuseHired(client, personId)
    await askFreeze(client, plan, application.id, personId, input.effectiveOn, actor)
    const moved = await endFormer(client, personId, input.effectiveOn, plan, actor)
    await fillFromRequest(
      {
        requestId: post.quotaRequestId!,
        key: `recruitment_application:${application.id}`,
        count: 1,
        effectiveOn: input.effectiveOn,
        documentId: plan.documentId,
        subjectType: 'recruitment_application',
        subjectId: application.id,
      },
      actor,
      client
    )
    const assignmentId = await open(client, personId, plan, post, input, actor, moved)
    await moveState(
      client,
      'recruitment_applications',
      { id: application.id, version: input.version },
      APPLICATION_MOVES,
      'hire',
      {
        person_id: personId,
        assignment_id: assignmentId,
        contract_no: input.contractNo,
        contract_to: input.contractTo,
        hired_on: input.effectiveOn,
      }
    )
    await logApplication(
      client,
      actor,
      'hired',
      application.id,
      { person: personId, assignment: assignmentId, effective_on: input.effectiveOn },
      input.grant
    )
  }, trx)
}

/** The post is asked as by every hire: open, for that grade, and with a place. */
async function refuseUnfit(
  trx: Trx,
  plan: RecruitmentRow,
  { postId }: RecruitmentPostRow,
  { grade, effectiveOn }: HireInput
) {
  const details = { postId, grade, employmentType: 'establishment' as const }
  const [misfit] = await checkPost(trx, { details, effectiveOn }, plan.unitId)
  if (!misfit) return
  const code = `people.errors.${misfit.code}`
  const fields = misfit.field === 'grade' ? [{ ...misfit, code }] : []
  throw new DomainError(code, misfit.params, fields)
}

/** Whom an approved personnel event is to hire elsewhere is not hired here as well. */
async function refuseHired(trx: Trx, personId: number) {
  const events = (await rivalEvents(trx, { kind: 'hire', personId })).join('、')
  if (events) throw new DomainError('people.errors.hired_already', { events })
}

/** Under a document of the programme it passes reform discipline, else it is a personnel adjustment. */
function askFreeze(
  trx: Trx,
  plan: RecruitmentRow,
  applicationId: number,
  personId: number,
  date: string,
  actor: Actor
) {
  return freezePort.pass(
    {
      act: 'recruitment.hire',
      unitIds: [plan.unitId],
      date,
      reformDocumentId: plan.documentId,
      actor,
      personId,
      subject: { type: 'recruitment_application', id: applicationId },
    },
    trx
  )
}

/** By the identity number; nobody known: a new person. */
async function personOf(
  trx: Trx,
  application: ApplicationRow,
  effectiveOn: string,
  actor: Actor
): Promise<number> {
  if (application.personId !== null) return application.personId
  const known = await trx
    .from('persons')
    .where('identity_digest', application.identityDigest)
    .whereNull('merged_into')
    .first()
  if (known) return Number(known.id)
  const sealed = await trx
    .from('recruitment_applications')
    .where('id', application.id)
    .select('identity_sealed', 'phone_sealed')
    .firstOrFail()
  return createPerson(
    {
      name: application.name,
      sex: application.sex as 'male' | 'female',
      birthOn: application.birthOn,
      identityNo: unseal(sealed.identity_sealed, 'identity'),
      phone: unseal(sealed.phone_sealed, 'phone'),
      education: application.education as never,
      politicalStatus: (application.politicalStatus as never) ?? null,
      workStartedOn: effectiveOn,
    },
    actor,
    trx
  )
}

async function endFormer(
  trx: Trx,
  personId: number,
  effectiveOn: string,
  plan: RecruitmentRow,
  actor: Actor
): Promise<boolean> {
  const before = addDays(effectiveOn, -1)
  const former = await mainAssignmentOf(personId, before, trx)
  if (!former || former.validTo !== null) return false
  if (former.employmentType === 'establishment') refuse('establishment_already')
  await endAssignment(
    {
      assignmentId: former.id,
      endsOn: effectiveOn,
      paidThrough: paidMonths(effectiveOn).paidThrough,
      reason: 'recruitment',
      documentId: plan.documentId,
    },
    actor,
    trx
  )
  return true
}

function open(
  trx: Trx,
  personId: number,
  plan: RecruitmentRow,
  post: RecruitmentPostRow,
  input: HireInput,
  actor: Actor,
  moved: boolean
) {
  // Who left another unit in the middle of a month is paid there to its end.
  const { effectiveOn } = input
  return openAssignment(
    {
      personId,
      kind: 'main',
      unitId: plan.unitId,
      departmentId: post.departmentId,
      postId: post.postId,
      employmentType: 'establishment',
      fundingType: plan.fundingType,
      quotaCategory: post.category,
      grade: input.grade,
      validFrom: effectiveOn,
      paidFrom: moved ? paidMonths(effectiveOn).paidFrom : monthOf(effectiveOn),
      source: 'recruitment',
      sourceType: 'recruitment_application',
      sourceId: input.applicationId,
      documentId: plan.documentId,
    },
    actor,
    trx
  )
}
