import { test } from '@japa/runner'
import { evaluatePost } from '#performance/actions/save_post_value'
import { FACTOR_NAMES, type Levels } from '#performance/domain/evaluation'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUnit, rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'
import { givenLibrary, givenScheme, givenTeam, system, TODAY } from './givens.js'

const ROUNDS = 10

test.group('Schemes and posts, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('two new schemes have two codes; two versions of one day follow each other', async ({
    assert,
  }) => {
    const library = await givenLibrary()
    const unitId = await givenUnit()
    const codes = new Set<string>()
    for (let round = 0; round < ROUNDS; round++) {
      const days = ['2021-01-01', '2021-07-01']
      const made: number[] = []
      const refusals = await together(
        days.map((validFrom) => async () => {
          made.push(await givenScheme(library, unitId, { validFrom }))
        })
      )
      const rows = (await rowsOf('score_schemes')).filter(({ id }) => made.includes(Number(id)))
      for (const { code } of rows) codes.add(code)
      assert.deepEqual([refusals, codes.size], [[], (round + 1) * 2], `round ${round}`)

      const { code } = rows[0]
      const version = { code, validFrom: '2022-01-01' }
      const save = () => givenScheme(library, unitId, version)
      assert.deepEqual(await together([save, save]), [])
      const versions = await rowsOf('score_schemes', { code, valid_from: '2022-01-01' })
      const live = versions.filter((row) => row.superseded_by === null)
      assert.deepEqual([versions.length, live.length], [2, 1])
    }
  }).timeout(120_000)

  test('a post evaluated by two for one day: one value holds, the other stays on record', async ({
    assert,
  }) => {
    const documentId = await givenDocument()
    const { postId } = await givenTeam(1)
    for (let round = 0; round < ROUNDS; round++) {
      const validFrom = `2022-07-${10 + round}`
      const evaluate = (level: number) => () => {
        const levels = Object.fromEntries(FACTOR_NAMES.map((name) => [name, level])) as Levels
        return evaluatePost({ postId, levels, validFrom, documentId }, system)
      }
      assert.deepEqual(await together([evaluate(1), evaluate(5)]), [])
      assert.deepEqual(await together([evaluate(2), evaluate(4)]), [])
      const values = await rowsOf('post_values', { valid_from: validFrom })
      const live = values.filter((row) => row.superseded_by === null)
      assert.deepEqual([values.length, live.length], [4, 1], `round ${round}`)
    }
  }).timeout(120_000)
})
