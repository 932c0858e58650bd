import { test } from '@japa/runner'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'
import { buildInstance, type InstanceFacts } from '#selection/domain/instance'
import { parseScore } from '#selection/domain/scores'
import { check, solve } from './matching/instances.js'

/** The sample workbook as facts, read without the application. */
async function sampleFacts(seed: string): Promise<InstanceFacts> {
  const { sheets } = await readWorkbook({ path: 'tests/fixtures/data/selection/round-1.xlsx' })
  const rows = (name: string) =>
    sheets
      .find((sheet) => sheet.name === name)!
      .rows.slice(1)
      .map(({ cells }) => cells.map(({ text }) => text))
  const posts = rows('岗位').map(([code, , , capacity], index) => ({
    code,
    capacity: Number(capacity),
    minimum: 0,
    listId: index,
  }))
  const lists = posts.map(({ code, listId: id }) => ({ id, code, capacity: null }))
  const applicants = rows('志愿').map(([, number, , ...choices], participantId) => ({
    participantId,
    pseudonym: number,
    keys: {},
    preferences: choices.slice(0, 5).filter((code) => code && code !== '是' && code !== '否'),
  }))
  const ids = new Map(applicants.map(({ pseudonym, participantId }) => [pseudonym, participantId]))
  const rankings = rows('考核评分').map(([code, , number, score]) => ({
    listId: posts.find((post) => post.code === code)!.listId,
    participantId: ids.get(number)!,
    scoreCenti: parseScore(score),
  }))
  return { applicants, posts, lists, rankings, tieKeys: [], seed }
}

test.group('The sample round under any seed', () => {
  test('100 of 117 are placed, 71 and 29, M01 has two and M03 four free; two by lot', async ({
    assert,
  }) => {
    for (let draw = 0; draw < 20; draw++) {
      const facts = await sampleFacts(`draw ${draw}`)
      const instance = buildInstance(facts)
      const { assignments, unplaced, decidedByLot } = solve(instance)
      assert.isTrue(check(instance, assignments).stable)
      const taken = Object.values(assignments)
      const free = facts.posts
        .map(({ code, capacity }) => [code, capacity - taken.filter((one) => one === code).length])
        .filter(([, places]) => Number(places) > 0)
      assert.deepEqual(free, [
        ['M01', 2],
        ['M03', 4],
      ])
      assert.lengthOf(unplaced, 17)
      assert.lengthOf(
        taken.filter((code) => code.startsWith('C')),
        71
      )
      assert.lengthOf(decidedByLot, 2)
    }
  })
})
