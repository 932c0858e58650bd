import { test } from '@japa/runner'
import { openCount } from '#discipline/actions/counts'
import { recordAnswer } from '#imports/domain/record_answer'
import { createPerson } from '#people/actions/create_person'
import { checkRound } from '#selection/imports/check_round'
import { roundById } from '#selection/queries/rounds'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { importsPort, type SourceRow } from '#shared/ports/imports'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenAssignment, givenUnit, type UserInput } from '#tests/support/givens'
import { givenAsset } from '../discipline/givens.js'
import { givenCycle, givenLibrary, givenScheme } from '../performance/givens.js'
import { givenPost } from '../transfers/givens.js'
import { DAY, givenRound } from './givens.js'

const NUMBER = '11010519491231002X'

test.group('A round from a workbook', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(DAY)
    return () => clock.release()
  })

  test('a row that repeats another names its number, on every sheet', async ({ assert }) => {
    const unitId = await givenUnit({ name: '融媒体中心' })
    await givenPost(unitId, { name: '记者', code: 'C01', employment_type: 'contract' })
    const system = Actor.system('test')
    const personId = await createPerson({ name: '王芳', identityNo: NUMBER }, system)
    await givenAssignment(personId, unitId, { employment_type: 'contract' })
    const roundId = await givenRound(await givenActor({ role: 'hr_officer' }), { unitId })

    const post = { code: 'C01', unit: '融媒体中心', post: '记者', capacity: '2', natures: '采编' }
    const person = { name: '王芳', identityNo: NUMBER }
    const { verdicts } = await checkRound(
      new Map([
        ['posts', rows(post, post)],
        ['choices', rows(...twice({ ...person, nature: '采编', choice1: 'C01', accepts: '是' }))],
        ['scores', rows(...twice({ ...person, code: 'C01', score: '80' }))],
      ]),
      {
        importId: 1,
        asOf: DAY,
        fileName: 'round.xlsx',
        answers: { round: recordAnswer(await roundById(roundId)) },
        found: {} as any,
        partial: false,
        importedBy: [],
      }
    )
    const said = verdicts!.map(({ sheet, verdicts: list }) => [
      sheet,
      list.map(({ findings }) => findings.map(({ code, params }) => [code, params?.row])),
    ])
    const second = [[], [['repeated', 2]]]
    assert.deepEqual(said, [
      ['posts', second],
      ['choices', second],
      ['scores', second],
    ])
  })

  test('an officer of one unit is offered its own rounds, cycles and counts, and no others', async ({
    assert,
  }) => {
    const [own, other] = [await givenUnit({ name: '报社' }), await givenUnit({ name: '电视台' })]
    const officer = await givenActor({ role: 'hr_officer' })
    const keeper = await givenActor({ role: 'finance_officer' })
    const library = await givenLibrary()
    for (const unitId of [own, other]) {
      await givenAssignment(await createPerson({ name: '李强' }, officer), unitId)
      await givenRound(officer, { unitId })
      await givenScheme(library, unitId)
      await givenCycle(unitId, { date: DAY })
      await givenAsset(unitId)
      await openCount({ unitId, asOf: DAY, documentId: null }, keeper)
    }
    const offered = async (definition: string, actor: Actor) => {
      const [question] = await importsPort.get(definition).questions({} as any, DAY, actor)
      return question.options!.map(({ value }) => Number(value.split(':')[1]))
    }
    for (const [definition, role] of [
      ['selection_round', 'hr_officer'],
      ['review_results', 'hr_officer'],
      ['asset_count', 'finance_officer'],
    ] as Array<[string, UserInput['role']]>) {
      const everywhere = await offered(definition, await givenActor({ role }))
      assert.sameMembers(everywhere, [own, other], definition)
      const here = await offered(definition, await givenActor({ role, unitId: own }))
      assert.deepEqual(here, [own], definition)
    }
  })
})

const twice = <T>(row: T): [T, T] => [row, row]

/** Rows under a heading, from the second line on. */
function rows(...values: Array<Record<string, string>>): SourceRow[] {
  return values.map((row, index) => ({
    number: index + 2,
    cells: Object.fromEntries(
      Object.entries(row).map(([field, text]) => [field, { kind: 'text', text, raw: text } as any])
    ),
  }))
}
