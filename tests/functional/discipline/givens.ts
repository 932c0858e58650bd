import db from '@adonisjs/lucid/services/db'
import { createAsset, type AssetInput } from '#discipline/actions/assets'
import { declareFreeze } from '#discipline/actions/declare_freeze'
import { approveExemption, askExemption } from '#discipline/actions/exemptions'
import type { ExemptionInput } from '#discipline/actions/exemptions'
import { registerSpending, type SpendingInput } from '#discipline/actions/spending'
import { Actor } from '#shared/actor'
import { givenActor, givenDocument, givenUnit } from '#tests/support/givens'

export const FROM = '2022-02-01'
export const TO = '2022-05-01'
export const INSIDE = '2022-03-01'
const system = Actor.system()

/** The decision on dates and units as two people have decided it. */
export async function givenDecided(unitIds: number[], documentId: number, from = FROM, to = TO) {
  await db
    .from('decisions')
    .where({ code: 'discipline_freeze', live: 1 })
    .update({
      state: 'decided',
      value: JSON.stringify({ from, to, unitIds }),
      document_id: documentId,
    })
}

/** A freeze over one unit, declared by the office, and a document of the programme. */
export async function givenFreeze(unitIds?: number[], dates: { from?: string; to?: string } = {}) {
  const units = unitIds ?? [await givenUnit({ name: '市广播电视台' })]
  const documentId = await givenDocument('市融改〔2022〕2号')
  const programme = await givenDocument('市融改〔2022〕5号')
  await givenDecided(units, documentId, dates.from, dates.to)
  const office = await givenActor({ role: 'leading_group_office' })
  const freezeId = await declareFreeze({ programmeDocumentIds: [programme] }, office)
  return { freezeId, unitId: units[0], documentId, programme, office }
}

/** An exemption that one asked for and the office granted. */
export async function givenExemption(
  office: Actor,
  input: Partial<ExemptionInput> & Pick<ExemptionInput, 'rule' | 'unitId' | 'documentId'>
): Promise<number> {
  const asker = await givenActor({ role: 'hr_officer' })
  const exemptionId = await askExemption(
    {
      personId: null,
      what: '急需',
      why: '工作需要',
      untilOn: '2022-04-30',
      amountFen: input.rule === 'spending' || input.rule === 'dividends' ? 1_000_000 : null,
      ...input,
    },
    asker
  )
  await approveExemption({ exemptionId, version: 1 }, office)
  return exemptionId
}

export function spend(unitId: number, input: Partial<SpendingInput> = {}, actor: Actor = system) {
  return registerSpending(
    {
      unitId,
      category: 'office',
      payee: '文具商店',
      amountFen: 100_000,
      purpose: '纸张',
      voucherNo: '记-1',
      spentOn: INSIDE,
      documentId: null,
      ...input,
    },
    actor
  )
}

let number = 0

/** An asset as it came on the register before any freeze. */
export function givenAsset(unitId: number, input: Partial<AssetInput> = {}) {
  number += 1
  return createAsset(
    {
      code: `ZC-${number}`,
      unitId,
      name: '摄像机',
      category: 'broadcast',
      model: null,
      custodian: '王芳',
      place: '二楼',
      purpose: 'broadcast',
      condition: 'good',
      acquiredOn: null,
      originalFen: 500_000,
      netFen: 200_000,
      documentId: null,
      ...input,
    },
    system
  )
}

/** Refused with the rule; gives the key of the refusal, else null. */
export async function refusal(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (error) => error.key ?? String(error)
  )
}
