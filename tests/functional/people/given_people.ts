import { Actor } from '#shared/actor'
import { inTransaction, insertRow } from '#shared/database'
import { clock } from '#shared/clock'
import { holdForDecision } from '#decisions/actions/hold'
import { correctPerson } from '#people/actions/correct_person'
import { createPerson } from '#people/actions/create_person'
import { mergePeople } from '#people/actions/merge_people'
import { submitEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import { givenAssignment, givenDocument, givenUnit, givenUser } from '#tests/support/givens'

const system = Actor.system('test')
const IDENTITY = '11010519491231002X'

/** A unit with people in every state that a page of people can show. */
export async function givenPeople() {
  const unitId = await givenUnit({ name: '市融媒体中心（市广播电视台）' })
  const departmentId = await inTransaction((trx) =>
    insertRow(trx, 'departments', {
      unit_id: unitId,
      name: '新闻采访部',
      valid_from: '2000-01-01',
      version: 1,
      created_at: clock.now(),
    })
  )
  const staff: number[] = []
  for (const [index, name] of ['欧阳翔', '王芳', '李静', '张伟', '阿依古丽·买买提'].entries()) {
    const personId = await createPerson(
      {
        name,
        sex: index % 2 ? 'female' : 'male',
        birthOn: `19${67 + index * 4}-06-10`,
        education: 'undergraduate',
        politicalStatus: 'party_member',
        workStartedOn: `20${10 + index}-07-01`,
        phone: '13912340680',
        identityNo: index ? null : IDENTITY,
      },
      system
    )
    await givenAssignment(personId, unitId, {
      department_id: departmentId,
      employment_type: 'establishment',
      funding_type: 'full',
      quota_category: 'professional',
      grade: `professional_${7 + index}`,
      paid_from: '2020-01',
      document_id: await givenDocument(),
    })
    staff.push(personId)
  }
  const [person, objector, mover] = staff
  await correctPerson(
    {
      personId: person,
      version: 1,
      values: { name: '欧阳翔', sex: 'male', birthOn: '1949-12-31', education: 'postgraduate' },
      reason: '补充学历，并按档案更正出生日期',
      documentNo: '更〔2026〕1号',
    },
    system
  )
  await inTransaction(async (trx) => {
    const values = { confirmation: 'objected', objection: '参加工作时间应为 2009 年 7 月' }
    await trx.from('persons').where('id', objector).update(values)
    await holdForDecision(trx, system, {
      code: '花名册第 12 行：两单位重复登记',
      subjectType: 'person',
      subjectId: objector,
      evidence: {},
    })
  })
  const resignation = {
    kind: 'resign',
    personId: mover,
    unitId: null,
    effectiveOn: clock.today(),
    untilOn: null,
    documentNo: '人发〔2026〕12号',
    reason: '本人申请',
    details: {},
  } as const
  const eventId = await createEvent(resignation, system)
  await submitEvent({ eventId, version: 1 }, system)
  const draftId = await createEvent({ ...resignation, personId: staff[3] }, system)
  const twins = [
    await createPerson({ name: '赵敏', birthOn: '1990-01-01' }, system),
    await createPerson({ name: '赵敏', birthOn: '1990-01-01' }, system),
    await createPerson({ name: '赵敏', birthOn: '1990-01-01' }, system),
  ]
  await mergePeople({ keptId: twins[0], mergedId: twins[1], reason: '重复登记' }, system)
  const self = await givenUser({ personId: objector })
  return { unitId, person, objector, mover, eventId, draftId, twins, self }
}
