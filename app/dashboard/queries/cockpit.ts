import { disciplineFigures, freezeStatus } from '#discipline/queries/status'
import type { DisciplineFigures, FreezeStatus } from '#discipline/queries/status'
import { fundTotals } from '#funds/queries/funds'
import type { LineFigures } from '#funds/domain/movements'
import { taskLightsByUnit, type UnitLights } from '#governance/queries/cockpit'
import { programmeCockpit, type ProgrammeCockpit } from '#programme/queries/cockpit'
import { transferProgress, type TransferProgress } from '#transfers/queries/progress'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { Translate } from '#shared/ports/inbox'
import { sharingReads } from '#shared/shared_reads'
import { waitingItems, type WaitingItem } from './inbox.js'
import { quotaFigures, type QuotaFigure } from './quota_figures.js'

/** Everything the leadership's page shows; null where no grant of the actor reaches. */
export interface Cockpit {
  today: string
  programme: ProgrammeCockpit | null
  transfers: TransferProgress | null
  tasks: UnitLights[] | null
  freeze: FreezeStatus | null
  discipline: DisciplineFigures | null
  funds: LineFigures | null
  quota: QuotaFigure[] | null
  waiting: WaitingItem[]
}

export function cockpitOf(actor: Actor, t: Translate): Promise<Cockpit> {
  return sharingReads(() => readCockpit(actor, t))
}

async function readCockpit(actor: Actor, t: Translate): Promise<Cockpit> {
  const today = clock.today()
  const where = <T>(capability: string, read: (units: 'all' | number[]) => Promise<T>) =>
    actor.may(capability) ? read(actor.unitsFor(capability)) : null
  return {
    today,
    programme: await programmeCockpit(actor),
    transfers: await where('transfers.view', (units) => transferProgress(units)),
    tasks: await where('governance.view', taskLightsByUnit),
    freeze: await where('discipline.view', () => freezeStatus()),
    discipline: await where('discipline.inspect', disciplineFigures),
    funds: await where('funds.view', (units) => fundTotals({ units })),
    quota: await quotaFigures(actor),
    waiting: await waitingItems(actor, t, today),
  }
}
