import { recordDocument } from '#decisions/actions/record_document'
import { createFund } from '#funds/actions/create_fund'
import { postMovement, returnMovement } from '#funds/actions/post_movement'
import { prepareMovement } from '#funds/actions/prepare_movement'
import { createProject, moveStep } from '#funds/actions/projects'
import type { MovementKind } from '#funds/domain/movements'
import { linesOf } from '#funds/queries/funds'
import { commitmentsOf, movementById } from '#funds/queries/movements'
import { projectById } from '#funds/queries/projects'
import { createUnit } from '#organization/actions/create_unit'
import { resolveUnit } from '#organization/queries/resolve_unit'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import type { Actor } from '#shared/actor'
import { enterAccount } from './cast.js'
import type { City } from './city.js'

const YUAN = 100
const LINES = ['中央厨房采编平台', '演播室高清改造', '移动客户端建设', '融合办公区改造']

/**
 * The special fund of the reform: budget, releases, contracts and payments on their days, the
 * central kitchen as a construction project, and one payment of each kind of waiting.
 */
export async function tellFunds(city: City): Promise<void> {
  const { today, units } = city
  const centre = units.get('融媒体中心')!
  const officer = await enterAccount({ username: 'caiwu1', name: '沈琳', role: 'finance_officer' })
  const head = await enterAccount({ username: 'caiwuhead', name: '范国平', role: 'finance_head' })
  const start = addMonths(today, -6)
  clock.freeze(start)
  const documentId = await document(
    city,
    21,
    '关于下达媒体融合发展专项资金预算的通知',
    await officer()
  )
  const fundId = await createFund(
    {
      code: `RM${today.slice(0, 4)}-01`,
      name: '媒体融合发展专项资金',
      source: '市财政专项资金',
      year: Number(today.slice(0, 4)),
      unitId: centre,
      documentId,
      lines: LINES,
    },
    await officer()
  )
  const lines = await linesOf(fundId)
  const step = async (
    line: number,
    kind: MovementKind,
    yuan: number,
    purpose: string,
    more: { payee?: string; contract?: string; projectId?: number } = {}
  ) => {
    const contracts = await commitmentsOf(fundId)
    const contract = contracts.find(({ payee }) => payee === more.contract)
    return prepareMovement(
      {
        lineId: lines[line].id,
        kind,
        amountFen: yuan * YUAN,
        commitmentId: contract?.id ?? null,
        projectId: more.projectId ?? null,
        payee: more.payee ?? null,
        purpose,
        documentId,
        happensOn: clock.today(),
      },
      await officer()
    )
  }
  const post = async (id: number) => {
    const { version } = await movementById(id)
    await postMovement({ movementId: id, version }, await head())
  }
  for (const [line, yuan] of [6_800_000, 3_200_000, 1_500_000, 900_000].entries()) {
    await post(await step(line, 'budget', yuan, '年度预算'))
  }
  clock.freeze(addMonths(today, -5))
  for (const [line, yuan] of [5_000_000, 2_000_000, 1_500_000, 600_000].entries()) {
    await post(await step(line, 'release', yuan, '第一批下达'))
  }

  const projectId = await buildKitchen(city, await officer())
  clock.freeze(addMonths(today, -2))
  const kitchen = { payee: '华讯智媒技术有限公司', projectId }
  await post(await step(0, 'commitment', 4_260_000, '中央厨房采编平台采购合同', kitchen))
  await post(
    await step(2, 'commitment', 1_180_000, '客户端开发合同', { payee: '云帆软件有限公司' })
  )
  clock.freeze(addMonths(today, -1))
  const paid = { contract: kitchen.payee }
  await post(await step(0, 'payment', 1_278_000, '合同预付款 30%', paid))
  await post(await step(2, 'payment', 354_000, '合同预付款 30%', { contract: '云帆软件有限公司' }))

  clock.freeze(addDays(today, -2))
  await step(0, 'payment', 1_704_000, '到货验收款 40%', paid)
  const early = await step(1, 'commitment', 2_600_000, '演播室灯光合同', {
    payee: '明星演艺设备有限公司',
  })
  await returnMovement(
    {
      movementId: early,
      version: 1,
      comment: '超过已下达的 200 万元，请待第二批资金下达后再办',
    },
    await head()
  )
  await step(1, 'release', 1_200_000, '第二批下达')
}

/** The central kitchen: proposal, study and design approved, permission to start asked for. */
async function buildKitchen(city: City, officer: Actor): Promise<number> {
  const { today, units } = city
  const start = addMonths(today, -4)
  clock.freeze(start)
  const bureau = await externalUnit('市发改局', start, officer)
  const projectId = await createProject(
    {
      name: '融媒体中心「中央厨房」采编平台建设',
      unitId: units.get('融媒体中心')!,
      content: '统一采集、编辑、发布平台，稿库和数据库，指挥调度大厅 420 平方米。',
      estimateFen: 6_800_000 * YUAN,
      authorityId: bureau,
      workItemId: null,
    },
    officer
  )
  const titles = ['项目建议书的批复', '可行性研究报告的批复', '初步设计及概算的批复']
  for (const [index, title] of titles.entries()) {
    const submitted = addDays(start, index * 18)
    clock.freeze(submitted)
    await move(projectId, index, 'submit', submitted, null, officer)
    const decided = addDays(submitted, 12)
    clock.freeze(decided)
    const documentId = await document(city, 22 + index, `关于中央厨房${title}`, officer)
    await move(projectId, index, 'approve', decided, documentId, officer)
  }
  clock.freeze(addDays(today, -5))
  await move(projectId, 3, 'submit', addDays(today, -5), null, officer)
  return projectId
}

/** A body outside the reform: as another sheet brought it, or new. */
async function externalUnit(name: string, onDate: string, actor: Actor): Promise<number> {
  const found = await resolveUnit(name, onDate)
  if (found.kind === 'found') return found.unitId
  return createUnit({ name, kind: 'external', validFrom: onDate }, actor)
}

async function move(
  projectId: number,
  index: number,
  verb: 'submit' | 'approve',
  on: string,
  documentId: number | null,
  officer: Actor
) {
  const { steps } = await projectById(projectId)
  const { id: stepId, version } = steps[index]
  await moveStep({ stepId, version, verb, on, documentId }, officer)
}

function document(city: City, number: number, title: string, actor: Actor) {
  return inTransaction((trx) =>
    recordDocument(trx, actor, {
      documentNo: city.no(number),
      title,
      issuer: '市媒体融合改革工作领导小组',
      issuedOn: clock.today(),
    })
  )
}
