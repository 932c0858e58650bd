import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { freezePort } from '#shared/ports/freeze'
import { createUnit } from '#organization/actions/create_unit'
import { ensureDepartment } from '#organization/actions/ensure_department'
import { ensurePost } from '#organization/actions/ensure_post'
import { fillQuota, reserveQuota } from '#organization/actions/quota/fill_quota'
import { setTarget } from '#organization/actions/quota/set_target'
import { setUnitFacts } from '#organization/actions/set_unit_facts'
import { executeUnitChange, withdrawUnitChange } from '#organization/actions/execute_unit_change'
import type { UnitChangeKind } from '#organization/domain/unit_changes'
import { proposeUnitChange } from '#organization/actions/propose_unit_change'
import { addUnitName } from '#organization/actions/unit_names'
import { organizationDaily } from '#organization/jobs/daily'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import { factsAsOf, factsHistory } from '#organization/queries/unit_facts'
import { resolveUnit } from '#organization/queries/resolve_unit'
import { unitTree } from '#organization/queries/units'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import {
  givenBatch,
  givenCity,
  givenPeopleOfOffice,
  givenSeatsLine,
} from '#tests/functional/transfers/givens'
import { givenSeats, system } from './givens.js'

const unit = (name: string, validFrom = '2000-01-01', more = {}) =>
  createUnit({ name, kind: 'reform', validFrom, ...more }, system)

test.group('Units and their names', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => clock.release())

  test('a name means what it meant on the day: legal before additional, two are asked', async ({
    assert,
  }) => {
    const tv = await unit('市广播电视台')
    const centre = await unit('市融媒体中心', '2022-02-20')
    await inTransaction(async (trx) => {
      const name = { name: '市广播电视台', kind: 'additional' as const }
      await addUnitName(trx, system, { unitId: centre, ...name, validFrom: '2022-02-20' })
    })
    const on = async (name: string, date: string) => resolveUnit(name, date)
    assert.deepInclude(await on('广播电视台', '2021-01-01'), { kind: 'found', unitId: tv })
    assert.deepInclude(await on('市广播电视台', '2022-03-01'), { kind: 'found', unitId: tv })
    await db.from('unit_names').where('unit_id', tv).update({ valid_to: '2022-04-01' })
    assert.deepInclude(await on('市广播电视台', '2022-04-01'), { kind: 'found', unitId: centre })
    assert.deepEqual(await on('没有的单位', '2022-04-01'), { kind: 'unknown' })

    const other = await unit('市广播电视台', '2022-04-01')
    const again = await unit('市广播电视台', '2022-04-01')
    assert.deepEqual(await on('市广播电视台', '2022-05-01'), {
      kind: 'ambiguous',
      unitIds: [other, again],
    })
  })

  test('a new legal name ends the old one on its day and shows from then on', async ({
    assert,
  }) => {
    clock.freeze('2022-01-10')
    const id = await unit('报社')
    await inTransaction((trx) =>
      addUnitName(trx, system, {
        unitId: id,
        name: '日报社',
        kind: 'legal',
        validFrom: '2022-02-01',
      })
    )
    assert.equal((await db.from('units').where('id', id).first()).name, '报社')
    clock.freeze('2022-02-03')
    await organizationDaily()
    const row = await db.from('units').where('id', id).first()
    assert.deepEqual([row.name, row.name_initials], ['日报社', 'rbs'])
    assert.deepInclude(await resolveUnit('报社', '2022-01-31'), { kind: 'found', unitId: id })
    assert.deepEqual(await resolveUnit('报社', '2022-02-01'), { kind: 'unknown' })
  })

  test('a legal name that is put on record late holds until the next one', async ({ assert }) => {
    clock.freeze('2022-03-01')
    const id = await unit('报社')
    const legal = (name: string, validFrom: string) =>
      inTransaction((trx) =>
        addUnitName(trx, system, { unitId: id, name, kind: 'legal', validFrom })
      )
    await legal('日报社', '2022-02-01')
    await legal('晚报社', '2010-01-01')
    const names = await db.from('unit_names').where('unit_id', id).orderBy('valid_from')
    assert.deepEqual(
      names.map(({ name, valid_from: from, valid_to: to }) => [name, from, to]),
      [
        ['报社', '2000-01-01', '2010-01-01'],
        ['晚报社', '2010-01-01', '2022-02-01'],
        ['日报社', '2022-02-01', null],
      ]
    )
    assert.equal((await db.from('units').where('id', id).first()).name, '日报社')
    assert.deepEqual(await resolveUnit('晚报社', '2022-02-01'), { kind: 'unknown' })
  })

  test('facts hold from their day; a correction supersedes and stays readable', async ({
    assert,
  }) => {
    const id = await unit('外宣中心', '2022-02-20', { rank: '股级', unitClass: 'public_one' })
    const set = (validFrom: string, rank: string) =>
      inTransaction((trx) =>
        setUnitFacts(trx, system, {
          unitId: id,
          validFrom,
          rank,
          unitClass: 'public_one',
          supervisor: null,
          parentId: null,
          documentId: null,
        })
      )
    await set('2022-02-20', '副科级')
    await set('2022-02-20', '副科级')
    await set('2023-01-01', '正科级')
    const rank = async (date: string) => (await factsAsOf(date, [id])).get(id)?.rank
    assert.equal(await rank('2022-12-31'), '副科级')
    assert.equal(await rank('2023-01-01'), '正科级')
    assert.isUndefined(await rank('2022-02-19'))
    const rows = await factsHistory(id)
    assert.deepEqual(
      rows.map((row) => [row.rank, row.superseded]),
      [
        ['正科级', false],
        ['副科级', false],
        ['股级', true],
      ]
    )
  })

  test('the tree of a day has who existed then, and no unit stands below itself', async ({
    assert,
  }) => {
    const office = await createUnit(
      { name: '市委宣传部', kind: 'external', validFrom: '2000-01-01' },
      system
    )
    await createUnit({ name: '别的部门', kind: 'external', validFrom: '2000-01-01' }, system)
    const centre = await unit('融媒体中心', '2022-02-20', { parentId: office, rank: '正科级' })
    assert.lengthOf(await unitTree('2021-12-31'), 0)
    const [root, ...others] = await unitTree('2022-03-01')
    assert.lengthOf(others, 0)
    assert.deepEqual(
      [root.name, root.children.map(({ name }) => name)],
      ['市委宣传部', ['融媒体中心']]
    )
    const loop = await inTransaction((trx) =>
      setUnitFacts(trx, system, {
        unitId: office,
        validFrom: '2022-03-01',
        rank: null,
        unitClass: null,
        supervisor: null,
        parentId: centre,
        documentId: null,
      })
    ).catch((error) => error)
    assert.equal(loop.key, 'organization.errors.parent_loop')
  })

  test('search finds a unit by any name, pinyin, initials', async ({ assert }) => {
    const id = await unit('新闻网络舆情中心')
    await inTransaction((trx) =>
      addUnitName(trx, system, {
        unitId: id,
        name: '舆情办',
        kind: 'alias',
        validFrom: '2010-01-01',
      })
    )
    const officer = await givenActor({ role: 'hr_officer' })
    for (const text of ['网络舆情', '舆情办', 'xinwenwangluo', 'XWWL']) {
      const hits = await searchPort.find(officer, text)
      assert.include(
        hits.map(({ url }) => url),
        `/organization/units/${id}`,
        text
      )
    }
    const stranger = await givenActor({ role: 'editor' })
    assert.lengthOf(await searchPort.find(stranger, '舆情'), 0)
  })

  test('department and post are made once, also by three at the same time', async ({ assert }) => {
    const unitId = await unit('报社')
    const make = () =>
      inTransaction(async (trx) => {
        const place = { unitId, name: '编辑部', validFrom: '2022-01-01' }
        const departmentId = await ensureDepartment(trx, place)
        return ensurePost(trx, {
          unitId,
          departmentId,
          name: '编辑',
          nature: 'editorial',
          validFrom: '2022-01-01',
        })
      })
    const ids = await Promise.all([make(), make(), make()])
    assert.lengthOf(new Set(ids), 1)
    assert.lengthOf(await rowsOf('departments'), 1)
  })

  test('a unit is made by form once, and corrected with what changed meanwhile refused', async ({
    client,
    assert,
  }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    await givenDocument('编发〔2022〕3号')
    const send = (url: string, form: object) =>
      client.post(url).loginAs(officer).withCsrfToken().redirects(0).form(form)
    const form = { name: '融媒体中心', kind: 'reform', valid_from: '2022-02-20', _key: 'one' }
    await Promise.all([send('/organization/units', form), send('/organization/units', form)])
    const [row, ...others] = await rowsOf('units')
    assert.lengthOf(others, 0)
    const facts = { valid_from: '2022-02-20', document_id: '编发〔2022〕3号', version: row.version }
    await send(`/organization/units/${row.id}/facts`, { ...facts, rank: '正科级' })
    await send(`/organization/units/${row.id}/facts`, { ...facts, rank: '副科级' })
    const [fact, ...more] = await rowsOf('unit_facts')
    assert.lengthOf(more, 0)
    assert.equal(fact.rank, '正科级')
  })

  test('a post is entered and edited; a range across series must not be reversed', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit()
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const send = (url: string, form: object) =>
      client.post(url).loginAs(officer).withCsrfToken().redirects(0).form(form)
    await send(`/organization/units/${unitId}/departments`, {
      name: '技术部',
      valid_from: '2022-01-01',
      weight: '1.00',
    })
    const [department] = await rowsOf('departments')
    const post = {
      department_id: department.id,
      code: 'E07',
      name: '播控工程师',
      nature: 'technical',
      grade_top: 'professional_5',
      grade_bottom: 'support_ordinary',
      headcount: 9,
      valid_from: '2022-01-01',
    }
    const reversed = await send(`/organization/units/${unitId}/posts`, {
      ...post,
      grade_top: 'support_ordinary',
      grade_bottom: 'professional_5',
    })
    assert.property(reversed.flashMessage('inputErrorsBag'), 'grade_bottom')
    await send(`/organization/units/${unitId}/posts`, post)
    const again = await send(`/organization/units/${unitId}/posts`, post)
    assert.property(again.flashMessage('inputErrorsBag'), 'code')
    const [row] = await rowsOf('posts')
    await send(`/organization/posts/${row.id}`, { ...post, headcount: 10, version: 1 })
    await send(`/organization/posts/${row.id}`, { ...post, headcount: 99, version: 1 })
    assert.equal((await rowsOf('posts'))[0].headcount, 10)
  })
})

test.group('Changes of units', (group) => {
  group.each.setup(() => emptyDatabase())

  async function givenMerger(client: any) {
    const [tv, centre] = [await givenUnit({ name: '广播电视台' }), await givenUnit()]
    const officer = await givenUser({ role: 'hr_officer' })
    const head = await givenUser({ role: 'hr_head' })
    await givenDocument('川委〔2022〕1号')
    const send = (url: string, user: any, form: object) =>
      client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)
    await send('/organization/changes', officer, {
      'kind': 'merge',
      'effective_on': '2022-02-20',
      'document_id': '川委〔2022〕1号',
      'predecessor_ids[]': tv,
      'successor_ids[]': centre,
    })
    const [change] = await rowsOf('unit_changes')
    const execute = (user: any, settle: object = {}) =>
      send(`/organization/changes/${change.id}/execution`, user, { version: 1, ...settle })
    const state = async () => (await rowsOf('unit_changes'))[0].state
    return { tv, centre, officer, head, change, execute, state }
  }

  test('a merger ends its predecessor when a second person executes it', async ({
    client,
    assert,
  }) => {
    const { tv, officer, head, execute, state } = await givenMerger(client)
    await execute(officer)
    assert.equal(await state(), 'proposed')
    await execute(head)
    assert.equal(await state(), 'executed')
    const row = await db.from('units').where('id', tv).first()
    assert.equal(row.dissolved_on, '2022-02-20')
    assert.deepEqual(await resolveUnit('广播电视台', '2022-02-20'), { kind: 'unknown' })
    const refused = await inTransaction((trx) => assertUnitAlive(trx, tv, '2022-02-20')).catch(
      (error) => error
    )
    assert.equal(refused.key, 'organization.errors.unit_dissolved')
    await inTransaction((trx) => assertUnitAlive(trx, tv, '2022-02-19'))
  })

  test('a unit with people or quota does not end', async ({ client, assert }) => {
    const { tv, head, execute, state } = await givenMerger(client)
    await givenSeats(tv, 'full', { support: 1 })
    await execute(head)
    assert.equal(await state(), 'proposed')
    assert.isNull((await db.from('units').where('id', tv).first()).dissolved_on)
  })

  test('what is open there is listed, and each gets a successor or an end', async ({
    client,
    assert,
  }) => {
    const { tv, centre, head, change, execute, state } = await givenMerger(client)
    const request = {
      unit_id: tv,
      funding_type: 'full',
      category: 'support',
      quantity: 1,
      reason: '补充',
      state: 'draft',
      expires_on: '2099-01-01',
      version: 1,
      created_at: clock.now(),
    }
    await db.table('quota_requests').insert({ ...request, number: 'YB-1' })
    await db.table('quota_requests').insert({ ...request, number: 'YB-2' })
    const [one, two] = await rowsOf('quota_requests')
    const page = await client.get(`/organization/changes/${change.id}`).loginAs(head)
    page.assertTextIncludes('YB-1')
    await execute(head, { [`settle[quota_request:${one.id}]`]: String(centre) })
    assert.equal(await state(), 'proposed')
    await execute(head, {
      [`settle[quota_request:${one.id}]`]: String(centre),
      [`settle[quota_request:${two.id}]`]: 'end',
    })
    assert.equal(await state(), 'executed')
    const rows = await rowsOf('quota_requests')
    assert.deepEqual(
      rows.map((row) => [row.unit_id, row.state]),
      [
        [centre, 'draft'],
        [tv, 'withdrawn'],
      ]
    )
  })

  test('what two units hold together is settled once', async ({ client, assert }) => {
    const city = await givenCity()
    const { tv, paper, centre } = city
    const { officer } = await givenPeopleOfOffice()
    const batchId = await givenBatch(officer)
    await givenSeats(tv, 'full', { professional: 1 })
    await givenSeats(paper, 'full', { professional: 1 })
    await givenSeatsLine(batchId, city, officer, 1)
    await givenSeatsLine(batchId, city, officer, 1, paper)
    const changeId = await proposeUnitChange(
      {
        kind: 'merge',
        effectiveOn: '2022-03-01',
        documentId: await givenDocument(),
        predecessorIds: [tv, paper],
        successorIds: [centre],
        reason: null,
      },
      officer
    )
    const head = await givenUser({ role: 'hr_head' })
    const page = await client.get(`/organization/changes/${changeId}`).loginAs(head)
    const fields = page.text().match(/name="settle\[transfer_batch:\d+\]"/g)
    assert.deepEqual(fields, [`name="settle[transfer_batch:${batchId}]"`])
    assert.match(page.text(), /市广播电视台、市报社 · |市报社、市广播电视台 · /)
  })

  test('everything that can be open has a name in both languages', async ({ assert }) => {
    const kinds = unitDissolvedPort.kinds()
    assert.isAbove(kinds.length, 15)
    assert.lengthOf(new Set(kinds), kinds.length)
    for (const locale of ['zh-CN', 'en']) {
      const words = i18nManager.locale(locale)
      const silent = kinds.filter((kind) => !words.hasMessage(`organization.holdings.${kind}`))
      assert.deepEqual(silent, [], locale)
    }
  })

  test('what is open goes to a successor of the change, to no other unit', async ({
    client,
    assert,
  }) => {
    const { tv, centre, head, execute, state } = await givenMerger(client)
    await db.table('quota_requests').insert({
      number: 'YB-1',
      unit_id: tv,
      funding_type: 'full',
      category: 'support',
      quantity: 1,
      reason: '补充',
      state: 'draft',
      expires_on: '2099-01-01',
      version: 1,
      created_at: clock.now(),
    })
    const [{ id }] = await rowsOf('quota_requests')
    const gone = await givenUnit({ dissolved_on: '2022-01-01' })
    for (const other of [gone, tv, await givenUnit(), 99_999]) {
      const refused = await execute(head, { [`settle[quota_request:${id}]`]: String(other) })
      const told = Object.keys(refused.flashMessage('inputErrorsBag'))
      assert.deepEqual(told, [`settle.quota_request:${id}`])
      assert.equal(await state(), 'proposed')
    }
    assert.equal((await rowsOf('quota_requests'))[0].unit_id, tv)
    await execute(head, { [`settle[quota_request:${id}]`]: String(centre) })
    assert.equal((await rowsOf('quota_requests'))[0].unit_id, centre)
  })

  test('no change before a unit was formed, as far as the record knows the day', async ({
    client,
    assert,
  }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const old = await unit('市报社')
    const late = await unit('补录的单位', '2022-03-01')
    const centre = await unit('融媒体中心', '2022-03-01')
    const documentId = await givenDocument()
    const propose = (
      kind: UnitChangeKind,
      effectiveOn: string,
      predecessorIds: number[],
      successorIds: number[]
    ) =>
      proposeUnitChange(
        { kind, effectiveOn, documentId, reason: null, predecessorIds, successorIds },
        officer
      )
    const refused = async (work: Promise<unknown>) =>
      work.then(
        () => null,
        ({ key, params }) => ({ key, params })
      )
    const told = (date: string, from = '2022-02-20') => ({
      key: 'organization.errors.unit_not_formed',
      params: { unit: '融媒体中心', from, date },
    })
    await propose('dissolve', '2022-02-10', [late], [])
    const early = await propose('spin_off', '2022-02-10', [old], [centre])

    await propose('form', '2022-02-20', [], [centre])
    await propose('spin_off', '2022-02-20', [old], [centre])
    const before = (await rowsOf('unit_changes')).length
    for (const kind of ['merge', 'restructure', 'spin_off'] as const) {
      const asSuccessor = propose(kind, '2022-02-19', [old], [centre])
      assert.deepEqual(await refused(asSuccessor), told('2022-02-19'))
    }
    assert.deepEqual(
      await refused(propose('dissolve', '2022-01-01', [centre], [])),
      told('2022-01-01')
    )
    assert.deepEqual(
      await refused(propose('form', '2022-01-01', [centre], [late])),
      told('2022-01-01')
    )
    assert.lengthOf(await rowsOf('unit_changes'), before)

    const head = await givenActor({ role: 'hr_head' })
    const execute = () => executeUnitChange({ changeId: early, version: 1, settlements: {} }, head)
    assert.deepEqual(await refused(execute()), told('2022-02-10'))
    assert.equal((await rowsOf('unit_changes', { id: early }))[0].state, 'proposed')
    const second = await propose('form', '2022-02-01', [], [centre])
    await execute()
    await withdrawUnitChange({ changeId: second, version: 1 }, officer)

    const page = await client
      .post('/organization/changes')
      .loginAs(await givenUser({ role: 'hr_officer' }))
      .withCsrfToken()
      .redirects(0)
      .form({
        'kind': 'dissolve',
        'effective_on': '2022-02-19',
        'predecessor_ids[]': centre,
        'document_id': (await db.from('documents').where('id', documentId).firstOrFail())
          .document_no,
      })
    const { effective_on: messages } = page.flashMessage('inputErrorsBag') as Record<
      string,
      string[]
    >
    assert.include(messages[0], '融媒体中心自 2022-02-20 起成立')

    await db.from('unit_names').where('unit_id', centre).update({ valid_from: '2022-01-10' })
    assert.isNull(await refused(propose('spin_off', '2022-01-10', [old], [centre])))
    assert.deepEqual(
      await refused(propose('spin_off', '2022-01-09', [old], [centre])),
      told('2022-01-09', '2022-01-10')
    )
  })

  test('a change waits for no unit that is gone: neither side may be dissolved by its date', async ({
    client,
    assert,
  }) => {
    const { tv, centre, head, execute, state } = await givenMerger(client)
    for (const unitId of [centre, tv]) {
      await db.from('units').where('id', unitId).update({ dissolved_on: '2022-02-20' })
      await execute(head)
      assert.equal(await state(), 'proposed')
      await db.from('units').where('id', unitId).update({ dissolved_on: null })
    }
    await db.from('units').where('id', tv).update({ dissolved_on: '2022-05-01' })
    await execute(head)
    assert.equal(await state(), 'proposed')
    assert.equal((await db.from('units').where('id', tv).first()).dissolved_on, '2022-05-01')
  })

  test('seats that were used stay used: the successor asks for the rest, on record', async ({
    assert,
  }) => {
    const [tv, centre] = [await givenUnit({ name: '广播电视台' }), await givenUnit()]
    await givenSeats(tv, 'full', { support: 3 })
    const head = { unit_id: tv, funding_type: 'full', category: 'support', reason: '补充' }
    const open = { ...head, version: 4, created_at: clock.now(), approved_by: 1 }
    const documentId = await givenDocument()
    await inTransaction(async (trx) => {
      await trx.table('quota_requests').insert({
        ...open,
        number: 'YB-1',
        quantity: 3,
        used: 1,
        state: 'approved',
        expires_on: '2099-01-01',
      })
      for (const used of [1, 0]) {
        await trx.table('quota_exceptions').insert({
          ...open,
          document_id: documentId,
          quantity: 2,
          used,
          state: 'approved',
        })
      }
      const [{ id }] = await trx.from('quota_requests')
      await reserveQuota(trx, system, {
        key: 'test',
        unitId: tv,
        fundingType: 'full',
        wanted: { support: 2 },
        effectiveOn: '2022-01-01',
        documentId: null,
        subjectType: 'quota_request',
        subjectId: Number(id),
        reason: null,
      })
    })
    await inTransaction(async (trx) => {
      const holdings = await unitDissolvedPort.list(tv, trx)
      const [, , last] = holdings
      for (const holding of holdings) {
        await unitDissolvedPort.settle(holding, holding === last ? null : centre, '2022-02-20', trx)
      }
    })
    const facts = (rows: any[]) =>
      rows.map((row) => [row.unit_id, row.state, row.quantity, row.used, row.approved_by])
    assert.deepEqual(facts(await rowsOf('quota_requests')), [[centre, 'draft', 2, 0, null]])
    assert.deepEqual(facts(await rowsOf('quota_exceptions')), [
      [centre, 'proposed', 1, 0, null],
      [tv, 'ended', 2, 0, 1],
    ])
    assert.notInclude(
      [...(await rowsOf('quota_requests')), ...(await rowsOf('quota_exceptions'))].map(
        ({ version }) => version
      ),
      4
    )
    const told = await db
      .from('audit_events')
      .where('action', 'like', 'organization.%')
      .orderBy('id')
    assert.deepEqual(
      told.map(({ action }) => action).filter((action) => !action.includes('.quota.')),
      [
        'organization.request.handed_over',
        'organization.exception.handed_over',
        'organization.exception.ended',
      ]
    )
  })

  test('reform discipline is asked and can forbid it', async ({ client, assert }) => {
    const { head, tv, execute, state } = await givenMerger(client)
    let asked: unknown = null
    freezePort.register(async (question) => {
      if (!question.unitIds.includes(tv) || !question.act.startsWith('unit_change')) return null
      asked = question.act
      return { code: 'organization.errors.unit_required', params: {} }
    })
    await execute(head)
    assert.equal(asked, 'unit_change.merge')
    assert.equal(await state(), 'proposed')
  })

  test('a dissolved unit takes no name, no facts, no unit below it and no target', async ({
    assert,
  }) => {
    const [gone, child] = [await unit('报社'), await unit('印刷厂')]
    await db.from('units').where('id', gone).update({ dissolved_on: '2022-02-20' })
    const documentId = await givenDocument()
    const acts = (validFrom: string) => {
      const facts = { rank: '股级', unitClass: null, supervisor: null, documentId, validFrom }
      const seats = { total: 0, management: 0, professional: 0, support: 0, leaderPosts: 0 }
      const funding = { fundingType: 'full' as const, documentId, validFrom }
      return [
        (trx: Trx) =>
          addUnitName(trx, system, { unitId: gone, name: '日报社', kind: 'alias', validFrom }),
        (trx: Trx) => setUnitFacts(trx, system, { ...facts, unitId: gone, parentId: null }),
        (trx: Trx) => setUnitFacts(trx, system, { ...facts, unitId: child, parentId: gone }),
        (trx: Trx) => setTarget(trx, system, { ...funding, ...seats, unitId: gone }),
      ]
    }
    for (const act of acts('2022-02-20')) {
      const refused: any = await inTransaction<unknown>(act).catch((error) => error)
      assert.equal(refused?.key, 'organization.errors.unit_dissolved')
    }
    for (const act of acts('2022-02-19')) await inTransaction<unknown>(act)
  })

  test('a dissolved unit takes no quota', async ({ assert }) => {
    const unitId = await givenUnit({ dissolved_on: '2022-02-20' })
    await givenSeats(unitId, 'full', { support: 1 })
    const refused = await inTransaction((trx) =>
      fillQuota(trx, system, {
        key: 'late',
        unitId,
        fundingType: 'full',
        wanted: { support: 1 },
        effectiveOn: '2022-03-01',
        documentId: null,
        subjectType: 'test',
        subjectId: 1,
        reason: null,
      })
    ).catch((error) => error)
    assert.equal(refused.key, 'organization.errors.unit_dissolved')
  })
})
