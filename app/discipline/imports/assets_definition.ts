import type { ImportDefinition, StoredRow } from '#shared/ports/imports'
import { SheetBuffer } from '#organization/imports/sheet_buffer'
import { ASSET_FIELDS, checkAssets } from './check_assets.js'
import { commitAssets, undoAssets } from './commit_assets.js'

/** 资产台账: what a unit holds, as its sheet has it. */
export const assetsDefinition: ImportDefinition<StoredRow[]> = {
  key: 'assets',
  titleKey: 'discipline.import.assets',
  capability: 'assets.keep',
  order: 60,
  after: ['units'],
  module: 'discipline',
  sheets: [{ key: 'assets', names: ['资产台账', '固定资产', '资产'], fields: ASSET_FIELDS }],
  questions: async () => [],
  checker: async (context) => new SheetBuffer((sheets) => checkAssets(sheets, context)),
  prepare: (_context, rows) => rows.all(),
  write: commitAssets,
  undo: undoAssets,
}
