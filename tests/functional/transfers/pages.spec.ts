import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { holdForDecision } from '#decisions/actions/hold'
import { checkBatch } from '#transfers/actions/check_batch'
import { digest } from '#shared/crypto'
import { drainJobs } from '#shared/jobs/queue'
import { inboxPort } from '#shared/ports/inbox'
import { searchPort } from '#shared/ports/search'
import { buildActor } from '#accounts/queries/build_actor'
import { executeBatch } from '#transfers/actions/execute_batch'
import { batchById } from '#transfers/queries/batches'
import { linesOf } from '#transfers/queries/lines'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenPerson, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import {
  checkAndSubmit,
  DOCUMENT,
  EFFECTIVE,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenPost,
  givenSeats,
  givenSeatsLine,
  givenStaff,
  signAll,
  TODAY,
  versionOf,
} from './givens.js'

const t = (key: string, params = {}) => `${key} ${JSON.stringify(params)}`

test.group('Pages of transfers', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('the journey by forms: create, rule, grid, check, submit, sign, execute', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    await givenStaff(city.tv, { post_id: city.editor }, { name: '李四' })
    const host = await givenPost(city.tv, { name: '主持人' })
    await givenStaff(city.tv, { post_id: host }, { name: '王五' })
    await givenSeats(city.tv, 1)
    const officer = await givenUser({ role: 'hr_officer' })
    const post = (url: string, form: Record<string, any>, user = officer) =>
      client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)

    const created = await post('/transfers/batches', {
      title: '广播电视台划入融媒体中心',
      document_no: DOCUMENT,
      effective_on: EFFECTIVE,
    })
    created.assertStatus(302)
    const batchId = Number((await db.from('transfer_batches').firstOrFail()).id)
    const url = `/transfers/batches/${batchId}`
    ;(await client.get(`${url}/lines/create`).loginAs(officer)).assertStatus(200)
    await post(`${url}/rule`, {
      'version': 1,
      'from_unit_ids[]': city.tv,
      'to_unit_id': city.centre,
      'employment_type': 'establishment',
      'with_quota': '1',
      'vacant_seats': '1',
    })
    const lines = await linesOf(batchId)
    assert.deepEqual(
      lines.map(({ verdict }) => verdict),
      ['unchecked', 'unchecked', 'unchecked']
    )
    const unchecked = await client.get(`${url}?verdict=unchecked`).loginAs(officer)
    unchecked.assertTextIncludes('通过 0 · 提示 0 · 受阻 0 · 未核查 3')
    unchecked.assertTextIncludes('李四')

    const open = (await linesOf(batchId)).find((line) => line.personId && !line.toPostId)!
    const grid = await client.get(`${url}?tab=grid`).loginAs(officer)
    grid.assertStatus(200)
    grid.assertTextIncludes('E03 全媒体编辑')
    await post(`${url}/targets`, {
      'version': await versionOf(batchId),
      'lines[0][id]': open.id,
      'lines[0][was]': '',
      'lines[0][place]': city.centrePost,
    })
    assert.equal(
      (await linesOf(batchId)).find(({ id }) => id === open.id)!.toPostId,
      city.centrePost
    )

    const checked = await post(`${url}/check`, { version: await versionOf(batchId) })
    checked.assertHeader('location', url)
    assert.lengthOf(await db.from('transfer_lines').where('verdict', 'unchecked'), 0)
    await post(`${url}/submission`, { version: await versionOf(batchId) })
    assert.equal((await batchById(batchId)).state, 'submitted')
    for (const [step, role] of [
      ['unit', 'hr_head'],
      ['personnel', 'personnel_approver'],
      ['establishment', 'establishment_approver'],
    ] as const) {
      const user = await givenUser({ role })
      const actor = await buildActor(user.id)
      const items = await inboxPort.items(actor, t)
      assert.lengthOf(
        items.filter(({ kind }) => kind === 'transfers'),
        1,
        step
      )
      const form = { version: await versionOf(batchId), comment: '同意' }
      await post(`${url}/signatures/${step}`, form, user)
    }
    assert.equal((await batchById(batchId)).state, 'scheduled')
    clock.freeze(EFFECTIVE)
    const head = await givenUser({ role: 'hr_head' })
    await post(`${url}/execution`, { version: await versionOf(batchId) }, head)
    assert.equal((await batchById(batchId)).state, 'executed')

    for (const tab of ['lines', 'checks', 'papers', 'certificate']) {
      for (const locale of ['zh-CN', 'en']) {
        const page = await client
          .get(`${url}?tab=${tab}`)
          .loginAs(officer)
          .withPlainCookie('locale', locale)
        page.assertStatus(200)
        assert.notMatch(page.text(), /translation missing|transfers\.[a-z_]+\.[a-z_]+</i)
      }
    }
    const list = await client.get('/transfers/batches?q=划入').loginAs(officer)
    list.assertTextIncludes('广播电视台划入融媒体中心')
    const flow = await client.get('/transfers/flow').loginAs(officer)
    flow.assertTextIncludes('<svg')
    const hits = await searchPort.find(await buildActor(officer.id), '广播电视台划入')
    assert.equal(hits.find(({ kind }) => kind === 'batch')?.url, url)
  })

  test('a page of the grid is saved whole, however many lines it has', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const host = await givenPost(city.tv, { name: '主持人' })
    for (let index = 0; index < 30; index++) await givenStaff(city.tv, { post_id: host })
    const batchId = await givenBatch(await givenActor({ role: 'hr_officer' }))
    await givenLines(batchId, city, await givenActor({ role: 'hr_officer' }))
    const rows = (await linesOf(batchId)).flatMap(({ id }, index) => [
      [`lines[${index}][id]`, id],
      [`lines[${index}][was]`, ''],
      [`lines[${index}][place]`, city.centrePost],
    ])
    const saved = await client
      .post(`/transfers/batches/${batchId}/targets`)
      .loginAs(await givenUser({ role: 'hr_officer' }))
      .withCsrfToken()
      .redirects(0)
      .form({ version: await versionOf(batchId), ...Object.fromEntries(rows) })
    saved.assertStatus(302)
    const posts = (await linesOf(batchId)).map(({ toPostId }) => toPostId)
    assert.deepEqual(posts, Array(30).fill(city.centrePost))
    // a grid that is refused comes back as it was filled in
    const [{ id }] = await linesOf(batchId)
    const grid = `/transfers/batches/${batchId}?tab=grid`
    const refused = await client
      .post(`/transfers/batches/${batchId}/targets`)
      .loginAs(await givenUser({ role: 'hr_officer' }))
      .withCsrfToken()
      .header('referer', grid)
      .form({
        'version': 1,
        'lines[0][id]': id,
        'lines[0][was]': city.centrePost,
        'lines[0][place]': '0',
        '_form': `/transfers/batches/${batchId}/targets`,
      })
    const first = refused
      .text()
      .split('<tr>')
      .find((row) => row.includes('lines[0][place]'))!
    assert.notInclude(first, 'selected')
    const shown = await client.get(grid).loginAs(await givenUser({ role: 'hr_officer' }))
    const row = shown
      .text()
      .split('<tr>')
      .find((part) => part.includes('lines[0][place]'))!
    assert.include(row, 'selected')
  })

  test('papers and certificate as files, masked, and the exports on record', async ({
    client,
    assert,
  }) => {
    const { batchId, office } = await executedBatch()
    const officer = await givenUser({ role: 'hr_officer' })
    const url = `/transfers/batches/${batchId}`
    for (const paper of [
      'roster',
      'wage',
      'insurance',
      'archive',
      'out_notice',
      'in_notice',
      'individual',
    ]) {
      const pdf = await client.get(`${url}/papers/${paper}/pdf`).loginAs(officer)
      pdf.assertStatus(200)
      pdf.assertHeader('content-type', 'application/pdf')
      const xlsx = await client.get(`${url}/papers/${paper}/xlsx`).loginAs(officer)
      xlsx.assertStatus(200)
    }
    for (const format of ['pdf', 'xlsx', 'json']) {
      ;(await client.get(`${url}/certificate/${format}`).loginAs(officer)).assertStatus(200)
    }
    const exported = await rowsOf('audit_events', { action: 'transfers.paper.exported' })
    assert.lengthOf(exported, 14)
    const unmasked = await client
      .post(`${url}/papers`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ paper: 'roster', format: 'xlsx', reason: '社保局要求' })
    unmasked.assertStatus(200)
    assert.lengthOf(await rowsOf('audit_events', { action: 'transfers.paper.unmasked' }), 1)
    assert.exists(office)
  })

  test('a paper for many people is drawn in the background and then sent', async ({
    client,
    assert,
  }) => {
    const { batchId } = await executedBatch(101)
    const officer = await givenUser({ role: 'hr_officer' })
    const url = `/transfers/batches/${batchId}/papers/individual/pdf`
    const first = await client.get(url).loginAs(officer).redirects(0)
    first.assertStatus(302)
    await drainJobs()
    const second = await client.get(url).loginAs(officer).redirects(0)
    second.assertHeader('content-type', 'application/pdf')
    assert.lengthOf(await db.from('files').where('subject_type', 'transfer_batch'), 1)
  })

  test('certificate:check passes the file and names a changed digit', async ({ assert }) => {
    const { batchId } = await executedBatch()
    const { certificateId } = await batchById(batchId)
    const { body } = await db.from('certificates').where('id', certificateId!).firstOrFail()
    const path = join(await mkdtemp(join(tmpdir(), 'certificate-')), 'certificate.json')
    await writeFile(path, body)
    ace.ui.switchMode('raw')
    assert.equal((await ace.exec('certificate:check', [path])).exitCode, 0)
    await writeFile(path, body.replace('"people":1', '"people":2'))
    const found = await ace.exec('certificate:check', ['--file', path])
    assert.equal(found.exitCode, 1)
    assert.match(
      found.logger
        .getLogs()
        .map(({ message }) => message)
        .join('\n'),
      /people/
    )
    ace.ui.switchMode('normal')
  })

  test('a list adds people by name and number, and tells what it cannot find', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const { officer: preparer } = await givenPeopleOfOffice()
    await givenStaff(city.tv, {}, { name: '李四' })
    await givenStaff(city.tv, {}, { name: '王五' })
    await givenStaff(
      city.paper,
      {},
      { name: '王五', identity_digest: digest('519900198505055555', 'identity') }
    )
    const batchId = await givenBatch(preparer)
    const officer = await givenUser({ role: 'hr_officer' })
    const add = (people: string) =>
      client
        .post(`/transfers/batches/${batchId}/list`)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 1, to_unit_id: city.centre, with_quota: '1', people })
    const refused = await add('李四\n王五\n赵六 E03\n')
    const told = JSON.stringify(refused.flashMessages())
    assert.include(told, '第 2 行「王五」')
    assert.include(told, '第 3 行「赵六」')
    assert.lengthOf(await linesOf(batchId), 0)
    const twin = await givenPerson({
      name: '王五',
      identity_digest: digest('519900198505055571', 'identity'),
    })
    const [, , third] = await rowsOf('persons')
    await db.from('persons').where('id', twin).update({ merged_into: third.id })
    await add('李四 E03\n519900198505055571\n')
    const lines = await linesOf(batchId)
    assert.deepEqual(
      lines.map(({ fromUnitId, toPostId }) => [fromUnitId, toPostId]),
      [
        [city.tv, city.centrePost],
        [city.paper, null],
      ]
    )
  })

  test('the grid takes a post, a department alone or neither, and nothing that does not exist', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const { officer: preparer } = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor }, { name: '李四' })
    const batchId = await givenBatch(preparer)
    await givenLines(batchId, city, preparer)
    const officer = await givenUser({ role: 'hr_officer' })
    const department = await db.from('departments').where('unit_id', city.centre).firstOrFail()
    const line = async () => (await linesOf(batchId))[0]
    const { id } = await line()
    const place = async (value: string, was: string) =>
      client
        .post(`/transfers/batches/${batchId}/targets`)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({
          'version': await versionOf(batchId),
          'lines[0][id]': id,
          'lines[0][was]': was,
          'lines[0][place]': value,
        })
    const facts = async () => {
      const { toPostId, toDepartmentId } = await line()
      return [toPostId, toDepartmentId]
    }
    const departmentId = Number(department.id)
    assert.deepEqual(await facts(), [city.centrePost, departmentId])
    await place(`d${departmentId}`, String(city.centrePost))
    assert.deepEqual(await facts(), [null, departmentId])
    const grid = await client.get(`/transfers/batches/${batchId}?tab=grid`).loginAs(officer)
    assert.match(grid.text(), new RegExp(`value="d${departmentId}" selected`))
    for (const wrong of ['99999', 'd99999']) {
      const refused = await place(wrong, `d${departmentId}`)
      assert.include(JSON.stringify(refused.flashMessages()), '所选岗位或部门不存在')
      assert.deepEqual(await facts(), [null, departmentId])
    }
    await place('0', `d${departmentId}`)
    assert.deepEqual(await facts(), [null, null])
  })

  test('a group of boxes says once what is missing', async ({ client, assert }) => {
    await givenCity()
    const { officer: preparer } = await givenPeopleOfOffice()
    const batchId = await givenBatch(preparer)
    const officer = await givenUser({ role: 'hr_officer' })
    const form = `/transfers/batches/${batchId}/rule`
    const page = await client
      .post(form)
      .header('referer', `/transfers/batches/${batchId}/lines/create`)
      .loginAs(officer)
      .withCsrfToken()
      .form({ version: 1, _form: form })
    // in the summary and at the group
    assert.lengthOf(page.text().match(/请填写划出单位/g) ?? [], 2)
  })

  test('a return without a reason says so, and a refused one keeps what was typed', async ({
    client,
  }) => {
    const city = await givenCity()
    await givenSeats(city.tv, 1)
    const { officer } = await givenPeopleOfOffice()
    const batchId = await givenBatch(officer)
    await givenSeatsLine(batchId, city, officer, 1)
    await checkAndSubmit(batchId, officer)
    const head = await givenUser({ role: 'hr_head' })
    const page = `/transfers/batches/${batchId}`
    const send = (form: object) =>
      client
        .post(`${page}/return`)
        .header('referer', page)
        .loginAs(head)
        .withCsrfToken()
        .form({ _form: `${page}/return`, ...form })
    const empty = await send({ version: await versionOf(batchId), comment: '' })
    empty.assertTextIncludes('<li>请填写退回理由</li>')
    const stale = await send({ version: 1, comment: '名册不全' })
    stale.assertTextIncludes('>名册不全</textarea>')
  })

  test('every write is refused to strangers and leaves the rows as they are', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const { officer } = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(officer)
    await givenLines(batchId, city, officer)
    await checkAndSubmit(batchId, officer)
    const strangers = [
      await givenUser(),
      await givenUser({ role: 'system_admin' }),
      await givenUser({ role: 'hr_officer', unitId: await givenUnit() }),
      await givenUser({ role: 'hr_head', unitId: city.paper }),
    ]
    const url = `/transfers/batches/${batchId}`
    const form = {
      'version': await versionOf(batchId),
      'comment': '不该成功',
      'title': '改名',
      'effective_on': EFFECTIVE,
      'from_unit_ids[]': city.tv,
      'from_unit_id': city.tv,
      'to_unit_id': city.centre,
      'employment_type': 'establishment',
      'funding_type': 'full',
      'category': 'professional',
      'quantity': 1,
      'people': '张三',
      'line_ids[]': 1,
      'lines[0][id]': 1,
      'lines[0][place]': 0,
      'lines[0][was]': '',
      'paper': 'roster',
      'format': 'pdf',
      'reason': '没有理由',
    }
    const writes = [
      '',
      '/rule',
      '/list',
      '/seats',
      '/targets',
      '/removal',
      '/split',
      '/check',
      '/submission',
      '/signatures/unit',
      '/return',
      '/withdrawal',
      '/execution',
      '/reversal',
      '/papers',
    ]
    const tables = ['transfer_batches', 'transfer_lines', 'transfer_approvals', 'transfer_claims']
    const before = await Promise.all(tables.map((table) => db.from(table)))
    for (const user of strangers) {
      for (const write of writes) {
        const response = await client
          .post(`${url}${write}`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form(form)
        assert.equal(response.status(), 403, `${user.name} ${write}`)
      }
      for (const read of ['', '/edit', '/papers/roster/pdf', '/certificate/json']) {
        const response = await client.get(`${url}${read}`).loginAs(user).redirects(0)
        assert.equal(response.status(), 403, `${user.name} ${read}`)
      }
    }
    assert.deepEqual(await Promise.all(tables.map((table) => db.from(table))), before)
    const anonymous = await client.get(url).redirects(0)
    assert.equal(anonymous.status(), 302)
  })

  test('only living units of the reform take people and seats, whatever a form says', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    await givenStaff(city.tv, { post_id: city.editor }, { name: '李四' })
    await givenStaff(city.paper, {}, { name: '王五' })
    await givenSeats(city.tv, 1)
    const officer = await givenUser({ role: 'hr_officer', unitId: city.tv })
    const batchId = await givenBatch(await buildActor(officer.id))
    const send = async (way: string, form: Record<string, any>) =>
      client
        .post(`/transfers/batches/${batchId}/${way}`)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({
          'version': await versionOf(batchId),
          'from_unit_ids[]': city.tv,
          'people': '李四',
          'from_unit_id': city.tv,
          'to_unit_id': city.centre,
          'employment_type': 'establishment',
          'funding_type': 'full',
          'category': 'professional',
          'quantity': 1,
          ...form,
        })
    const gone = await givenUnit({ name: '市电台', dissolved_on: EFFECTIVE })
    const outside = await givenUnit({ name: '省台', kind: 'external' })
    for (const [toUnitId, text] of [
      [999_999, '没有这个单位'],
      [gone, `市电台已于 ${EFFECTIVE} 撤销，不能划入`],
      [outside, '省台不参加改革，不能划入'],
    ] as const) {
      for (const way of ['rule', 'list', 'seats']) {
        const refused = await send(way, { to_unit_id: toUnitId })
        assert.deepEqual(refused.flashMessage('inputErrorsBag'), { to_unit_id: [text] }, way)
      }
    }
    for (const id of [city.paper, 999_999]) {
      for (const way of ['rule', 'seats']) {
        const refused = await send(way, { 'from_unit_ids[]': id, 'from_unit_id': id })
        assert.equal(refused.status(), 403, `${way} ${id}`)
      }
    }
    const other = await send('list', { people: '王五' })
    assert.property(other.flashMessage('inputErrorsBag'), 'people')
    const everywhere = await givenUser({ role: 'hr_officer' })
    const refused = await client
      .post(`/transfers/batches/${batchId}/seats`)
      .loginAs(everywhere)
      .withCsrfToken()
      .redirects(0)
      .form({
        version: await versionOf(batchId),
        from_unit_id: 999_999,
        to_unit_id: city.centre,
        funding_type: 'full',
        category: 'professional',
        quantity: 1,
      })
    assert.deepEqual(refused.flashMessage('inputErrorsBag'), { from_unit_id: ['没有这个单位'] })
    assert.lengthOf(await linesOf(batchId), 0)
    for (const way of ['rule', 'seats']) await send(way, {})
    assert.lengthOf(await linesOf(batchId), 2)
  })

  test('a way out is a link only for who may follow it', async ({ client, assert }) => {
    const city = await givenCity()
    const post = { post_id: city.editor, quota_category: null }
    const { personId } = await givenStaff(city.tv, { ...post, grade: null }, { name: '李四' })
    await givenStaff(city.tv, {}, { name: '王五' })
    const officer = await givenActor({ role: 'hr_officer' })
    const batchId = await givenBatch(officer)
    await givenLines(batchId, city, officer)
    await inTransaction((trx) =>
      holdForDecision(trx, officer, {
        code: 'held-1',
        subjectType: 'person',
        subjectId: personId,
        evidence: {},
      })
    )
    await db.from('transfer_batches').where('id', batchId).update({ document_id: null })
    await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
    const links = async (user: Awaited<ReturnType<typeof givenUser>>) => {
      const found = new Set<string>()
      for (const tab of ['lines', 'grid', 'checks']) {
        const page = await client.get(`/transfers/batches/${batchId}?tab=${tab}`).loginAs(user)
        page.assertStatus(200)
        const [, main] = page.text().split('<main')
        for (const [, url] of main.matchAll(/href="(\/[^"#]*)"/g)) found.add(url)
      }
      for (const url of found) {
        const page = await client.get(url.replaceAll('&amp;', '&')).loginAs(user)
        assert.equal(page.status(), 200, url)
      }
      return found
    }
    const record = `/people/persons/${personId}`
    const ways = [record, `/transfers/batches/${batchId}/edit`, '/decisions/']
    const hold = (url: string) => (/^\/decisions\/\d+$/.test(url) ? '/decisions/' : url)
    const whole = [...(await links(await givenUser({ role: 'hr_officer' })))].map(hold)
    assert.includeMembers(whole, ways)
    const taker = await givenUser({ role: 'hr_officer', unitId: city.centre })
    const taken = [...(await links(taker))].map(hold)
    assert.include(taken, '/decisions/')
    for (const url of ways.slice(0, 2)) assert.notInclude(taken, url)
    const giver = await links(await givenUser({ role: 'hr_head', unitId: city.tv }))
    assert.include([...giver], record)
    for (const role of ['leading_group_office', 'personnel_approver', 'auditor'] as const) {
      await links(await givenUser({ role }))
      await links(await givenUser({ role, unitId: city.centre }))
    }
  })

  test('who sees one unit of a batch sees the lines of that unit alone', async ({
    client,
    assert,
  }) => {
    const city = await givenCity()
    const { officer } = await givenPeopleOfOffice()
    await givenStaff(city.tv, {}, { name: '台里人' })
    await givenStaff(city.paper, {}, { name: '报社人' })
    const batchId = await givenBatch(officer)
    await givenLines(batchId, city, officer, [city.tv, city.paper])
    const head = await givenUser({ role: 'hr_head', unitId: city.paper })
    const page = await client.get(`/transfers/batches/${batchId}`).loginAs(head)
    page.assertTextIncludes('报社人')
    assert.notInclude(page.text(), '台里人')
  })
})

async function executedBatch(people = 1) {
  const city = await givenCity()
  const office = await givenPeopleOfOffice()
  for (let index = 0; index < people; index++) {
    await givenStaff(city.tv, { post_id: city.editor }, { name: `职工${index}` })
  }
  await givenSeats(city.tv, 2)
  const batchId = await givenBatch(office.officer)
  await givenLines(batchId, city, office.officer)
  await checkAndSubmit(batchId, office.officer)
  await signAll(batchId, office)
  clock.freeze(EFFECTIVE)
  await executeBatch({ batchId }, office.unit)
  return { batchId, city, office }
}
