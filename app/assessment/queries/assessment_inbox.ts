import { mayEverywhere } from '#organization/scope'
import type { Actor } from '#shared/actor'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { assessmentList, authorsOf, type AssessmentRow } from './assessments.js'
import { sheetList } from './sheets.js'

/** What waits: to confirm, to publish, returned to the office, sheets to adopt. */
export async function assessmentInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  const all = (state: AssessmentRow['state']) => assessmentList({ state, units: null })
  if (mayEverywhere(actor, 'assessment.confirm')) {
    for (const row of await all('submitted')) {
      const authors = [row.preparedBy, ...(await authorsOf(row.id))]
      if (!authors.includes(actor.userId)) items.push(itemOf(row, t, 'confirm', false))
    }
    items.push(...(await sheetsToAdopt(actor, t)))
  }
  if (mayEverywhere(actor, 'assessment.prepare')) {
    const returned = (await all('draft')).filter(({ comment }) => comment !== null)
    items.push(...returned.map((row) => itemOf(row, t, 'returned', true)))
    items.push(...(await all('confirmed')).map((row) => itemOf(row, t, 'publish', false)))
  }
  return items
}

async function sheetsToAdopt(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const sheets = await sheetList()
  return sheets
    .filter(({ state, preparedBy }) => state === 'draft' && preparedBy !== actor.userId)
    .map((sheet) => ({
      id: `assessment_sheet:${sheet.id}`,
      kind: 'assessment.sheet',
      title: t('assessment.inbox.adopt', { title: sheet.title }),
      detail: sheet.preparedByName ?? '',
      url: `/assessment/sheets/${sheet.id}`,
      due: null,
      blocked: false,
    }))
}

function itemOf(row: AssessmentRow, t: Translate, what: string, blocked: boolean): InboxItem {
  const { year, quarter } = row
  return {
    id: `assessment:${row.id}`,
    kind: 'assessment.assessment',
    title: t(`assessment.inbox.${what}`, {
      title: t('assessment.title', { year, quarter, kind: t(`assessment.kinds.${row.kind}`) }),
    }),
    detail: row.comment ?? row.sheetTitle,
    url: `/assessment/${row.id}`,
    due: null,
    blocked,
  }
}
