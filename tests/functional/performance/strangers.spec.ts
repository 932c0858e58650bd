import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { bookPoints } from '#performance/actions/book_points'
import { performanceInbox } from '#performance/queries/performance_inbox'
import { searchPerformance } from '#performance/queries/performance_search'
import { clock } from '#shared/clock'
import { insertRow, inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { downloadedRows } from '#tests/support/workbooks'
import { givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import {
  cardsOf,
  givenCycle,
  givenDepartment,
  givenLibrary,
  givenScheme,
  givenState,
  givenTeam,
  rate,
  system,
  TODAY,
} from './givens.js'

const TABLES = [
  'review_cycles',
  'scorecards',
  'scorecard_changes',
  'scorings',
  'cycle_scorers',
  'review_appeals',
  'rating_proposals',
  'rating_decisions',
  'indicators',
  'indicator_versions',
  'score_schemes',
  'scheme_items',
  'work_points',
  'post_values',
]
const everything = async () => JSON.stringify(await Promise.all(TABLES.map((name) => rowsOf(name))))

test.group('Strangers to a review', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  /** A quarter in signing with an appeal, a booked piece, and people who have nothing to do with it. */
  async function givenReview() {
    const team = await givenTeam(3)
    const library = await givenLibrary()
    const schemeId = await givenScheme(library, team.unitId)
    const cycleId = await givenCycle(team.unitId)
    const [mine, other] = await cardsOf(cycleId)
    await givenState(cycleId, 'decision')
    await rate(other.id, 'basically_qualified')
    await givenState(cycleId, 'signing')
    await bookPoints(
      {
        key: 'k1',
        personId: other.personId,
        kind: '稿件',
        piece: '头条',
        points: '6.5',
        workedOn: '2022-07-01',
      },
      system
    )
    const scorer = await givenUser({ role: 'scorer', unitId: team.unitId })
    const [scorerId, appealId] = await inTransaction(async (trx) => [
      await insertRow(trx, 'cycle_scorers', {
        cycle_id: cycleId,
        user_id: scorer.id,
        role: 'peer',
        created_at: clock.now(),
      }),
      await insertRow(trx, 'review_appeals', {
        number: 'SS-1',
        scorecard_id: other.id,
        kind: 'appeal',
        reason: '加分未计',
        raised_by_name: '职工1',
        state: 'submitted',
        version: 1,
        created_at: clock.now(),
      }),
    ])
    const elsewhere = await givenUnit({ name: '文化公司' })
    const department = await givenDepartment(elsewhere)
    const users = {
      colleague: await givenUser({ personId: mine.personId }),
      officer: await givenUser({ role: 'hr_officer', unitId: elsewhere }),
      head: await givenUser({ role: 'hr_head', unitId: elsewhere }),
      manager: await givenUser({ role: 'department_manager', departmentId: department }),
      sysadmin: await givenUser({ role: 'system_admin' }),
      cashier: await givenUser({ role: 'finance_officer' }),
    }
    return { ...team, library, schemeId, cycleId, mine, other, scorerId, appealId, users }
  }

  test('neither page nor file of a cycle, a card, an appeal, a scheme or a post of another unit', async ({
    client,
    assert,
  }) => {
    const { cycleId, other, appealId, schemeId, postId, users } = await givenReview()
    const tabs = ['overview', 'cards', 'scorers', 'spread', 'decision', 'proposals']
    const paths = [
      ...tabs.map((tab) => `cycles/${cycleId}?tab=${tab}`),
      ...['results', 'results?format=xlsx', 'publicity'].map((file) => `cycles/${cycleId}/${file}`),
      `cards/${other.id}`,
      `cards/${other.id}/notice`,
      `appeals/${appealId}`,
      `schemes/${schemeId}`,
      `post-values/${postId}`,
    ]
    for (const [name, user] of Object.entries(users)) {
      for (const path of paths) {
        const page = await client.get(`/performance/${path}`).loginAs(user)
        assert.equal(page.status(), 403, `${name} ${path}`)
      }
    }
  })

  test('a paper about somebody else is on record, the own one is not', async ({
    client,
    assert,
  }) => {
    const { cycleId, mine, other, unitId, users } = await givenReview()
    const head = await givenUser({ role: 'hr_head', unitId })
    const shown = { publicity_from: TODAY, publicity_to: TODAY }
    await db.from('review_cycles').where('id', cycleId).update(shown)
    for (const [user, path] of [
      [users.colleague, `cards/${mine.id}/notice`],
      [head, `cards/${other.id}/notice`],
      [head, `cycles/${cycleId}/publicity`],
    ] as const) {
      const file = await client.get(`/performance/${path}`).loginAs(user)
      file.assertStatus(200)
    }
    const written = await db
      .from('audit_events')
      .where('action', 'like', 'performance.%.exported')
      .orderBy('id')
      .select('action', 'subject_id', 'actor_id')
    assert.deepEqual(
      written.map((row) => [row.action, Number(row.subject_id), Number(row.actor_id)]),
      [
        ['performance.card.exported', other.id, head.id],
        ['performance.cycle.exported', cycleId, head.id],
      ]
    )
  })

  test('lists, filters, counts, exports, search and inbox leave the other unit out', async ({
    client,
    assert,
  }) => {
    const { cycleId, other, users } = await givenReview()
    const { officer, colleague, manager } = users
    for (const path of ['', '?state=signing', 'appeals', 'schemes', 'post-values', 'points']) {
      const page = await client.get(`/performance/${path}`).loginAs(officer)
      page.assertStatus(200)
      for (const word of [`/performance/cycles/${cycleId}`, other.personName, '加分未计', '头条']) {
        assert.notInclude(page.text(), word, path)
      }
    }
    for (const list of ['points', 'post-values']) {
      const file = await client.get(`/performance/${list}/export`).loginAs(colleague)
      file.assertStatus(403)
    }
    for (const user of [officer, manager, colleague]) {
      const actor = await buildActor(user.id)
      const hits = await searchPerformance(actor, '考核', 8)
      assert.deepEqual(
        hits.filter(({ kind }) => kind === 'review_cycle'),
        []
      )
      const inbox = await performanceInbox(actor, (key) => key)
      assert.deepEqual(
        inbox.filter(({ url }) => url.includes(`/cards/${other.id}`) || url.includes('/appeals')),
        []
      )
    }
    const own = await client.get('/performance/mine').loginAs(colleague)
    assert.notInclude(own.text(), `/performance/cards/${other.id}`)
    const points = await client.get('/performance/points').loginAs(colleague)
    assert.notInclude(points.text(), '头条')
  })

  test('post values are exported as filtered, of the own unit alone', async ({
    client,
    assert,
  }) => {
    const { users, unitId } = await givenReview()
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const asked = async (user: typeof officer, query: string) => {
      const file = await client.get(`/performance/post-values/export?${query}`).loginAs(user)
      file.assertStatus(200)
      const [, ...belowTitle] = await downloadedRows(file)
      return belowTitle
    }
    assert.lengthOf(await asked(users.officer, ''), 1)
    const [head, post, ...others] = await asked(officer, 'held=held')
    assert.deepEqual(others, [])
    const cells = Object.fromEntries(head.map((name, at) => [name, post[at]]))
    assert.include(cells, { 部门: '编辑中心', 人数: '3' })
    assert.lengthOf(await asked(officer, 'held=empty'), 1)
    assert.lengthOf(await rowsOf('audit_events', { action: 'performance.post.exported' }), 3)
  })

  test('no scheme of another unit is followed by a version of the own one', async ({
    client,
    assert,
  }) => {
    const { library, schemeId, users } = await givenReview()
    const [{ code, valid_from: validFrom }] = await rowsOf('score_schemes', { id: schemeId })
    const [{ id: elsewhere }] = await rowsOf('units', { name: '文化公司' })
    const form = {
      code,
      name: '新版',
      unit_id: elsewhere,
      cycle_kind: 'quarter',
      formula: '加权得分',
      front_line_tilt: '1',
      manager_weight: '100',
      peer_weight: '0',
      service_weight: '0',
      valid_from: validFrom,
      [`weights[i${library.quantity}]`]: '100',
    }
    const before = await everything()
    const send = async (input: object) =>
      client
        .post('/performance/schemes')
        .loginAs(users.officer)
        .withCsrfToken()
        .redirects(0)
        .form({ ...input, document_id: await givenDocument() })
    assert.equal((await send(form)).status(), 403)
    assert.equal(await everything(), before)
    assert.equal((await send({ ...form, code: '' })).status(), 302)
    assert.lengthOf(await rowsOf('score_schemes'), 2)
  })

  test('no move, score, rating, signature, appeal, scorer or booking by somebody else; rows stay', async ({
    client,
    assert,
  }) => {
    const review = await givenReview()
    const { cycleId, other, scorerId, appealId, postId, unitId, library, users } = review
    const [{ id: pointId }] = await rowsOf('work_points')
    const document_id = String(await givenDocument())
    const moves = [
      'self-reports',
      'opening',
      'calibration',
      'suggestions',
      'proposal',
      'reopening',
      'resolution',
      'signing',
      'closing',
      'cancellation',
      'consequences',
      'scorers',
      `scorers/${scorerId}`,
    ]
    const cards = [
      'scoring',
      'rating',
      'score',
      'correction',
      'leader',
      'self-report',
      'signature',
      'appeals',
      'objections',
    ]
    const paths = [
      ...moves.map((move) => `cycles/${cycleId}/${move}`),
      ...cards.map((act) => `cards/${other.id}/${act}`),
      `appeals/${appealId}/answer`,
      `appeals/${appealId}/withdrawal`,
      `points/${pointId}/reversal`,
      `post-values/${postId}`,
      'cycles',
    ]
    const form = {
      version: 1,
      score: '99',
      rating: 'excellent',
      reason: '改',
      comment: '改',
      document_id,
      leader: '1',
      text: '改',
      agreed: 'yes',
      raised_by: '某人',
      uphold: 'yes',
      answer: '改',
      accepted: 'yes',
      user_id: users.officer.id,
      role: 'peer',
      unit_id: unitId,
      kind: 'quarter',
      date: '2022-07-01',
      minimum_group: 3,
      appeal_days: 30,
      rate: '2000',
      responsibility: 5,
      skill: 5,
      effort: 5,
      conditions: 5,
      contribution: 5,
      valid_from: '2022-07-01',
    }
    const before = await everything()
    for (const [name, user] of Object.entries(users)) {
      for (const path of paths) {
        const sent = await client
          .post(`/performance/${path}`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form({ ...form, [`scores[i${library.quantity}]`]: '99' })
        assert.equal(sent.status(), 403, `${name} ${path}`)
      }
    }
    assert.equal(await everything(), before)
  }).timeout(60_000)
})
