import { test } from '@japa/runner'
import { expectedFindings, judgeSamples, type Said } from './sample_rosters.js'

test.group('the three sample rosters', () => {
  test('say of their rows exactly what is expected and nothing else', async ({ assert }) => {
    const said: Said[] = (await judgeSamples()).flatMap(({ file, verdict }) =>
      verdict.findings.map(({ level, code, field }) => ({
        file,
        row: verdict.row,
        level,
        code,
        field,
      }))
    )
    assert.sameDeepMembers(said, expectedFindings())
    assert.lengthOf(said, 20)
  })

  test('give the people of the expected figures', async ({ assert }) => {
    const verdicts = await judgeSamples()
    const count = (wanted: string) =>
      verdicts.filter(({ verdict }) => verdict.verdict === wanted).length
    assert.deepEqual(['accepted', 'rejected', 'held', 'skipped'].map(count), [267, 6, 1, 1])

    const accepted = verdicts
      .filter(({ verdict }) => verdict.verdict === 'accepted')
      .map(({ verdict }) => verdict.values!)
    const staff = accepted.filter(({ employmentType }) => employmentType === 'establishment')
    assert.lengthOf(
      staff.filter(({ fundingType }) => fundingType === 'full'),
      85
    )
    assert.lengthOf(
      staff.filter(({ fundingType }) => fundingType === 'partial'),
      65
    )
    assert.lengthOf(
      staff.filter(({ postNature }) => postNature === 'commercial'),
      18
    )
    assert.lengthOf(
      accepted.filter(({ employmentType }) => employmentType === 'contract'),
      117
    )
    assert.isTrue(staff.every(({ grade }) => grade !== null))
  })

  test('are read as the office meant them', async ({ assert }) => {
    const verdicts = await judgeSamples()
    const valuesOf = (file: string, row: number) =>
      verdicts.find((one) => one.file === file && one.verdict.row === row)!.verdict.values!
    const tv = 'rosters/tv-station.xlsx'
    assert.equal(valuesOf(tv, 8).identityNo, '519900199505103928')
    assert.equal(valuesOf(tv, 12).name, '高梓佳')
    assert.equal(valuesOf(tv, 17).phone, '19911430680')
    assert.equal(valuesOf(tv, 36).birth, '1976-11-24')
    assert.equal(valuesOf(tv, 64).remark, '详情')
    assert.equal(valuesOf(tv, 88).workStart, '2015-05-01')
    assert.equal(valuesOf(tv, 123).postNature, 'editorial')
    assert.equal(valuesOf('rosters/newspaper.xlsx', 4).workStart, '2010-03-01')
    assert.equal(valuesOf('rosters/newspaper.xlsx', 39).sex, 'male')
    assert.equal(
      valuesOf('rosters/newspaper.xlsx', 10).name,
      '王敏欣',
      'a held row keeps its values'
    )
  })
})
