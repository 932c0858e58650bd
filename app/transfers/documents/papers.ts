import { unseal } from '#shared/crypto'
import { wageFactsPort } from '#shared/ports/wage_facts'
import type { BatchRow } from '../queries/batches.js'
import { namedLinesOf, type NamedLine, type UnitScope } from '../queries/lines.js'
import { settingOn } from '../queries/settings.js'
import { archive } from './archive.js'
import { company } from './company.js'
import { individual } from './individual.js'
import { insurance } from './insurance.js'
import { peopleOf, type Paper, type PaperContext } from './paper_context.js'
import { roster } from './roster.js'
import { inNotice, outNotice } from './seat_notices.js'
import { wage } from './wage.js'

/** The papers of a move, in the order in which the office needs them. */
export const PAPERS: readonly Paper[] = [
  roster,
  outNotice,
  inNotice,
  wage,
  company,
  insurance,
  archive,
  individual,
]

const OFFICE_SETTING = 'transfers.establishment_office'
const OFFICE = '市委机构编制委员会办公室'

/** What a paper is written from. Identity numbers are masked unless `unmasked` was allowed. */
export async function paperContext(
  batch: BatchRow,
  scope: UnitScope,
  unmasked: boolean
): Promise<PaperContext> {
  const lines = await namedLinesOf(batch.id, scope)
  const office = await settingOn(OFFICE_SETTING, batch.effectiveOn)
  const context: PaperContext = {
    batch,
    lines,
    identityOf: (line) => (unmasked ? open(line) : (line.identityMasked ?? '')),
    wages: new Map(),
    establishmentOffice: typeof office === 'string' ? office : OFFICE,
  }
  const personIds = peopleOf(context).map(({ personId }) => personId!)
  return { ...context, wages: await wageFactsPort.of(personIds, batch.effectiveOn) }
}

function open(line: NamedLine): string {
  return line.identitySealed ? unseal(line.identitySealed, 'identity') : ''
}
