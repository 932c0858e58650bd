import { test } from '@japa/runner'
import MaskedFindings from '#database/migrations/0146_masked_findings'
import { clock } from '#shared/clock'
import { bulkInsert, insertRow, inTransaction } from '#shared/database'
import { storedFinding } from '#imports/actions/stage_rows'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'

const IDENTITY = '519900198505055555'

const given: Array<[field: string, value: string | undefined, shown: string | undefined]> = [
  ['身份证号码', IDENTITY, '**************5555'],
  ['身份证号', '5199 0019 8505', '**********8505'],
  ['银行账号', '6222 0212 3456 7890', '***************7890'],
  ['联系电话', '199****0680', '199****0680'],
  ['姓名', IDENTITY, '**************5555'],
  ['岗位', `编辑 ${IDENTITY.slice(0, 17)}X。`, '编辑 **************555X。'],
  ['单位', '市报社〔2022〕3号', '市报社〔2022〕3号'],
  ['', undefined, undefined],
]

test.group('Findings that quote numbers in clear', (group) => {
  group.each.setup(() => emptyDatabase())

  test('the migration leaves the end of each, and everything else as it was', async ({
    assert,
  }) => {
    const quiet = Array.from({ length: 420 }, () => given[6])
    const rows = [...quiet, ...given]
    await inTransaction(async (trx) => {
      const importId = await insertRow(trx, 'imports', {
        definition: 'wage_bases',
        state: 'checked',
        file_name: '工资基础.xlsx',
        context: '{}',
        created_at: clock.now(),
      })
      await bulkInsert(
        trx,
        'import_findings',
        rows.map(([field, value], at) =>
          storedFinding(importId, at + 2, {
            level: 'rejected',
            code: 'unknown_value',
            field,
            params: { row: at },
            ...(value && { value }),
          })
        )
      )
    })
    for (let times = 1; times <= 2; times++) {
      await inTransaction((trx) => new MaskedFindings(trx, 'masked', false).execUp())
      const stored = await rowsOf('import_findings')
      assert.deepEqual(
        stored.map(({ params }) => JSON.parse(params)),
        rows.map(([, , shown], at) => ({ row: at, ...(shown && { value: shown }) }))
      )
    }
  })
})
