import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { createPost, editPost } from '#organization/actions/departments_and_posts'
import { postById } from '#organization/queries/posts'
import { changeRule, declareFreeze, endFreeze } from '#discipline/actions/declare_freeze'
import { answerFreeze } from '#discipline/actions/judge_act'
import { disposeAsset, editAsset } from '#discipline/actions/assets'
import { assetById } from '#discipline/queries/assets'
import { disciplineFigures, freezeStatus } from '#discipline/queries/status'
import { approveEvent, submitEvent } from '#people/actions/move_event'
import { executeEvent } from '#people/actions/execute_event'
import { createEvent, type EventInput } from '#people/actions/save_event'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import {
  givenAsset,
  givenDecided,
  givenExemption,
  givenFreeze,
  INSIDE,
  refusal,
  spend,
} from './givens.js'

const system = Actor.system()

test.group('The freeze of the reform', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  const post = (client: any, url: string, user: any, form: object) =>
    client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)

  const outcomes = async () => {
    const rows = await rowsOf('freeze_records')
    return rows.map(({ outcome, act }) => `${outcome} ${act}`)
  }

  async function givenEvent(input: Partial<EventInput>): Promise<number> {
    return createEvent(
      {
        kind: 'hire',
        personId: await givenPerson(),
        unitId: null,
        effectiveOn: INSIDE,
        untilOn: null,
        documentNo: '测发〔2022〕9号',
        reason: null,
        details: {},
        ...input,
      },
      system
    )
  }

  const givenHire = (unitId: number) =>
    givenEvent({ unitId, details: { employmentType: 'contract' } })

  async function givenPostOf(unitId: number) {
    const departmentId = Number(
      (
        await db.table('departments').insert({
          unit_id: unitId,
          name: '总编室',
          valid_from: '2020-01-01',
          version: 1,
          created_at: clock.now(),
        })
      )[0]
    )
    return { departmentId, input: postInput(unitId, departmentId) }
  }

  const postInput = (unitId: number, departmentId: number) => ({
    unitId,
    departmentId,
    code: 'A01',
    name: '编辑',
    nature: 'editorial' as const,
    category: 'professional' as const,
    employmentType: 'contract' as const,
    headcount: 2,
    validFrom: '2022-01-01',
  })

  test('it is declared from the decision, and only then', async ({ assert }) => {
    const unitId = await givenUnit()
    const office = await givenActor({ role: 'leading_group_office' })
    const declare = () => declareFreeze({ programmeDocumentIds: [] }, office)
    assert.equal((await freezeStatus()).phase, 'undecided')
    assert.equal(await refusal(declare()), 'decisions.errors.missing')
    await givenDecided([unitId], await givenDocument())
    assert.equal((await freezeStatus()).phase, 'undeclared')
    const freezeId = await declare()
    assert.deepInclude(await freezeStatus(), { phase: 'running', daysLeft: 61 })
    assert.lengthOf(await rowsOf('freeze_rules', { freeze_id: freezeId, live: 1 }), 6)
    assert.equal(await refusal(declare()), 'discipline.errors.freeze_stands')
    assert.lengthOf(await rowsOf('spending_limits'), 10)
  })

  test('while it is open everything passes, is recorded as done before it, and says so', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit()
    const eventId = await givenHire(unitId)
    const officer = await givenUser({ role: 'hr_officer' })
    const sent = await post(client, `/people/events/${eventId}/submission`, officer, { version: 1 })
    assert.equal(sent.flashMessage('success') !== undefined, true)
    assert.include(sent.flashMessage('notice'), '冻结决定前')
    assert.deepEqual(await outcomes(), ['before_freeze people.hire'])
    // The later steps of the same event add nothing.
    await approveEvent({ eventId, version: 2 }, await givenActor({ role: 'hr_head' }))
    await executeEvent({ eventId }, system)
    assert.lengthOf(await outcomes(), 1)
    assert.equal((await disciplineFigures('all')).beforeFreeze, 1)
  })

  test('rule on personnel: refused through action and page, on record; exempted; passes after', async ({
    client,
    assert,
  }) => {
    const { unitId, documentId, office } = await givenFreeze()
    const officer = await givenUser({ role: 'hr_officer' })
    const eventId = await givenHire(unitId)
    const submit = () => submitEvent({ eventId, version: 1 }, system)
    assert.equal(await refusal(submit()), 'discipline.refused.personnel')
    const sent = await post(client, `/people/events/${eventId}/submission`, officer, { version: 1 })
    assert.include(sent.flashMessage('error'), '不得随意进行人事调整')
    assert.include(sent.flashMessage('error'), '市广播电视台')
    assert.equal((await rowsOf('personnel_events'))[0].state, 'draft')
    const [one, other] = await rowsOf('freeze_records', { outcome: 'refused' })
    assert.deepInclude(one, { rule: 'personnel', act: 'people.hire', subject_id: eventId })
    assert.deepInclude(other, { user_id: officer.id, user_name: officer.name })
    assert.lengthOf(await rowsOf('audit_events', { action: 'discipline.attempt.refused' }), 2)

    const exemptionId = await givenExemption(office, { rule: 'personnel', unitId, documentId })
    await submit()
    const [passed] = await rowsOf('freeze_records', { outcome: 'exempted' })
    assert.equal(passed.exemption_id, exemptionId)
    clock.freeze('2022-05-01')
    await submitEvent(
      {
        eventId: await givenEvent({
          unitId,
          effectiveOn: '2022-05-02',
          details: { employmentType: 'contract' },
        }),
        version: 1,
      },
      system
    )
  })

  test('rule on posts: making, changing and importing them, changing somebody’s post', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit({ name: '市广播电视台' })
    const { departmentId, input } = await givenPostOf(unitId)
    const postId = await createPost(input, system)
    const personId = await givenPerson()
    const assignmentId = await givenAssignment(personId, unitId, { department_id: departmentId })
    const { documentId, office } = await givenFreeze([unitId])
    const officer = await givenUser({ role: 'hr_officer' })

    const create = () => createPost({ ...input, code: 'A02', name: '记者' }, system)
    const edit = async () => {
      const { version } = await postById(postId)
      return editPost({ ...input, id: postId, version, headcount: 9 }, system)
    }
    for (const work of [create, edit]) {
      assert.equal(await refusal(work()), 'discipline.refused.posts')
    }
    const sent = await post(client, `/organization/units/${unitId}/posts`, officer, {
      department_id: departmentId,
      code: 'A03',
      name: '主播',
      nature: 'editorial',
      category: 'professional',
      employment_type: 'contract',
      headcount: 1,
      valid_from: INSIDE,
    })
    assert.include(sent.flashMessage('error'), '严禁临时调整人员岗位及其职责')
    const form = {
      post_id: postId,
      department_id: departmentId,
      reason: '工作需要',
      document_no: '测发〔2022〕8号',
      nature: 'change',
    }
    const moved = await post(
      client,
      `/people/assignments/${assignmentId}/correction`,
      officer,
      form
    )
    assert.include(moved.flashMessage('error'), '严禁临时调整人员岗位及其职责')
    assert.lengthOf(await rowsOf('posts'), 1)
    assert.lengthOf(await rowsOf('assignments'), 1)
    assert.lengthOf(await rowsOf('freeze_records', { outcome: 'refused', rule: 'posts' }), 4)

    // A correction of wrong data is always allowed, and on record as that.
    const corrected = await post(
      client,
      `/people/assignments/${assignmentId}/correction`,
      officer,
      {
        ...form,
        nature: 'correction',
      }
    )
    assert.isUndefined(corrected.flashMessage('error'))
    const [allowed] = await rowsOf('freeze_records', { outcome: 'allowed' })
    assert.deepInclude(allowed, { act: 'people.assignment', allowed: 'correction' })

    await givenExemption(office, { rule: 'posts', unitId, documentId })
    await create()
    await edit()
    assert.lengthOf(await rowsOf('posts'), 2)
  })

  test('rules on dividends and spending: refused through page and action, exempted', async ({
    client,
    assert,
  }) => {
    const { unitId, documentId, office } = await givenFreeze()
    const officer = await givenUser({ role: 'finance_officer' })
    const cases = [
      ['dividend', 'dividends', '严禁权益分红'],
      ['equipment', 'spending', '严禁突击花钱'],
    ] as const
    for (const [category, rule, wording] of cases) {
      const input = { category, amountFen: 500_000 }
      assert.equal(await refusal(spend(unitId, input)), `discipline.refused.${rule}`)
      const sent = await post(client, '/discipline/spending', officer, {
        unit_id: unitId,
        category,
        payee: '某公司',
        amount: '5000',
        purpose: '测试',
        voucher_no: '记-2',
        spent_on: INSIDE,
      })
      assert.include(sent.flashMessage('error'), wording)
      assert.lengthOf(await rowsOf('spendings', { category }), 0)
      assert.lengthOf(await rowsOf('freeze_records', { outcome: 'refused', rule }), 2)
      const exemptionId = await givenExemption(office, { rule, unitId, documentId })
      await spend(unitId, input)
      const [row] = await rowsOf('spendings', { category })
      assert.deepInclude(row, { basis: 'exempted', exemption_id: exemptionId })
    }
  })

  test('rules on assets and facilities: refused through page and action, exempted', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit({ name: '市广播电视台' })
    const assetId = await givenAsset(unitId)
    const { documentId, office } = await givenFreeze([unitId])
    const keeper = await givenUser({ role: 'finance_officer' })
    const change = async (input: object) => {
      const asset = await assetById(assetId)
      const edit = { ...asset, assetId, wasWrong: false, reason: '搬迁', documentId: null }
      return editAsset({ ...edit, ...input }, system)
    }
    const dispose = async (byCourt = false) => {
      const { version } = await assetById(assetId)
      return disposeAsset({ assetId, version, byCourt, reason: '变卖', documentId }, system)
    }
    assert.equal(await refusal(change({ place: '外单位' })), 'discipline.refused.assets')
    assert.equal(await refusal(change({ purpose: 'rented' })), 'discipline.refused.facilities')
    assert.equal(await refusal(dispose()), 'discipline.refused.assets')
    assert.equal(await refusal(givenAsset(unitId)), 'discipline.refused.assets')
    const form = {
      version: 1,
      name: '摄像机',
      category: 'broadcast',
      purpose: 'rented',
      place: '二楼',
      custodian: '王芳',
      condition: 'good',
      original: '5000',
      net: '2000',
      nature: 'change',
      reason: '出租',
    }
    const sent = await post(client, `/discipline/assets/${assetId}`, keeper, form)
    assert.include(sent.flashMessage('error'), '不得临时变更办公设施用途')
    const sold = await post(client, `/discipline/assets/${assetId}/disposal`, keeper, {
      version: 1,
      ground: 'disposal',
      reason: '变卖',
      document_id: String(documentId),
    })
    assert.include(sold.flashMessage('error'), '严禁隐匿财物、转移资产')
    assert.deepInclude(await assetById(assetId), {
      purpose: 'broadcast',
      state: 'held',
      version: 1,
    })

    await change({ place: '三楼', wasWrong: true })
    await givenExemption(office, { rule: 'facilities', unitId, documentId })
    await change({ purpose: 'office' })
    assert.equal(await refusal(change({ place: '外单位' })), 'discipline.refused.assets')
    await dispose(true)
    const allowed = await rowsOf('freeze_records', { outcome: 'allowed' })
    assert.deepEqual(
      allowed.map((row) => row.allowed),
      ['correction', 'court_order']
    )
  })

  test('every always-allowed event passes and is on record', async ({ assert }) => {
    const { unitId } = await givenFreeze()
    const events: [Partial<EventInput>, string][] = [
      [{ kind: 'retire', effectiveOn: '2022-03-01' }, 'retire'],
      [{ kind: 'death' }, 'death'],
      [{ kind: 'resign' }, 'resign'],
      [{ kind: 'dismiss', details: { basis: 'discipline' } }, 'dismissal'],
      [{ kind: 'dismiss', details: { basis: 'court' } }, 'court_order'],
      [
        { kind: 'long_leave', details: { leaveType: 'maternity' }, untilOn: '2022-06-01' },
        'maternity',
      ],
      [{ kind: 'long_leave', details: { leaveType: 'sick' }, untilOn: '2022-06-01' }, 'sick'],
    ]
    const head = await givenActor({ role: 'hr_head' })
    for (const [input, allowed] of events) {
      const born = allowed === 'retire' ? { birth_on: '1962-02-10' } : {}
      const personId = await givenPerson(born)
      await givenAssignment(personId, unitId)
      const eventId = await givenEvent({ ...input, personId })
      await submitEvent({ eventId, version: 1 }, system)
      await approveEvent({ eventId, version: 2 }, head)
      await executeEvent({ eventId }, system)
      const rows = await rowsOf('freeze_records', { subject_id: eventId })
      assert.deepEqual(
        rows.map((row) => [row.outcome, row.allowed]),
        [['allowed', allowed]]
      )
    }
    await spend(unitId, { category: 'regular_pay', amountFen: 99_999_999 })
    const [pay] = await rowsOf('freeze_records', { act: 'discipline.spending' })
    assert.deepInclude(pay, { outcome: 'allowed', allowed: 'regular_pay' })
    // A long leave for study, and a dismissal by contract, are not among them.
    for (const input of [
      {
        kind: 'long_leave' as const,
        details: { leaveType: 'study' as const },
        untilOn: '2022-06-01',
      },
      { kind: 'dismiss' as const, details: { basis: 'contract' as const } },
    ]) {
      const personId = await givenPerson()
      await givenAssignment(personId, unitId)
      const eventId = await givenEvent({ ...input, personId })
      assert.equal(
        await refusal(submitEvent({ eventId, version: 1 }, system)),
        'discipline.refused.personnel'
      )
    }
  })

  test('a reform batch passes under a document of the programme and no other', async ({
    assert,
  }) => {
    const { unitId, programme } = await givenFreeze()
    const ask = (reformDocumentId: number | null, actor?: Actor) =>
      answerFreeze({
        act: 'transfers.batch',
        unitIds: [unitId],
        date: INSIDE,
        reformDocumentId,
        actor,
        subject: { type: 'transfer_batch', id: 7 },
      })
    assert.isNull(await ask(programme, system))
    assert.equal((await ask(await givenDocument(), system))?.code, 'discipline.refused.personnel')
    // A look ahead leaves no trace.
    assert.isNotNull(await ask(null))
    assert.deepEqual(await outcomes(), ['reform transfers.batch', 'refused transfers.batch'])
  })

  test('an attempt stays on record though its transaction is rolled back; asked twice it is one', async ({
    assert,
  }) => {
    const { unitId } = await givenFreeze()
    const attempt = () =>
      inTransaction(async (trx) => {
        await trx.table('settings').insert({
          name: 'x',
          valid_from: '2022-01-01',
          value: '1',
          version: 1,
          created_at: clock.now(),
        })
        const question = {
          act: 'people.hire',
          unitIds: [unitId],
          date: INSIDE,
          reformDocumentId: null,
          actor: system,
          subject: { type: 'personnel_event', id: 1 },
        }
        for (let time = 0; time < 2; time++) await answerFreeze(question, trx)
        throw new Error('rolled back')
      })
    await assert.rejects(attempt, 'rolled back')
    await assert.rejects(attempt, 'rolled back')
    assert.lengthOf(await rowsOf('settings'), 0)
    assert.deepEqual(await outcomes(), ['refused people.hire'])
    clock.freeze('2022-03-02')
    await assert.rejects(attempt, 'rolled back')
    assert.lengthOf(await outcomes(), 2)
  })

  test('a rule gets other dates; the freeze ends and another may be declared', async ({
    assert,
  }) => {
    const { freezeId, unitId, documentId, office } = await givenFreeze()
    const rule = {
      freezeId,
      version: 1,
      rule: 'personnel',
      from: '2022-04-01',
      to: '2022-05-01',
      documentId,
      reason: '分步实施',
    }
    assert.equal(
      await refusal(changeRule({ ...rule, to: '2022-06-01' }, office)),
      'discipline.errors.dates_outside'
    )
    await changeRule(rule, office)
    assert.equal(await refusal(changeRule(rule, office)), 'shared.errors.stale')
    await submitEvent({ eventId: await givenHire(unitId), version: 1 }, system)
    assert.lengthOf(await rowsOf('freeze_rules', { rule: 'personnel' }), 2)
    await endFreeze({ freezeId, version: 2, reason: '划转完成' }, office)
    await spend(unitId, { category: 'equipment', amountFen: 9_999_999 })
    await declareFreeze({ programmeDocumentIds: [] }, office)
    assert.equal(
      await refusal(spend(unitId, { category: 'equipment', amountFen: 9_999_999 })),
      'discipline.refused.spending'
    )
  })

  test('what came of a frozen unit is frozen too', async ({ assert }) => {
    const [old, made] = [await givenUnit(), await givenUnit()]
    await givenFreeze([old])
    const hire = async () => submitEvent({ eventId: await givenHire(made), version: 1 }, system)
    await hire()
    const [changeId] = await db.table('unit_changes').insert({
      kind: 'merge',
      effective_on: '2022-02-20',
      state: 'executed',
      version: 1,
      created_at: clock.now(),
    })
    await db.table('unit_change_links').insert({
      change_id: changeId,
      predecessor_id: old,
      successor_id: made,
    })
    assert.equal(await refusal(hire()), 'discipline.refused.personnel')
  })

  test('pages: the inspector sees all, an officer of another unit nothing', async ({
    client,
    assert,
  }) => {
    const { unitId, freezeId } = await givenFreeze()
    await refusal(submitEvent({ eventId: await givenHire(unitId), version: 1 }, system))
    const inspector = await givenUser({ role: 'discipline_inspector' })
    const page = await client.get('/discipline').loginAs(inspector)
    page.assertTextIncludes('冻结期内，还有 61 天')
    page.assertTextIncludes('新进人员')
    const list = await client.get('/discipline/records?outcome=refused').loginAs(inspector)
    list.assertTextIncludes('市广播电视台')
    const elsewhere = await givenUser({ role: 'discipline_inspector', unitId: await givenUnit() })
    const empty = await client.get('/discipline/records').loginAs(elsewhere)
    assert.notInclude(empty.text(), '/discipline/records/1')
    const [row] = await rowsOf('freeze_records')
    const closed = await client.get(`/discipline/records/${row.id}`).loginAs(elsewhere)
    closed.assertStatus(403)
    const file = await client.get('/discipline/records/export').loginAs(inspector)
    file.assertStatus(200)
    const shown = await client.get(`/discipline/freezes/${freezeId}`).loginAs(inspector)
    shown.assertStatus(200)
    const ended = await post(client, `/discipline/freezes/${freezeId}/ending`, inspector, {
      version: 1,
      comment: '试',
    })
    ended.assertStatus(403)
    assert.equal((await freezeStatus()).phase, 'running')
  })
})
