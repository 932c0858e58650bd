import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { clock } from '#shared/clock'
import { drainJobs } from '#shared/jobs/queue'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'
import { buildActor } from '#accounts/queries/build_actor'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { DATA, importOrganization } from './samples.js'

const TV = `${DATA}rosters/tv-station.xlsx`

test.group('An import by hand', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    return () => clock.release()
  })

  test('goes from the upload to the workbook of rejected rows and back', async ({
    client,
    assert,
  }) => {
    await importOrganization()
    const user = await givenUser({ role: 'hr_officer' })
    const uploaded = await client
      .post('/imports')
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .field('definition', 'roster')
      .file('file', TV)
    uploaded.assertStatus(302)
    const record = await newest()
    uploaded.assertHeader('location', `/imports/${record.id}/mapping`)
    assert.equal(record.state, 'uploaded')

    const mapping = await client.get(`/imports/${record.id}/mapping`).loginAs(user)
    mapping.assertStatus(200)
    mapping.assertTextIncludes('value="2022-01-10"')
    mapping.assertTextIncludes('市广播电视台在职人员花名册')

    const unit = await db.from('units').where('name', '广播电视台').firstOrFail()
    const checked = await client
      .post(`/imports/${record.id}/mapping`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({
        version: record.version,
        as_of: '2022-01-10',
        answer_unit: String(unit.id),
        ...columns,
      })
    checked.assertStatus(302)
    const waiting = await client.get(`/imports/${record.id}`).loginAs(user)
    waiting.assertTextIncludes('正在试导入')
    await drainJobs()

    const dryRun = await importById(record.id)
    assert.equal(dryRun.state, 'checked')
    const page = await client.get(`/imports/${record.id}`).loginAs(user)
    page.assertStatus(200)
    page.assertTextIncludes('身份证号校验位不正确')
    page.assertTextIncludes('identity_check_digit')
    assert.lengthOf(await db.from('persons'), 0)
    const rejected = await client.get(`/imports/${record.id}?level=rejected`).loginAs(user)
    rejected.assertTextIncludes('与第 29 行重复')
    assert.notInclude(rejected.text(), 'formula_cell')

    const committed = await client
      .post(`/imports/${record.id}/commit`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ version: dryRun.version })
    committed.assertStatus(302)
    await drainJobs()
    assert.equal((await importById(record.id)).state, 'committed')
    assert.lengthOf(await db.from('persons'), 177)

    const asked = client.get(`/imports/${record.id}/rejected`).loginAs(user)
    asked.request.responseType('arraybuffer')
    const download = await asked
    download.assertStatus(200)
    const { sheets } = await readWorkbook({ buffer: download.body() })
    const rows = sheets[0].rows.map(({ cells }) => cells.map(({ text }) => text))
    assert.lengthOf(rows, 2 + 6)
    assert.include(rows[0][0], '截至2022年1月10日')
    assert.deepEqual(rows[1].slice(-2), ['原行号', '退回原因'])
    assert.deepEqual(
      rows.slice(2).map((row) => row.at(-2)),
      ['23', '30', '51', '58', '80', '104']
    )
    assert.match(rows[2].at(-1)!, /^身份证号码：.*校验位/)

    const folder = await mkdtemp(join(tmpdir(), 'mended-'))
    const mended = join(folder, 'mended.csv')
    const csv = [rows[1], rows[2], [...rows[4].slice(0, 1), '补名', ...rows[4].slice(2)]]
    await writeFile(mended, [rows[0].slice(0, 1), ...csv].map((row) => row.join(',')).join('\n'))
    const again = await client
      .post('/imports')
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .field('definition', 'roster')
      .file('file', mended)
    again.assertStatus(302)
    await rm(folder, { recursive: true })
    const second = await newest()
    assert.deepEqual(second.facts.found.dates, ['2022-01-10'])
    assert.isTrue(second.facts.partial)
    await client
      .post(`/imports/${second.id}/mapping`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({
        version: second.version,
        as_of: '2022-01-10',
        answer_unit: String(unit.id),
        ...columns,
      })
    await drainJobs()
    const partly = await importById(second.id)
    assert.deepEqual([partly.totals!.create, partly.totals!.rejected], [1, 1])
    const said = await db.from('import_findings').where('import_id', second.id).select('code')
    assert.deepEqual(
      said.map(({ code }) => code),
      ['identity_check_digit']
    )
  }).timeout(60_000)

  test('remembers columns that somebody mapped', async ({ client, assert }) => {
    await importOrganization()
    const user = await givenUser({ role: 'hr_officer' })
    const folder = await mkdtemp(join(tmpdir(), 'mapped-'))
    const file = join(folder, '报社花名册.csv')
    const header = '姓名,公民证件,部门,岗位,岗位性质,编制类型,岗位等级'
    const row = '李明,519900197105204050,编辑部,编辑,采编,差额拨款,专技十级'
    await writeFile(file, [header, row].join('\n'))
    const upload = () =>
      client
        .post('/imports')
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .field('definition', 'roster')
        .file('file', file)
    await upload()
    const first = await newest()
    assert.deepEqual(first.sheets[0].missing, ['identityNo'])
    const unit = await db.from('units').where('name', '报社').firstOrFail()
    const post = (form: Record<string, unknown>) =>
      client
        .post(`/imports/${first.id}/mapping`)
        .header('referer', `/imports/${first.id}/mapping`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({
          version: first.version,
          as_of: '2022-01-10',
          answer_unit: String(unit.id),
          ...form,
        })
    const byName = { name: 0, department: 2, post: 3, postNature: 4, terms: 5, grade: 6 }
    const refused = await post(prefixed(byName))
    refused.assertFlashMessage('error', '还有内容没有填写或核对')
    assert.equal((await newest()).state, 'uploaded')
    const future = await post({ ...prefixed({ ...byName, identityNo: 1 }), as_of: '2022-01-11' })
    future.assertFlashMessage('error', '还有内容没有填写或核对')
    assert.equal((await newest()).state, 'uploaded')
    await post(prefixed({ ...byName, identityNo: 1 }))
    assert.equal((await importById(first.id)).state, 'checking')
    await upload()
    await rm(folder, { recursive: true })
    assert.deepEqual((await newest()).sheets[0].missing, [])
  })

  test('asks for the confirmation of external units before the commit', async ({
    client,
    assert,
  }) => {
    const user = await givenUser({ role: 'hr_officer' })
    await client
      .post('/imports')
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .field('definition', 'units')
      .file('file', `${DATA}reform-plan.xlsx`)
    const { id, version, sheets } = await newest()
    const chosen = prefixed(sheets[0].columns, 'column_units_')
    await client
      .post(`/imports/${id}/mapping`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ version, as_of: '2022-01-10', answer_effective_on: '2022-02-20', ...chosen })
    await drainJobs()
    const page = await client.get(`/imports/${id}`).loginAs(user)
    page.assertTextIncludes('四川省川西广播电视公司')
    const commit = (form: Record<string, unknown>) =>
      client
        .post(`/imports/${id}/commit`)
        .header('referer', `/imports/${id}`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ version: version + 2, ...form })
    const refused = await commit({})
    refused.assertFlashMessage('error', '请先确认列出的事项')
    assert.lengthOf(await db.from('units'), 0)
    await commit({ confirmed: 'true' })
    await drainJobs()
    assert.lengthOf(await db.from('units').where('kind', 'external'), 3)
    assert.lengthOf(await db.from('units').where('kind', 'reform'), 6)
  })

  test('strangers are refused everywhere and nothing changes', async ({ client, assert }) => {
    await importOrganization()
    const officer = await givenUser({ role: 'hr_officer' })
    const [other] = await db.from('units').where('name', '报社')
    const strangers = [
      await givenUser({ role: 'staff' }),
      await givenUser({ role: 'system_admin' }),
      await givenUser({ role: 'hr_officer', unitId: Number(other.id) }),
    ]
    await client
      .post('/imports')
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .field('definition', 'roster')
      .file('file', TV)
    const { id, version } = await newest()
    const unit = await db.from('units').where('name', '广播电视台').firstOrFail()
    const form = { version, as_of: '2022-01-10', answer_unit: String(unit.id), ...columns }
    await client
      .post(`/imports/${id}/mapping`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form(form)
    await drainJobs()
    const before = await db.from('imports').where({ id }).firstOrFail()
    for (const user of strangers) {
      for (const path of ['', '/mapping', '/rejected']) {
        const response = await client.get(`/imports/${id}${path}`).loginAs(user)
        response.assertStatus(403)
      }
      for (const move of ['mapping', 'commit', 'undo', 'discard', 'retry']) {
        const response = await client
          .post(`/imports/${id}/${move}`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form({ version: before.version, as_of: '2022-01-10' })
        response.assertStatus(403)
      }
    }
    const uploadsBefore = temporaryFiles()
    const upload = await client
      .post('/imports')
      .loginAs(strangers[0])
      .withCsrfToken()
      .redirects(0)
      .field('definition', 'roster')
      .file('file', TV)
    upload.assertStatus(403)
    const visitor = await client
      .post('/imports')
      .withCsrfToken()
      .redirects(0)
      .field('definition', 'roster')
      .file('file', TV)
    visitor.assertStatus(302)
    assert.deepEqual(temporaryFiles(), uploadsBefore)
    assert.deepEqual(await db.from('imports').where({ id }).firstOrFail(), before)
    const list = await client.get('/imports').loginAs(strangers[2])
    list.assertStatus(200)
    assert.notInclude(list.text(), 'tv-station.xlsx')
    const own = await client.get('/imports').loginAs(officer)
    own.assertTextIncludes('tv-station.xlsx')
  })

  test('an officer of one unit imports its roster, and nothing that is about all of them', async ({
    client,
    assert,
  }) => {
    const ids = await importOrganization()
    const tv = await db.from('units').where('name', '广播电视台').firstOrFail()
    const officer = await givenUser({ role: 'hr_officer', unitId: Number(tv.id) })
    const page = await client.get('/imports/create').loginAs(officer)
    const offered = [...page.text().matchAll(/<option value="(\w+)"/g)].map(([, key]) => key)
    assert.includeMembers(offered, ['roster', 'transfer_lines'])
    for (const definition of ['units', 'posts', 'quotas']) assert.notInclude(offered, definition)
    const upload = (definition: string, path: string) =>
      client
        .post('/imports')
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .field('definition', definition)
        .file('file', path)
    const refused = await upload('posts', `${DATA}posts.xlsx`)
    refused.assertStatus(403)
    for (const id of ids) {
      const record = await db.from('imports').where({ id }).firstOrFail()
      const seen = await client.get(`/imports/${id}`).loginAs(officer)
      seen.assertStatus(403)
      const undone = await client
        .post(`/imports/${id}/undo`)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({ version: record.version })
      undone.assertStatus(403)
      await assert.rejects(async () =>
        undoImport({ id, version: record.version }, await buildActor(officer.id))
      )
    }
    await upload('roster', TV)
    const { id } = await newest()
    for (const path of [`/imports/${id}/mapping`, '/imports']) {
      const own = await client.get(path).loginAs(officer)
      own.assertTextIncludes('tv-station.xlsx')
    }
    const other = await givenUser({ role: 'hr_officer', unitId: Number(tv.id) })
    const stranger = await client.get(`/imports/${id}/mapping`).loginAs(other)
    stranger.assertStatus(403)
  })

  test('files that are no tables are refused with a message and leave nothing', async ({
    client,
    assert,
  }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const folder = await mkdtemp(join(tmpdir(), 'hostile-'))
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)])
    const files: [string, Buffer, string][] = [
      ['名册.xls', ole, '旧格式'],
      ['名册.et', ole, '旧格式'],
      ['密.xlsx', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]), '打开密码'],
      ['坏.xlsx', Buffer.from('PK\u0003\u0004 not a zip at all'), '已损坏'],
      ['程序.xlsx', Buffer.from('MZ\u0090\u0000'.padEnd(400, '\u0000'), 'latin1'), '不是表格'],
      ['网页.xls', Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'), '另存为'],
      ['空.csv', Buffer.alloc(0), '空的'],
      ['图.png', Buffer.from('89504e470d0a1a0a', 'hex'), '不是表格'],
      ['别的.csv', Buffer.from('甲,乙\n1,2\n'), '没有需要的工作表'],
    ]
    const uploadsBefore = temporaryFiles()
    const storedBefore = storedFiles()
    for (const [name, bytes, message] of files) {
      const path = join(folder, name)
      await writeFile(path, bytes)
      const response = await client
        .post('/imports')
        .header('referer', '/imports/create')
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .field('definition', 'roster')
        .file('file', path)
      response.assertStatus(302)
      assert.include(String(response.flashMessage('error')), message, name)
    }
    await rm(folder, { recursive: true })
    assert.lengthOf(await db.from('imports'), 0)
    assert.lengthOf(await db.from('files'), 0)
    assert.deepEqual(storedFiles(), storedBefore)
    assert.deepEqual(temporaryFiles(), uploadsBefore)
  })

  test('a file beyond the bound is refused while it comes in and leaves nothing', async ({
    client,
    assert,
  }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const before = temporaryFiles()
    const response = await client
      .post('/imports')
      .header('referer', '/imports/create')
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .field('definition', 'roster')
      .file('file', Buffer.alloc(22 * 1024 * 1024, 'x'), { filename: 'roster.csv' })
    response.assertStatus(413)
    assert.lengthOf(await db.from('imports'), 0)
    // the parser removes what it had begun to write after the answer has gone out
    for (let wait = 0; wait < 100 && temporaryFiles().length > before.length; wait++) {
      await sleep(50)
    }
    assert.deepEqual(temporaryFiles(), before)
  })

  test('pages speak English too', async ({ client }) => {
    await importOrganization()
    const user = await givenUser({ role: 'hr_officer' })
    const { id } = await newest()
    for (const [path, text] of [
      ['/imports', 'Imports'],
      ['/imports/create', 'Usual order'],
      [`/imports/${id}`, 'Seats issued'],
    ]) {
      const page = await client.get(path).loginAs(user).withPlainCookie('locale', 'en')
      page.assertStatus(200)
      page.assertTextIncludes(text)
    }
  })
})

/** The columns of the sample rosters as recognised. */
const NAMES = [
  'sequence',
  'name',
  'sex',
  'identityNo',
  'birth',
  'workStart',
  'department',
  'post',
  'postNature',
  'terms',
  'grade',
  'education',
  'politicalStatus',
  'phone',
  'remark',
]
const columns = prefixed(Object.fromEntries(NAMES.map((name, index) => [name, index])))

function prefixed(mapping: Record<string, number>, prefix = 'column_roster_') {
  return Object.fromEntries(
    Object.entries(mapping).map(([name, index]) => [`${prefix}${name}`, String(index)])
  )
}

async function newest() {
  const row = await db.from('imports').orderBy('id', 'desc').firstOrFail()
  return importById(Number(row.id))
}

/** What lies in the storage of imports. */
function storedFiles(): string[] {
  return ['imports', 'imports-open'].flatMap((folder) => {
    try {
      const path = app.makePath(env.get('STORAGE_DIR', 'storage'), folder)
      return readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [entry.name] : []
      )
    } catch {
      return []
    }
  })
}

function temporaryFiles(): string[] {
  return readdirSync(tmpdir()).filter((name) =>
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)
  )
}
