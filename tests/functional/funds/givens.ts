import { createFund } from '#funds/actions/create_fund'
import { postMovement } from '#funds/actions/post_movement'
import { prepareMovement, type MovementInput } from '#funds/actions/prepare_movement'
import { linesOf } from '#funds/queries/funds'
import { movementById } from '#funds/queries/movements'
import type { Actor } from '#shared/actor'
import { givenActor, givenDocument, givenUnit } from '#tests/support/givens'

/** A fund of one line with what is released of it, its officer and its head of finance. */
export async function givenFund(releasedFen: number, budgetFen = releasedFen) {
  const unitId = await givenUnit()
  const documentId = await givenDocument()
  const officer = await givenActor({ role: 'finance_officer' })
  const head = await givenActor({ role: 'finance_head' })
  const fundId = await createFund(
    {
      code: `RM-${unitId}`,
      name: '媒体融合专项资金',
      source: '市财政',
      year: 2022,
      unitId,
      documentId,
      lines: ['采编平台'],
    },
    officer
  )
  const [line] = await linesOf(fundId)
  const prepare = (input: Partial<MovementInput>, actor: Actor = officer) =>
    prepareMovement(
      {
        lineId: line.id,
        kind: 'budget',
        amountFen: 1,
        commitmentId: null,
        projectId: null,
        payee: null,
        purpose: '测试',
        documentId,
        happensOn: '2022-03-01',
        ...input,
      },
      actor
    )
  const post = async (movementId: number, actor: Actor = head) => {
    const { version } = await movementById(movementId)
    await postMovement({ movementId, version }, actor)
  }
  const enter = async (input: Partial<MovementInput>) => post(await prepare(input))
  await enter({ kind: 'budget', amountFen: budgetFen })
  if (releasedFen > 0) await enter({ kind: 'release', amountFen: releasedFen })
  return { unitId, documentId, fundId, lineId: line.id, officer, head, prepare, post, enter }
}
