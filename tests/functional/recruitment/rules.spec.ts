import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { expireRequests } from '#organization/actions/quota_requests/expire_requests'
import { giveUpRequest } from '#organization/actions/quota_requests/move_request'
import { requestById } from '#organization/queries/quota_requests'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { approvePlan, cancelPlan, returnPlan, submitPlan } from '#recruitment/actions/approve_plan'
import { apply, withdrawApplication } from '#recruitment/actions/apply'
import { dropCandidate, recordCheck } from '#recruitment/actions/checks'
import { hire } from '#recruitment/actions/hire'
import {
  announceResult,
  chooseCandidates,
  closePlan,
  startHiring,
  startReview,
  startTests,
} from '#recruitment/actions/move_plan'
import { answerObjection, recordObjection } from '#recruitment/actions/objections'
import { reviewApplication, settlePost } from '#recruitment/actions/review'
import { createPlan } from '#recruitment/actions/save_plan'
import {
  decideScoreChange,
  enterExtraScore,
  proposeScoreChange,
} from '#recruitment/actions/score_changes'
import { countersign, enterScores } from '#recruitment/actions/enter_scores'
import { addExaminer, recuse } from '#recruitment/actions/examiners'
import { readScoreFile } from '#recruitment/imports/score_file'
import {
  applicationById,
  applicationByNumber,
  applicationByReceipt,
  applicationList,
  attachmentsOf,
} from '#recruitment/queries/applications'
import { ownRecord } from '#recruitment/queries/own_record'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { recruitmentPosts } from '#recruitment/queries/recruitment_posts'
import { recruitmentInbox } from '#recruitment/queries/recruitment_inbox'
import { takersOf } from '#recruitment/queries/scores'
import { approveEvent, submitEvent, withdrawEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import { identityColumns, phoneColumns } from '#people/actions/person_columns'
import { postsByIds } from '#transfers/queries/posts'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import { downloadedRows } from '#tests/support/workbooks'
import { quotaFigures } from './quota.js'
import {
  applicationInput,
  applyMany,
  at,
  close,
  enterTwice,
  givenOffice,
  givenOpenPlan,
  givenUnitWithPost,
  identityNo,
  planInput,
  qualifyAll,
  TODAY,
  toTests,
  type Office,
} from './givens.js'

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n')

/** A plan whose tests are over: six people for two places, best last. */
async function givenRanking(office: Office) {
  const plan = await givenOpenPlan(office)
  await applyMany(plan.id, plan.recruitmentPostId, 6)
  await toTests(plan.id, office)
  await enterTwice(plan.id, 'written', 0, office, (index) => 7000 + index * 100)
  await close(plan.id, 'written', office.head)
  const examinerId = await addExaminer(
    { recruitmentId: plan.id, name: '考官甲', organization: null, personId: null },
    office.hr1
  )
  await enterTwice(plan.id, 'interview', examinerId, office, () => 8000)
  await close(plan.id, 'interview', office.head)
  const ranked = (await applicationList({ recruitmentId: plan.id })).filter((one) => one.rankNo)
  return { ...plan, ranked }
}

async function passChecks(recruitmentId: number, office: Office) {
  for (const { id, version } of await applicationList({ recruitmentId, state: 'candidate' })) {
    const passed = { applicationId: id, result: 'passed' as const, note: null }
    await recordCheck({ ...passed, version, kind: 'background' }, office.hr1)
    await recordCheck({ ...passed, version: version + 1, kind: 'medical' }, office.hr1)
  }
}

test.group('Recruitment, plan and quota', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('no plan for places of a post that holders and other plans take', async ({ assert }) => {
    const office = await givenOffice()
    const { unitId, postId } = await givenUnitWithPost(9)
    await db.from('posts').where('id', postId).update({ headcount: 3 })
    await givenAssignment(await givenPerson(), unitId, { post_id: postId })
    const planFor = async (places: number) => {
      const post = { postId, places, minEducation: null, maxAge: null, requirements: null }
      return createPlan(await planInput({ unitId, posts: [post] }), office.hr1)
    }
    const submit = async (id: number) => submitPlan(await at(id), office.hr1)
    const [three, one, other, two] = [
      await planFor(3),
      await planFor(1),
      await planFor(1),
      await planFor(2),
    ]
    await assert.rejects(() => submit(three), 'recruitment.errors.no_places')
    await submit(one)
    await assert.rejects(() => submit(two), 'recruitment.errors.no_places')
    await submit(other)
    await cancelPlan({ ...(await at(one)), comment: '不招' }, office.hr1)
    await cancelPlan({ ...(await at(other)), comment: '不招' }, office.hr1)
    await submit(two)
    assert.equal((await recruitmentById(two)).state, 'submitted')
  })

  test('no vacant seat, no plan; a returned plan frees its seats', async ({ assert }) => {
    const office = await givenOffice()
    const { unitId, postId } = await givenUnitWithPost(2)
    const post = { postId, minEducation: null, maxAge: null, requirements: null }
    const tooMany = await createPlan(
      await planInput({ unitId, posts: [{ ...post, places: 3 }] }),
      office.hr1
    )
    await assert.rejects(
      async () => submitPlan(await at(tooMany), office.hr1),
      'organization.errors.no_room'
    )
    assert.equal((await recruitmentById(tooMany)).state, 'draft')
    assert.deepEqual(await quotaFigures(unitId), { vacant: 2, reserved: 0, filled: 0 })

    const id = await createPlan(
      await planInput({ unitId, posts: [{ ...post, places: 2 }] }),
      office.hr1
    )
    await submitPlan(await at(id), office.hr1)
    assert.deepEqual(await quotaFigures(unitId), { vacant: 0, reserved: 2, filled: 0 })
    const documentId = await givenDocument()
    await assert.rejects(
      async () => approvePlan({ ...(await at(id)), documentId }, office.personnel),
      'recruitment.errors.quota_not_approved'
    )
    await assert.rejects(
      async () => returnPlan({ ...(await at(id)), comment: '改' }, office.hr1),
      'recruitment.errors.same_person'
    )
    const [waiting] = await recruitmentInbox(office.personnel, (key) => key)
    assert.equal(waiting.title, 'recruitment.inbox.approve')
    await returnPlan({ ...(await at(id)), comment: '减少人数' }, office.personnel)
    assert.deepEqual(await quotaFigures(unitId), { vacant: 2, reserved: 0, filled: 0 })
  })

  test('a cancelled plan gives its approved seats back', async ({ assert }) => {
    const office = await givenOffice()
    const { id, unitId } = await givenOpenPlan(office)
    await assert.rejects(
      async () => cancelPlan(await at(id), office.head),
      'recruitment.errors.reason_needed'
    )
    await cancelPlan({ ...(await at(id)), comment: '机构调整' }, office.head)
    assert.deepEqual(await quotaFigures(unitId), { vacant: 2, reserved: 0, filled: 0 })
  })

  test('a request that a plan under way needs is neither given up nor expires', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, unitId } = await givenOpenPlan(office)
    const [{ quotaRequestId }] = await recruitmentPosts(id)
    const { number } = await recruitmentById(id)
    const version = async () => (await requestById(quotaRequestId!)).version
    const giveUp = async () =>
      giveUpRequest({ requestId: quotaRequestId!, version: await version() }, office.hr1)
    const refused = await giveUp().catch(({ key, params }) => [key, params.events])
    assert.deepEqual(refused, ['organization.errors.request_claimed', number])
    clock.freeze('2024-01-01')
    assert.equal(await expireRequests(), 0)
    assert.deepEqual(await quotaFigures(unitId), { vacant: 0, reserved: 2, filled: 0 })
    await cancelPlan({ ...(await at(id)), comment: '机构调整' }, office.head)
    assert.deepEqual(await quotaFigures(unitId), { vacant: 2, reserved: 0, filled: 0 })
  })

  test('open recruitment has a written test, the others none', async ({ assert }) => {
    const office = await givenOffice()
    const { unitId, postId } = await givenUnitWithPost()
    const posts = [{ postId, places: 1, minEducation: null, maxAge: null, requirements: null }]
    const create = async (input: object) =>
      createPlan({ ...(await planInput({ unitId, posts })), ...input }, office.hr1)
    await assert.rejects(() => create({ writtenWeight: 20 }), 'recruitment.errors.written_too_low')
    await assert.rejects(
      () => create({ kind: 'talent', writtenWeight: 40 }),
      'recruitment.errors.direct_assessment'
    )
    await assert.rejects(() => create({ posts: [] }), 'recruitment.errors.no_posts')
  })
})

test.group('Recruitment, applications', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('once a person and plan; the same form twice is one receipt', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    const input = applicationInput(id, recruitmentPostId)
    const [one, two] = await Promise.all([apply(input), apply(input)])
    assert.deepEqual(one, two)
    await assert.rejects(
      () => apply({ ...input, key: 'another form' }),
      'recruitment.errors.applied_already'
    )
    assert.lengthOf(await rowsOf('recruitment_applications'), 1)
    assert.equal((await applicationByReceipt(one.secret))?.number, one.number)
    assert.isNull(await applicationByReceipt('guessed'))
    assert.isNull(await applicationByNumber(one.number, identityNo()))
    assert.isNotNull(await applicationByNumber(one.number, input.identityNo))

    await withdrawApplication({ applicationId: one.applicationId, version: 1 })
    const again = await apply({ ...input, key: 'after the withdrawal' })
    assert.notEqual(again.number, one.number)
  })

  test('nothing personal stands in the database in plain text', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    const input = applicationInput(id, recruitmentPostId, {
      experience: '在某某电视台任记者',
      relatives: '父亲 王某',
    })
    const { applicationId } = await apply(input)
    const tables = ['recruitment_applications', 'audit_events', 'idempotency_keys']
    const text = JSON.stringify(await Promise.all(tables.map((table) => rowsOf(table))))
    for (const secret of [input.identityNo, input.phone, input.email!, '某某电视台', '王某']) {
      assert.notInclude(text, secret)
    }
    assert.isNotNull(await applicationById(applicationId))
  })

  test('attachments are judged by their content and lie encrypted; who opened one is on record', async ({
    assert,
    client,
  }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    const write = async (name: string, bytes: Buffer) => {
      const path = join(tmpdir(), `ronghe-${process.pid}-${name}`)
      await writeFile(path, bytes)
      return { path, name }
    }
    const program = await write('resume.pdf', Buffer.from('MZ\x90\0program'))
    await assert.rejects(
      () => apply(applicationInput(id, recruitmentPostId, { files: [program] })),
      'recruitment.errors.file_kind'
    )
    assert.lengthOf(await rowsOf('files'), 0)
    const diploma = await write('毕业证..exe', PDF)
    const { applicationId } = await apply(
      applicationInput(id, recruitmentPostId, { files: [diploma] })
    )
    const [file] = await attachmentsOf(applicationId)
    assert.equal(file.name, '毕业证..pdf')
    assert.equal(file.mime, 'application/pdf')
    const { storageDir } = await import('#shared/operations/places')
    const stored = await readFile(join(storageDir(), file.storageKey), 'latin1')
    assert.notInclude(stored, '%PDF')

    const url = `/recruitment/applications/${applicationId}/files/${file.id}`
    const stranger = await givenUser({ role: 'liaison' })
    ;(await client.get(url).loginAs(stranger)).assertStatus(403)
    const openings = () => rowsOf('audit_events', { action: 'recruitment.application.file_opened' })
    assert.isEmpty(await openings())
    const officer = await givenUser({ role: 'hr_officer' })
    const opened = await client.get(url).loginAs(officer)
    assert.isTrue(PDF.equals(opened.body() as Buffer))
    assert.deepEqual(
      (await openings()).map((row) => [
        Number(row.actor_id),
        Number(row.subject_id),
        JSON.parse(row.changes),
      ]),
      [[officer.id, applicationId, { file: '毕业证..pdf' }]]
    )
  })

  test('only between the first and the last day', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    clock.freeze('2022-03-10')
    await applyMany(id, recruitmentPostId, 1)
    await assert.rejects(
      async () => startReview(await at(id), office.hr1),
      'recruitment.errors.still_open'
    )
    clock.freeze('2022-03-11')
    await assert.rejects(() => applyMany(id, recruitmentPostId, 1), 'recruitment.errors.not_open')
  })

  test('the growth path counts the years on record; too few are told', async ({ assert }) => {
    const office = await givenOffice()
    const { id, unitId, recruitmentPostId } = await givenOpenPlan(office, { kind: 'growth' }, 1)
    await assert.rejects(
      () => apply(applicationInput(id, recruitmentPostId)),
      'recruitment.errors.staff_only'
    )
    const staff = async (validFrom: string, birth: string) => {
      const personId = await givenPerson({
        name: '合同工',
        education: 'junior_college',
        ...identityColumns(identityNo(birth)),
        ...phoneColumns('13900139000'),
      })
      await givenAssignment(personId, unitId, { valid_from: validFrom })
      const own = await ownRecord(personId, '2022-03-10')
      const person = { id: personId, serviceMonths: own.serviceMonths, history: own.history }
      return applicationInput(id, recruitmentPostId, { identityNo: own.identityNo, person })
    }
    await assert.rejects(
      async () => apply(await staff('2020-01-01', '19900101')),
      'recruitment.errors.years_short'
    )
    const { applicationId } = await apply(await staff('2017-03-01', '19900102'))
    assert.equal((await applicationById(applicationId)).serviceMonths, 60)
  })

  test('a refusal needs its reason, and nobody judges the own application', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    const [applicationId] = await applyMany(id, recruitmentPostId, 1)
    const input = { applicationId, version: 1, verdict: 'reject' as const }
    await assert.rejects(
      () => reviewApplication({ ...input, reason: null }, office.hr1),
      'recruitment.errors.reason_needed'
    )
    const personId = await givenPerson()
    await db
      .from('recruitment_applications')
      .where('id', applicationId)
      .update({ person_id: personId })
    const self = await givenActor({ role: 'hr_officer', personId })
    await assert.rejects(
      () => reviewApplication({ ...input, reason: '学历' }, self),
      'recruitment.errors.own'
    )
    await reviewApplication({ ...input, reason: '学历不符' }, office.hr1)
    assert.equal((await applicationById(applicationId)).state, 'rejected')
  })
})

test.group('Recruitment, tests and scores', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('a post below 1:3 is not opened unless fewer places or a document say so', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    await applyMany(id, recruitmentPostId, 5)
    clock.freeze('2022-03-11')
    await startReview(await at(id), office.hr1)
    const start = async () => startTests(await at(id), office.head)
    await assert.rejects(start, 'recruitment.errors.not_reviewed')
    await qualifyAll(id, office.hr1)
    await assert.rejects(start, 'recruitment.errors.ratio')
    const settle = { recruitmentPostId, version: 1, ratioDocumentId: null }
    await assert.rejects(
      () => settlePost({ ...settle, places: 3 }, office.head),
      'recruitment.errors.more_places'
    )
    await settlePost({ ...settle, places: 1 }, office.head)
    await start()
    const seated = (await applicationList({ recruitmentId: id })).map((one) => one.seatNo)
    assert.sameMembers(seated, [1, 2, 3, 4, 5])
  })

  test('two people enter every sheet; what differs keeps it open; a third is refused', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    await applyMany(id, recruitmentPostId, 6)
    await toTests(id, office)
    const takers = await takersOf(await recruitmentById(id), 'written')
    const enter = (actor: Office['hr1'], score: number | null) =>
      enterScores(
        {
          recruitmentId: id,
          stage: 'written',
          examinerId: 0,
          scores: takers.map((one) => ({ applicationId: one.id, score })),
        },
        actor
      )
    const shut = () => close(id, 'written', office.head)
    await enter(office.hr1, 8000)
    await assert.rejects(shut, 'recruitment.errors.entries_differ')
    await enter(office.hr2, 8100)
    await assert.rejects(shut, 'recruitment.errors.entries_differ')
    const third = await givenActor({ role: 'hr_officer' })
    await assert.rejects(() => enter(third, 8000), 'recruitment.errors.entered_twice')
    await enter(office.hr2, 8000)
    await shut()
    await assert.rejects(() => enter(office.hr1, 9000), 'recruitment.errors.stage_closed')
    assert.lengthOf(await rowsOf('recruitment_entries'), 2)
  })

  test('an imported sheet is countersigned by another person', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    await applyMany(id, recruitmentPostId, 6)
    await toTests(id, office)
    const takers = await takersOf(await recruitmentById(id), 'written')
    const path = join(tmpdir(), `ronghe-scores-${process.pid}.csv`)
    const rows = takers.map(({ ticketNo }, index) => `${ticketNo},${index ? 70 + index : '缺考'}`)
    const csv = (lines: string[]) => writeFile(path, ['准考证号,成绩', ...lines].join('\n'))
    const read = () => readScoreFile({ path, name: 'scores.csv' }, takers)
    await csv([...rows, '999,80'])
    await assert.rejects(read, 'recruitment.errors.row_ticket')
    await csv([`${takers[0].ticketNo},101`])
    await assert.rejects(read, 'recruitment.errors.row_score')
    await csv([...rows, rows[1]])
    await assert.rejects(read, 'recruitment.errors.row_twice')
    await csv(rows)
    const sheet = { recruitmentId: id, stage: 'written' as const, examinerId: 0 }
    await enterScores({ ...sheet, scores: await read(), source: 'imported' }, office.hr1)
    await assert.rejects(() => countersign(sheet, office.hr1), 'recruitment.errors.same_person')
    await countersign(sheet, office.hr2)
    await close(id, 'written', office.head)
    const absent = await applicationById(takers[0].id)
    assert.deepEqual([absent.writtenScore, absent.shortlisted], [null, false])
  })

  test('an examiner with an interest scores nobody of the own', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    await applyMany(id, recruitmentPostId, 5)
    const { applicationId: child } = await apply(
      applicationInput(id, recruitmentPostId, { relatives: '父亲 李考官，总编室主任' })
    )
    await toTests(id, office)
    await enterTwice(id, 'written', 0, office, () => 8000)
    await close(id, 'written', office.head)
    const panel = { recruitmentId: id, organization: null, personId: null }
    const father = await addExaminer({ ...panel, name: '李考官' }, office.hr1)
    const other = await addExaminer({ ...panel, name: '王考官' }, office.hr1)
    const score = (applicationId: number) =>
      enterScores(
        {
          recruitmentId: id,
          stage: 'interview',
          examinerId: father,
          scores: [{ applicationId, score: 9900 }],
        },
        office.hr1
      )
    await assert.rejects(() => score(child), 'recruitment.errors.recused')
    const friend = (await applicationList({ recruitmentId: id }))[0].id
    await score(friend)
    await recuse({ applicationId: friend, examinerId: father, reason: '师生' }, office.hr1)
    assert.lengthOf(await rowsOf('recruitment_scores', { application_id: friend, score: 9900 }), 0)
    await assert.rejects(() => score(friend), 'recruitment.errors.recused')

    const takers = await takersOf(await recruitmentById(id), 'interview')
    for (const actor of [office.hr1, office.hr2]) {
      for (const examinerId of [father, other]) {
        const scores = takers
          .filter((one) => examinerId === other || ![child, friend].includes(one.id))
          .map((one) => ({ applicationId: one.id, score: examinerId === other ? 8000 : 9000 }))
        await enterScores({ recruitmentId: id, stage: 'interview', examinerId, scores }, actor)
      }
    }
    await close(id, 'interview', office.head)
    assert.equal((await applicationById(child)).interviewScore, 8000)
    const neutral = takers.find((one) => ![child, friend].includes(one.id))!
    assert.equal((await applicationById(neutral.id)).interviewScore, 8500)
  })

  test('after closing a score changes by an exception that another person signs', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { ranked } = await givenRanking(office)
    const last = ranked[ranked.length - 1]
    const changeId = await proposeScoreChange(
      {
        applicationId: last.id,
        stage: 'written',
        score: 9900,
        reason: '登分有误',
        documentId: await givenDocument(),
      },
      office.head
    )
    const approve = { changeId, version: 1, verdict: 'approve' as const }
    await assert.rejects(
      () => decideScoreChange(approve, office.head),
      'recruitment.errors.same_person'
    )
    await decideScoreChange(approve, await givenActor({ role: 'hr_head' }))
    const after = await applicationById(last.id)
    assert.deepEqual([after.writtenScore, after.rankNo], [9900, 1])
    assert.equal((await applicationById(ranked[0].id)).rankNo, 2)
  })

  test('where nothing parts two people at the last place a further test does', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office, {}, 1)
    await applyMany(id, recruitmentPostId, 3)
    await toTests(id, office)
    await enterTwice(id, 'written', 0, office, (index) => (index === 2 ? 7000 : 8000))
    await close(id, 'written', office.head)
    const examinerId = await addExaminer(
      { recruitmentId: id, name: '考官', organization: null, personId: null },
      office.hr1
    )
    await enterTwice(id, 'interview', examinerId, office, () => 8000)
    await close(id, 'interview', office.head)
    await assert.rejects(
      async () => chooseCandidates(await at(id), office.head),
      'recruitment.errors.tie'
    )
    const tied = (await applicationList({ recruitmentId: id })).filter((one) => one.rankNo === 1)
    assert.lengthOf(tied, 2)
    const { id: applicationId, version } = tied[1]
    const enter = (score: number, actor: Actor, seen = version) =>
      enterExtraScore({ applicationId, version: seen, score }, actor)
    assert.equal(await enter(9000, office.hr1), 'entered')
    assert.isNull((await applicationById(applicationId)).extraScore)
    // the same person again is still the first entry; another one must have read the same
    assert.equal(await enter(9100, office.hr1, version + 1), 'entered')
    await assert.rejects(
      () => enter(9000, office.hr2, version + 2),
      'recruitment.errors.extra_differs'
    )
    assert.equal(await enter(9100, office.hr2, version + 2), 'counted')
    await assert.rejects(
      () => enter(8000, office.hr1, version + 3),
      'recruitment.errors.extra_stands'
    )
    // the other one's result is still out: nobody wins by being entered first
    await assert.rejects(
      async () => chooseCandidates(await at(id), office.head),
      'recruitment.errors.tie'
    )
    for (const [index, actor] of [office.hr1, office.hr2].entries()) {
      const other = { applicationId: tied[0].id, version: tied[0].version + index, score: 9000 }
      await enterExtraScore(other, actor)
    }
    await chooseCandidates(await at(id), office.head)
    const [chosen] = await applicationList({ recruitmentId: id, state: 'candidate' })
    assert.equal(chosen.id, applicationId)
  })
})

test.group('Recruitment, stages', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function givenTests(office: Office, posts = 1, written = (index: number) => 7000 + index) {
    const plan = await givenOpenPlan(office, {}, posts)
    await applyMany(plan.id, plan.recruitmentPostId, 6)
    await toTests(plan.id, office)
    await enterTwice(plan.id, 'written', 0, office, written)
    const examinerId = await addExaminer(
      { recruitmentId: plan.id, name: '考官', organization: null, personId: null },
      office.hr1
    )
    return { ...plan, examinerId }
  }

  test('no interview before the written test is closed, and none that nobody takes', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, examinerId } = await givenTests(office)
    await assert.rejects(
      () => close(id, 'interview', office.head),
      'recruitment.errors.written_first'
    )
    const scores = (await takersOf(await recruitmentById(id), 'written')).map((one) => ({
      applicationId: one.id,
      score: 8000,
    }))
    await assert.rejects(
      () => enterScores({ recruitmentId: id, stage: 'interview', examinerId, scores }, office.hr1),
      'recruitment.errors.written_first'
    )
    assert.isNull((await recruitmentById(id)).interviewClosedAt)
  })

  test('a written score that was put right calls others to the interview', async ({ assert }) => {
    const office = await givenOffice()
    const { id } = await givenTests(office)
    await close(id, 'written', office.head)
    const people = await applicationList({ recruitmentId: id })
    const outside = people.find(({ shortlisted }) => !shortlisted)!
    const inside = people.filter(({ shortlisted }) => shortlisted)
    assert.lengthOf(inside, 3)
    const changeId = await proposeScoreChange(
      {
        applicationId: outside.id,
        stage: 'written',
        score: 9500,
        reason: '漏加一页',
        documentId: await givenDocument(),
      },
      office.hr1
    )
    await decideScoreChange({ changeId, version: 1, verdict: 'approve' }, office.head)
    assert.isTrue((await applicationById(outside.id)).shortlisted)
    const least = inside.sort((one, other) => one.writtenScore! - other.writtenScore!)[0]
    assert.isFalse((await applicationById(least.id)).shortlisted)
  })

  test('somebody whom every examiner must leave alone keeps the interview open', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, examinerId } = await givenTests(office)
    await close(id, 'written', office.head)
    const [first] = await takersOf(await recruitmentById(id), 'interview')
    await recuse({ applicationId: first.id, examinerId, reason: '师生' }, office.hr1)
    await assert.rejects(
      () => close(id, 'interview', office.head),
      'recruitment.errors.nobody_examines'
    )
  })

  test('a backfill that only a further test can decide waits for it', async ({ assert }) => {
    const office = await givenOffice()
    const { id, examinerId } = await givenTests(office, 1, (index) => (index === 5 ? 9000 : 8000))
    await close(id, 'written', office.head)
    await enterTwice(id, 'interview', examinerId, office, () => 8000)
    await close(id, 'interview', office.head)
    await chooseCandidates(await at(id), office.head)
    const [candidate] = await applicationList({ recruitmentId: id, state: 'candidate' })
    const drop = () =>
      dropCandidate(
        { applicationId: candidate.id, version: candidate.version, reason: '本人放弃' },
        office.head
      )
    await assert.rejects(drop, 'recruitment.errors.tie')
    assert.equal((await applicationById(candidate.id)).state, 'candidate')
    const next = (await applicationList({ recruitmentId: id })).filter(
      ({ state, rankNo }) => state === 'qualified' && rankNo === 2
    )
    assert.isAbove(next.length, 1)
    const better = next.at(-1)!
    for (const one of next) {
      const score = one.id === better.id ? 9000 : 8000
      for (const [index, actor] of [office.hr1, office.hr2].entries()) {
        await enterExtraScore({ applicationId: one.id, version: one.version + index, score }, actor)
      }
    }
    await drop()
    const [backfilled] = await applicationList({ recruitmentId: id, state: 'candidate' })
    assert.deepInclude(backfilled, { id: better.id, backfill: true })
  })

  test('who falls short of what is measured is qualified for a reason only', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    await db
      .from('recruitment_posts')
      .where('id', recruitmentPostId)
      .update({ min_education: 'postgraduate' })
    await applyMany(id, recruitmentPostId, 1)
    const [{ id: applicationId, version }] = await applicationList({ recruitmentId: id })
    const qualify = (reason: string | null) =>
      reviewApplication({ applicationId, version, verdict: 'qualify', reason }, office.hr1)
    await assert.rejects(() => qualify(null), 'recruitment.errors.shortfall_reason')
    await qualify('经批准放宽学历')
    assert.equal((await applicationById(applicationId)).state, 'qualified')
  })

  test('lists on paper and as workbooks say who sits where, and mask who is proposed', async ({
    assert,
    client,
  }) => {
    const office = await givenOffice()
    const { id, unitId } = await givenTests(office)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const rowsIn = async (paper: string) =>
      downloadedRows(
        await client.get(`/recruitment/plans/${id}/papers/${paper}?format=xlsx`).loginAs(officer)
      )
    const people = await applicationList({ recruitmentId: id })
    const seats = await rowsIn('seats')
    for (const { ticketNo, seatNo } of people) {
      const row = seats.find((one) => one.includes(ticketNo!))!
      assert.include(row, String(seatNo))
    }
    await db.from('recruitment_applications').where('id', people[0].id).update({ state: 'passed' })
    const proposed = (await rowsIn('publicity')).flat()
    assert.include(proposed, people[0].ticketNo!)
    assert.notInclude(proposed, people[0].name)
    for (const paper of ['seats', 'ranking', 'applications', 'publicity', 'notice']) {
      const pdf = await client.get(`/recruitment/plans/${id}/papers/${paper}`).loginAs(officer)
      pdf.assertStatus(200)
      pdf.assertHeader('content-type', 'application/pdf')
    }
    const page = await client.get(`/recruitment/plans/${id}?tab=tests`).loginAs(officer)
    for (const { ticketNo } of people) assert.include(page.text(), ticketNo!)
  })
})

test.group('Recruitment, checks, publicity, hiring', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.setup(async () => {
    await seedCalendar()
  })
  group.each.teardown(() => clock.release())

  test('talent introduction: assessed directly by several examiners, to the contract', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, unitId, recruitmentPostId } = await givenOpenPlan(office, { kind: 'talent' }, 1)
    await applyMany(id, recruitmentPostId, 2)
    await toTests(id, office)
    const panel = []
    for (const name of ['甲', '乙', '丙', '丁', '戊']) {
      const input = { recruitmentId: id, name: `专家${name}`, organization: null, personId: null }
      panel.push(await addExaminer(input, office.hr1))
    }
    // the first is given 70, 80, 80, 80, 100: without the extremes 80; the other 75 by all
    for (const [number, examinerId] of panel.entries()) {
      const first = [7000, 8000, 8000, 8000, 10_000][number]
      await enterTwice(id, 'interview', examinerId, office, (index) => (index ? 7500 : first))
    }
    await close(id, 'interview', office.head)
    const people = await applicationList({ recruitmentId: id })
    const best = people.find(({ rankNo }) => rankNo === 1)!
    assert.deepEqual([best.writtenScore, best.interviewScore, best.totalScore], [null, 8000, 8000])
    await chooseCandidates(await at(id), office.head)
    await passChecks(id, office)
    clock.freeze('2022-03-14')
    await announceResult(await at(id), office.head)
    clock.freeze('2022-03-24')
    await startHiring(await at(id), office.head)
    const { version } = await applicationById(best.id)
    const contract = {
      applicationId: best.id,
      version,
      contractNo: 'RC-1',
      effectiveOn: '2022-04-01',
    }
    const sign = (contractTo: string) =>
      hire({ ...contract, contractTo, grade: 'professional_10' }, office.head)
    await assert.rejects(() => sign('2022-03-31'), 'recruitment.errors.contract_term')
    const [{ post_id: postId }] = await rowsOf('recruitment_posts', { id: recruitmentPostId })
    const post = () => db.from('posts').where('id', postId)
    const known = (await rowsOf('persons')).length
    await post().update({ grade_top: 'professional_11', grade_bottom: 'professional_13' })
    await assert.rejects(() => sign('2025-03-31'), 'people.errors.grade_unfit')
    await post().update({ grade_top: null, grade_bottom: null, headcount: 1 })
    const holder = await givenAssignment(await givenPerson(), unitId, { post_id: postId })
    await assert.rejects(() => sign('2025-03-31'), 'people.errors.headcount_full')
    await db.from('assignments').where('id', holder).update({ valid_to: '2022-04-01' })
    assert.lengthOf(await rowsOf('persons'), known + 1)
    await sign('2025-03-31')
    const hired = await applicationById(best.id)
    assert.deepInclude(hired, { state: 'hired', contractTo: '2025-03-31' })
    const [person] = await rowsOf('persons', { id: hired.personId! })
    assert.equal(person.work_started_on, '2022-04-01')
    assert.deepEqual(await quotaFigures(unitId), { vacant: 0, reserved: 0, filled: 1 })
  })

  test('contract staff read notice and publicity of the growth path, others do not', async ({
    client,
    assert,
  }) => {
    const office = await givenOffice()
    const { id } = await givenOpenPlan(office, { kind: 'growth' }, 1)
    const person = await givenPerson({ name: '编外甲' })
    const staff = await givenUser({ personId: person })
    const paper = (name: string, user: typeof staff) =>
      client.get(`/recruitment/plans/${id}/own/${name}`).loginAs(user)
    const notice = await paper('notice', staff)
    notice.assertHeader('content-type', 'application/pdf')
    const early = await paper('publicity', staff)
    early.assertStatus(404)
    await db
      .from('recruitments')
      .where('id', id)
      .update({ publicity_from: '2022-03-14', publicity_to: '2022-03-18' })
    const publicity = await paper('publicity', staff)
    publicity.assertHeader('content-type', 'application/pdf')
    const stranger = await paper('notice', await givenUser())
    stranger.assertStatus(404)
    const taken = await rowsOf('audit_events', { action: 'recruitment.plan.exported' })
    assert.deepEqual(
      taken.map((row) => [Number(row.actor_id), JSON.parse(row.changes).paper]),
      ['notice', 'publicity'].map((name) => [staff.id, name])
    )
    const page = await client.get('/recruitment/own').loginAs(staff)
    assert.include(page.text(), `/recruitment/plans/${id}/own/notice`)
    const open = await givenOpenPlan(office)
    const other = await client.get(`/recruitment/plans/${open.id}/own/notice`).loginAs(staff)
    other.assertStatus(404)
  })

  test('the keys that part equals stand in the order that was chosen', async ({
    client,
    assert,
  }) => {
    const { unitId, postId } = await givenUnitWithPost(1)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    await client
      .post('/recruitment/plans')
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({
        'title': '成长通道',
        'kind': 'growth',
        'unit_id': unitId,
        'funding_type': 'full',
        'document_id': await givenDocument(),
        'apply_from': TODAY,
        'apply_to': '2022-03-10',
        'written_weight': 0,
        'open_ratio': 1,
        'interview_ratio': 0,
        'pass_score': '60',
        'publicity_days': 5,
        'min_years': 3,
        'tie_keys[0]': 'service',
        'tie_keys[1]': '',
        'tie_keys[2]': 'education',
        'tie_keys[3]': 'service',
        'posts[0][id]': postId,
        'posts[0][places]': 1,
      })
    const [plan] = await rowsOf('recruitments')
    assert.equal(plan.tie_keys, 'service,education')
    const page = await client.get(`/recruitment/plans/${plan.id}/edit`).loginAs(officer)
    assert.match(page.text(), /name="tie_keys\[0\]"[\s\S]*?value="service" selected/)
  })

  test('one backfill: who came in by it is not replaced again', async ({ assert }) => {
    const office = await givenOffice()
    const { id, ranked } = await givenRanking(office)
    await chooseCandidates(await at(id), office.head)
    const dropped = async () => {
      const [first] = (await applicationList({ recruitmentId: id, state: 'candidate' })).filter(
        (one) => one.rankNo !== 2
      )
      const { id: applicationId, version } = first
      await dropCandidate({ applicationId, version, reason: '放弃' }, office.head)
      return first
    }
    await dropped()
    const [, backfill] = await applicationList({ recruitmentId: id, state: 'candidate' })
    assert.deepEqual([backfill.id, backfill.backfill], [ranked[2].id, true])
    await dropped()
    const left = await applicationList({ recruitmentId: id, state: 'candidate' })
    assert.deepEqual(
      left.map((one) => one.id),
      [ranked[1].id]
    )
  })

  test('an accepted objection takes the place; the next one is announced before hiring', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, unitId, ranked } = await givenRanking(office)
    await chooseCandidates(await at(id), office.head)
    await assert.rejects(
      async () => announceResult(await at(id), office.head),
      'recruitment.errors.checks_open'
    )
    await passChecks(id, office)
    clock.freeze('2022-03-14')
    await announceResult(await at(id), office.head)
    const objection = { recruitmentId: id, applicationId: ranked[0].id, content: '学历不实' }
    const objectionId = await recordObjection(objection, office.hr1)
    const { publicityTo } = await recruitmentById(id)
    assert.equal(publicityTo, '2022-03-23')
    clock.freeze('2022-03-24')
    const engage = async () => startHiring(await at(id), office.head)
    await assert.rejects(engage, 'recruitment.errors.objections_open')
    await answerObjection(
      { objectionId, version: 1, verdict: 'accept', answer: '经查属实' },
      office.head
    )
    await engage()
    await passChecks(id, office)
    const hireOne = async (applicationId: number, contractNo: string) => {
      const { version } = await applicationById(applicationId)
      const input = {
        applicationId,
        version,
        contractNo,
        contractTo: null,
        effectiveOn: '2022-05-01',
      }
      await hire({ ...input, grade: 'professional_12' }, office.head)
    }
    await assert.rejects(() => hireOne(ranked[2].id, 'HT-2'), 'recruitment.errors.not_publicised')
    await hireOne(ranked[1].id, 'HT-1')
    await announceResult(await at(id), office.head)
    clock.freeze('2022-04-15')
    await engage()
    await hireOne(ranked[2].id, 'HT-2')
    assert.deepEqual(await quotaFigures(unitId), { vacant: 0, reserved: 0, filled: 2 })
  })

  test('who is hired takes one place, not that of a holder and one announced', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, ranked } = await givenRanking(office)
    const [{ postId }] = await recruitmentPosts(id)
    await db.from('posts').where('id', postId).update({ headcount: 3 })
    const left = async (date: string) => {
      const post = (await postsByIds([postId], date, null)).get(postId)!
      return [post.free, post.announced?.places ?? 0]
    }
    await chooseCandidates(await at(id), office.head)
    await passChecks(id, office)
    clock.freeze('2022-03-14')
    await announceResult(await at(id), office.head)
    clock.freeze('2022-03-24')
    await startHiring(await at(id), office.head)
    assert.deepEqual(await left('2022-03-24'), [1, 2])
    const { version } = await applicationById(ranked[0].id)
    const contract = { contractNo: 'HT', contractTo: null, effectiveOn: '2022-05-01' }
    const input = { applicationId: ranked[0].id, version, ...contract }
    await hire({ ...input, grade: 'professional_12' }, office.head)
    assert.deepEqual(await left('2022-03-24'), [1, 1])
    assert.deepEqual(await left('2022-05-01'), [1, 1])
    const second = await applicationById(ranked[1].id)
    const drop = { applicationId: second.id, version: second.version, reason: '放弃' }
    await dropCandidate(drop, office.head)
    const third = await applicationById(ranked[2].id)
    await dropCandidate({ ...drop, applicationId: third.id, version: third.version }, office.head)
    assert.deepEqual(await left('2022-05-01'), [1, 1])
    await closePlan(await at(id), office.head)
    assert.deepEqual(await left('2022-05-01'), [2, 0])
  })

  test('whom an approved personnel event will hire is not hired here until it is withdrawn', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, unitId, ranked } = await givenRanking(office)
    await chooseCandidates(await at(id), office.head)
    await passChecks(id, office)
    clock.freeze('2022-03-14')
    await announceResult(await at(id), office.head)
    clock.freeze('2022-03-24')
    await startHiring(await at(id), office.head)
    const personId = await givenPerson()
    await db
      .from('recruitment_applications')
      .where('id', ranked[0].id)
      .update({ person_id: personId })
    const event = { kind: 'hire', personId, unitId, untilOn: null, reason: null } as const
    const details = { employmentType: 'contract' } as const
    const rest = { effectiveOn: '2022-06-01', documentNo: '人发〔2022〕1号', details }
    const eventId = await createEvent({ ...event, ...rest }, office.hr1)
    await submitEvent({ eventId, version: 1 }, office.hr1)
    await approveEvent({ eventId, version: 2 }, office.head)
    const { version } = await applicationById(ranked[0].id)
    const contract = { contractNo: 'HT', contractTo: null, effectiveOn: '2022-05-01' }
    const input = { applicationId: ranked[0].id, version, ...contract }
    const sign = () => hire({ ...input, grade: 'professional_12' }, office.head)
    await assert.rejects(sign, 'people.errors.hired_already')
    assert.lengthOf(await rowsOf('assignments', { person_id: personId }), 0)
    await withdrawEvent({ eventId, version: 3 }, office.hr1)
    await sign()
    assert.lengthOf(await rowsOf('assignments', { person_id: personId }), 1)
  })

  test('two who hire the same person at once: one seat, one assignment', async ({ assert }) => {
    const office = await givenOffice()
    const { id, unitId, ranked } = await givenRanking(office)
    await chooseCandidates(await at(id), office.head)
    await passChecks(id, office)
    clock.freeze('2022-03-14')
    await announceResult(await at(id), office.head)
    clock.freeze('2022-03-24')
    await startHiring(await at(id), office.head)
    const { version } = await applicationById(ranked[0].id)
    const input = {
      applicationId: ranked[0].id,
      version,
      contractNo: 'HT',
      contractTo: null,
      effectiveOn: '2022-05-01',
    }
    const answers = await Promise.allSettled(
      [1, 2].map(() => hire({ ...input, grade: 'professional_12' }, office.head))
    )
    assert.lengthOf(
      answers.filter(({ status }) => status === 'fulfilled'),
      1
    )
    assert.deepEqual(await quotaFigures(unitId), { vacant: 0, reserved: 1, filled: 1 })
    assert.lengthOf(await rowsOf('assignments', { source: 'recruitment' }), 1)
  })

  test('the growth path ends the contract assignment on the same day', async ({ assert }) => {
    const office = await givenOffice()
    const plan = await givenOpenPlan(office, { kind: 'growth', minYears: 1 }, 1)
    const personId = await givenPerson({
      name: '合同工',
      education: 'undergraduate',
      ...identityColumns(identityNo()),
      ...phoneColumns('13900139000'),
    })
    await givenAssignment(personId, plan.unitId, { valid_from: '2015-01-01' })
    const own = await ownRecord(personId, '2022-03-10')
    const { applicationId } = await apply(
      applicationInput(plan.id, plan.recruitmentPostId, {
        name: own.name,
        identityNo: own.identityNo,
        person: { id: personId, serviceMonths: own.serviceMonths, history: own.history },
      })
    )
    await toTests(plan.id, office)
    const examinerId = await addExaminer(
      { recruitmentId: plan.id, name: '考官', organization: null, personId: null },
      office.hr1
    )
    await enterTwice(plan.id, 'interview', examinerId, office, () => 8500)
    await close(plan.id, 'interview', office.head)
    await chooseCandidates(await at(plan.id), office.head)
    await passChecks(plan.id, office)
    clock.freeze('2022-03-14')
    await announceResult(await at(plan.id), office.head)
    clock.freeze('2022-03-24')
    await startHiring(await at(plan.id), office.head)
    const { version } = await applicationById(applicationId)
    const input = {
      applicationId,
      version,
      contractNo: 'HT',
      contractTo: null,
      effectiveOn: '2022-04-15',
    }
    await hire({ ...input, grade: 'professional_12' }, office.head)
    const rows = await db
      .from('assignments')
      .where({ person_id: personId })
      .whereNull('superseded_by')
      .orderBy('valid_from')
    assert.deepEqual(
      rows.map((row) => [row.employment_type, row.valid_to, row.paid_through, row.paid_from]),
      [
        ['contract', '2022-04-15', '2022-04', null],
        ['establishment', null, null, '2022-05'],
      ]
    )
    const [post] = await recruitmentPosts(plan.id)
    assert.equal(post.hired, 1)
  })
})
