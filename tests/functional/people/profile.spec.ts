import { test } from '@japa/runner'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { unseal } from '#shared/crypto'
import { inTransaction } from '#shared/database'
import { holdForDecision } from '#decisions/actions/hold'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import type User from '#accounts/models/user'
import { createPerson } from '#people/actions/create_person'
import { checkDigit } from '#people/domain/identity_no'
import { personAsKnown } from '#people/queries/person_history'

const IDENTITY = '11010519491231002X'
const OTHER = `11010519850505301${checkDigit('11010519850505301')}`
const system = Actor.system('test')

/** A person in a unit, its officer, and a stranger: an officer of another unit. */
async function given() {
  const [unitId, elsewhere] = [await givenUnit({ name: '报社' }), await givenUnit()]
  const personId = await createPerson(
    {
      name: '王芳',
      sex: 'female',
      birthOn: '1949-12-31',
      identityNo: IDENTITY,
      phone: '13912340680',
    },
    system
  )
  const assignmentId = await givenAssignment(personId, unitId)
  return {
    unitId,
    personId,
    assignmentId,
    url: `/people/persons/${personId}`,
    officer: await givenUser({ role: 'hr_officer', unitId }),
    stranger: await givenUser({ role: 'hr_officer', unitId: elsewhere }),
    self: await givenUser({ personId }),
  }
}

const correction = (values: object = {}) => ({
  name: '王芳',
  sex: 'female',
  birth_on: '1949-12-31',
  version: 1,
  reason: '档案核对',
  ...values,
})

test.group('Profile of a person', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2026-06-01')
    return () => clock.release()
  })

  test('shows masked numbers, retirement with its rule, and open holds by name', async ({
    assert,
    client,
  }) => {
    const { personId, url, officer } = await given()
    await inTransaction((trx) =>
      holdForDecision(trx, system, {
        code: 'roster-7-row-12',
        subjectType: 'person',
        subjectId: personId,
        evidence: {},
      })
    )
    const page = await client.get(url).loginAs(officer)
    page.assertStatus(200)
    assert.include(page.text(), '1101**********002X')
    assert.notInclude(page.text(), IDENTITY)
    assert.include(page.text(), '国发〔1978〕104号')
    assert.include(page.text(), 'roster-7-row-12')
    for (const tab of ['events', 'versions']) {
      const other = await client.get(`${url}?tab=${tab}`).loginAs(officer)
      other.assertStatus(200)
    }
    const earlier = await client.get(`${url}?as_of=2019-01-01&known_on=2019-01-01`).loginAs(officer)
    earlier.assertStatus(200)
    const english = await client.get(url).loginAs(officer).plainCookie('locale', 'en')
    english.assertStatus(200)
    assert.include(english.text(), 'Retirement age')
  })

  test('everybody opens what the grants reach, and the own record', async ({ client }) => {
    const { url, stranger, self, unitId } = await given()
    const colleague = await createPerson({ name: '李静' }, system)
    await givenAssignment(colleague, unitId)
    const colleagueUser = await givenUser({ personId: colleague })
    const opened = await client.get(url).loginAs(self)
    opened.assertStatus(200)
    for (const user of [stranger, colleagueUser, await givenUser({ role: 'system_admin' })]) {
      const refused = await client.get(url).loginAs(user).redirects(0)
      refused.assertStatus(403)
    }
    const missing = await client.get('/people/persons/99999').loginAs(self)
    missing.assertStatus(404)
  })

  test('a hostile name stays text on every page', async ({ assert, client }) => {
    const { unitId, officer } = await given()
    const personId = await createPerson({ name: '"><img src=x onerror=alert(1)>' }, system)
    const assignmentId = await givenAssignment(personId, unitId)
    const urls = [
      `/people/persons/${personId}`,
      `/people/persons/${personId}/edit`,
      `/people/persons/${personId}?tab=versions`,
      `/people/assignments/${assignmentId}/edit`,
    ]
    for (const url of urls) {
      const page = await client.get(url).loginAs(officer)
      page.assertStatus(200)
      assert.notInclude(page.text(), '<img src=x')
    }
  })

  test('a correction keeps what stood before, and the old truth as of its time', async ({
    assert,
    client,
  }) => {
    const { personId, url, officer } = await given()
    const [before] = await rowsOf('persons')
    clock.freeze('2026-06-10')
    const answer = await client
      .post(`${url}/correction`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form(correction({ identity_no: OTHER, sex: '', birth_on: '', document_no: '更〔2026〕1号' }))
    answer.assertStatus(302)
    const [after] = await rowsOf('persons')
    assert.equal(unseal(after.identity_sealed, 'identity'), OTHER)
    assert.equal(after.birth_on, '1985-05-05')
    assert.equal(after.phone_sealed, before.phone_sealed)
    assert.equal(after.confirmation, 'pending')
    assert.equal(after.version, 2)
    const [revision] = await rowsOf('person_revisions')
    assert.equal(JSON.parse(revision.data).identity_digest, before.identity_digest)
    assert.equal((await personAsKnown(personId, '2026-06-09'))!.birthOn, '1949-12-31')
    assert.equal((await personAsKnown(personId, '2026-06-10'))!.birthOn, '1985-05-05')
    assert.isNull(await personAsKnown(personId, '2026-05-31'))
    const events = JSON.stringify(await rowsOf('audit_events'))
    for (const secret of [OTHER, IDENTITY, '1985-05-05']) assert.notInclude(events, secret)
  })

  test('filed facts need a document; a stale or empty correction is refused; input comes back', async ({
    assert,
    client,
  }) => {
    const { url, officer } = await given()
    const send = (values: object) =>
      client
        .post(`${url}/correction`)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form(correction(values))
    const refused = await send({ name: '王方' })
    assert.property(refused.flashMessage('inputErrorsBag'), 'document_no')
    assert.equal(refused.flashMessage('name'), '王方')
    const wrong = await send({ identity_no: `${OTHER.slice(0, 17)}-`, phone: '12' })
    assert.sameMembers(Object.keys(wrong.flashMessage('inputErrorsBag')), ['identity_no', 'phone'])
    const filed = { document_no: '更〔2026〕1号' }
    const born = await send({ ...filed, birth_on: '1949-12-30' })
    assert.deepEqual(born.flashMessage('inputErrorsBag'), { birth_on: ['与身份证号不符'] })
    const other = await send({ ...filed, sex: 'male' })
    assert.deepEqual(other.flashMessage('inputErrorsBag'), { sex: ['与身份证号不符'] })
    const early = await send({ ...filed, work_started_on: '1949-12-31' })
    assert.deepEqual(early.flashMessage('inputErrorsBag'), { work_started_on: ['须晚于出生日期'] })
    for (const values of [{}, { education: 'undergraduate', version: 9 }]) {
      const answer = await send(values)
      assert.isString(answer.flashMessage('error'))
    }
    assert.equal((await rowsOf('persons'))[0].version, 1)
    assert.lengthOf(await rowsOf('person_revisions'), 0)
    const fine = await send({ education: 'undergraduate' })
    fine.assertStatus(302)
    assert.equal((await rowsOf('persons'))[0].education, 'undergraduate')
  })

  test('a stale correction is told who changed what meanwhile, and keeps what was typed', async ({
    assert,
    client,
  }) => {
    const { personId, url, officer } = await given()
    const other = await givenUser({ role: 'hr_officer', row: { name: '周晓岚' } })
    const send = (user: User, values: object) =>
      client
        .post(`${url}/correction`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ _form: `${url}/correction`, ...correction(values) })
    clock.freeze('2026-06-10 02:30:00.000')
    await send(other, { education: 'undergraduate' })
    clock.freeze('2026-06-10 03:00:00.000')
    await client
      .post(`${url}/unmasking`)
      .loginAs(officer)
      .withCsrfToken()
      .form({ field: 'identity', reason: '办理社保' })
    const stale = await send(officer, { education: 'postgraduate' })
    const said = stale.flashMessage('error')
    for (const part of ['周晓岚', '2026-06-10 10:30', '学历', '未保存']) assert.include(said, part)
    assert.equal(stale.flashMessage('education'), 'postgraduate')
    assert.equal((await rowsOf('persons', { id: personId }))[0].education, 'undergraduate')
  })

  test('a sealed value is shown once, for a reason on record', async ({ assert, client }) => {
    const { url, officer } = await given()
    const show = (values: object) =>
      client.post(`${url}/unmasking`).loginAs(officer).withCsrfToken().redirects(0).form(values)
    const nothing = await show({ field: 'identity', reason: '' })
    nothing.assertStatus(302)
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.person.unmasked' }), 0)
    const page = await show({ field: 'identity', reason: '办理社保' })
    page.assertStatus(200)
    assert.include(page.text(), IDENTITY)
    assert.equal(page.header('cache-control'), 'no-store')
    const [event] = await rowsOf('audit_events', { action: 'people.person.unmasked' })
    assert.deepEqual(JSON.parse(event.changes), { field: 'identity', reason: '办理社保' })
    const phone = await show({ field: 'phone', reason: '联系本人' })
    assert.include(phone.text(), '13912340680')
  })

  test('the person confirms or objects, HR answers; nobody speaks for another', async ({
    assert,
    client,
  }) => {
    const { url, self, officer } = await given()
    const send = (user: any, path: string, values: object) =>
      client.post(`${url}/${path}`).loginAs(user).withCsrfToken().redirects(0).form(values)
    const state = async () => (await rowsOf('persons'))[0]

    const foreign = await send(officer, 'confirmation', { version: 1 })
    foreign.assertStatus(403)
    assert.equal((await state()).confirmation, 'pending')

    await send(self, 'objection', { version: 1, objection: '参加工作时间有误' })
    assert.include(await state(), { confirmation: 'objected', objection: '参加工作时间有误' })
    const own = await send(self, 'answer', { version: 2, comment: '无误' })
    own.assertStatus(403)
    await send(officer, 'answer', { version: 2, comment: '已核对档案，无误' })
    assert.include(await state(), { confirmation: 'pending', objection: null })
    const [kept] = await rowsOf('person_revisions')
    assert.equal(JSON.parse(kept.data).objection, '参加工作时间有误')

    await send(self, 'confirmation', { version: 3 })
    assert.equal((await state()).confirmation, 'confirmed')
    const again = await send(self, 'confirmation', { version: 4 })
    assert.isString(again.flashMessage('error'))
    assert.equal((await state()).version, 4)
  })

  test('an assignment is corrected by a new row; another series takes the seat along', async ({
    assert,
    client,
  }) => {
    const { unitId, assignmentId, personId, officer } = await given()
    const url = `/people/assignments/${assignmentId}/correction`
    const answer = await client
      .post(url)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ grade: 'professional_7', leader_post: '1', reason: '录入有误', document_no: '更2号' })
    answer.assertHeader('location', `/people/persons/${personId}`)
    const [old, corrected] = await rowsOf('assignments')
    assert.equal(old.superseded_by, corrected.id)
    assert.isNull(old.grade)
    assert.include(corrected, { grade: 'professional_7', leader_post: 1, unit_id: unitId })
    const again = await client
      .post(url)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ grade: 'professional_8', reason: '再次', document_no: '更2号' })
    assert.isString(again.flashMessage('error'))
    assert.lengthOf(await rowsOf('assignments'), 2)
  })

  test('somebody new is put on record; a number that is taken is refused', async ({
    assert,
    client,
  }) => {
    const { officer, personId } = await given()
    const send = (values: object) =>
      client.post('/people/persons').loginAs(officer).withCsrfToken().redirects(0).form(values)
    const form = { _key: 'k1', name: ' 欧 阳·翔', identity_no: `110105 ${OTHER.slice(6)}` }
    await send(form)
    await send(form)
    const persons = await rowsOf('persons')
    assert.lengthOf(persons, 2)
    assert.include(persons[1], { name: '欧阳·翔', sex: 'male', birth_on: '1985-05-05' })
    const opened = await client.get(`/people/persons/${persons[1].id}`).loginAs(officer)
    opened.assertStatus(200)

    const taken = await send({ name: '王芳', identity_no: IDENTITY })
    assert.property(taken.flashMessage('inputErrorsBag'), 'identity_no')
    const unplaced = await send({ name: '欧阳·翔', identity_no: OTHER })
    unplaced.assertHeader('location', `/people/events/create?kind=hire&person=${persons[1].id}`)
    assert.lengthOf(await rowsOf('persons'), 2)
    assert.isAbove(personId, 0)
  })

  test('strangers are refused and nothing changes', async ({ assert, client }) => {
    const { url, assignmentId, stranger } = await given()
    const before = [await rowsOf('persons'), await rowsOf('assignments')]
    const writes: Array<[string, object]> = [
      [`${url}/correction`, correction({ education: 'primary' })],
      [`${url}/unmasking`, { field: 'identity', reason: '想看看' }],
      [`${url}/confirmation`, { version: 1 }],
      [`${url}/objection`, { version: 1, objection: '不对' }],
      [`${url}/answer`, { version: 1, comment: '对' }],
      [
        `/people/assignments/${assignmentId}/correction`,
        { grade: 'professional_1', reason: '升级', document_no: 'x' },
      ],
    ]
    for (const [path, values] of writes) {
      const answer = await client
        .post(path)
        .loginAs(stranger)
        .withCsrfToken()
        .redirects(0)
        .form(values)
      answer.assertStatus(403)
      assert.notInclude(answer.text(), IDENTITY)
    }
    const staff = await givenUser({ role: 'staff', scope: 'self' })
    const created = await client
      .post('/people/persons')
      .loginAs(staff)
      .withCsrfToken()
      .redirects(0)
      .form({ name: '张三' })
    created.assertStatus(403)
    assert.deepEqual([await rowsOf('persons'), await rowsOf('assignments')], before)
  })
})
