import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { checkCertificate } from '#shared/certificates/check'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { closeBrowser } from '../support/browser.js'
import { download, importSheet, placeInGrid, prepareBatch, propose } from './acts.js'
import { Office, type Language } from './desk.js'

const SHEETS = [
  ['units', 'reform-plan.xlsx'],
  ['posts', 'posts.xlsx'],
  ['quotas', 'quotas.xlsx'],
  ['roster', 'rosters/tv-station.xlsx'],
  ['roster', 'rosters/newspaper.xlsx'],
  ['roster', 'rosters/opinion-centre.gbk.csv'],
]
const WORDS = {
  'zh-CN': { committed: '已导入', executed: '已执行', held: '待核数据', sealed: '证书已签发' },
  'en': { committed: 'Committed', executed: 'Executed', held: 'held', sealed: 'sealed' },
}
const IMPORTED_ON = '2022-01-10'
const FORMED_ON = '2022-02-20'
const PREPARED_ON = '2022-02-22'
const EFFECTIVE_ON = '2022-03-01'

/**
 * The main job of HR on the sample workbooks, done on the pages by the people who may: everything
 * is decided and placed, so that all 150 people and 175 seats move in one batch.
 */
test.group('The first journey, in the browser', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    return () => clock.release()
  })
  group.teardown(() => closeBrowser())

  test('rosters in, people and quota moved together, certificate out: {$self}')
    .with(['zh-CN', 'en'] as Language[])
    .run(async ({ assert }, language) => {
      const office = new Office(language)
      const words = WORDS[language]

      clock.freeze(IMPORTED_ON)
      await office.sits('hr_officer', async (desk) => {
        for (const [definition, file] of SHEETS) {
          const answers = definition === 'units' ? { answer_effective_on: FORMED_ON } : undefined
          await importSheet(desk, { definition, file, asOf: IMPORTED_ON, answers })
          assert.include(await desk.text(), words.committed, file)
        }
      })
      const [{ total }] = await db.from('persons').where('external', false).count('* as total')
      assert.equal(Number(total), 267)
      const units = new Map<string, number>(
        (await db.from('units').select('id', 'name')).map((row) => [row.name, Number(row.id)])
      )
      const centre = units.get('融媒体中心')!
      const merged = ['广播电视台', '报社', '新闻网络舆情中心'].map((name) => units.get(name)!)

      clock.freeze(PREPARED_ON)
      const held = await db.from('decisions').where('kind', 'held').firstOrFail()
      const { name } = await db.from('persons').where('id', held.subject_id).firstOrFail()
      const path = await office.sits('hr_officer', async (desk) => {
        const made = await prepareBatch(desk, {
          title: '连人带编划转',
          documentNo: '市融改〔2022〕5号',
          effectiveOn: EFFECTIVE_ON,
          from: merged,
          to: centre,
        })
        await desk.tryMove(`${made}/check`)
        assert.isNotNull(await desk.refusal(), 'the batch is stopped')
        const checks = await desk.text()
        assert.include(checks, name, 'the held person is named')
        assert.include(checks.toLowerCase(), words.held)
        return made
      })

      const decisions = [
        [held.code, 'choice', `keep:${merged[0]}`, '市融改〔2022〕2号'],
        ['commercial_establishment_staff', 'arrange', 'non_commercial_posts', '市融改〔2022〕3号'],
        ['opinion_centre_establishment_staff', 'unit_id', String(centre), '市融改〔2022〕4号'],
      ]
      const paths: string[] = []
      await office.sits('leading_group_office', async (desk) => {
        for (const [code, field, value, documentNo] of decisions) {
          const { id } = await db.from('decisions').where({ code, live: 1 }).firstOrFail()
          const about = { path: `/decisions/${id}`, effectiveOn: PREPARED_ON, documentNo }
          await propose(desk, { ...about, name: field, value })
          paths.push(about.path)
        }
      })
      await office.sits('leadership', async (desk) => {
        for (const decision of paths) {
          await desk.open(decision)
          await desk.move(`${decision}/approval`)
        }
      })
      assert.lengthOf(await db.from('decisions').where('state', 'decided'), 3)

      await office.sits('hr_officer', async (desk) => {
        await desk.open(path)
        await desk.tryMove(`${path}/check`)
        assert.isAbove(await placeInGrid(desk, path, centre, EFFECTIVE_ON), 0)
        await desk.open(path)
        await desk.move(`${path}/check`)
        const asked = await desk.move(`${path}/submission`)
        assert.match(asked, /150.*175/)
      })
      const signers = [
        ['hr_head', 'unit'],
        ['personnel_approver', 'personnel'],
        ['establishment_approver', 'establishment'],
      ] as const
      for (const [role, step] of signers) {
        await office.sits(role, async (desk) => {
          await desk.open(path)
          assert.match(await desk.move(`${path}/signatures/${step}`, '同意'), /150.*175/)
        })
      }

      clock.freeze(EFFECTIVE_ON)
      const certificate = await office.sits('hr_head', async (desk) => {
        await desk.open(path)
        await desk.move(`${path}/execution`)
        const shown = await desk.text()
        assert.include(shown, words.executed)
        assert.include(shown.toLowerCase(), words.sealed)
        return download(desk, `${path}/certificate/json`)
      })
      assert.deepEqual(checkCertificate(certificate), [])
      const changed = certificate.replace(
        /"people":\s*(\d+)/,
        (_, digits) => `"people":${Number(digits) + 1}`
      )
      assert.isNotEmpty(checkCertificate(changed), 'a changed digit is found')

      await office.sits('leadership', async (desk) => {
        await desk.open(`/organization/units/${centre}?tab=quota`)
        const figures = desk.page.locator('main tfoot td.num')
        assert.deepEqual((await figures.allInnerTexts()).slice(0, 4), ['187', '150', '0', '37'])
        await desk.open(`/people/persons?unit=${centre}&employment=establishment`)
        assert.match(await desk.text(), /(?<!\d)150(?!\d)/)
      })
      await office.sits('auditor', async (desk) => {
        await desk.open('/audit/events?action=transfers.batch')
        assert.include(await desk.text(), 'transfers.batch.executed')
      })
    })
    .timeout(240_000)
})
