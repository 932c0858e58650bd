import type { ImportDefinition, StoredRow } from '#shared/ports/imports'
import { checkQuotas, NEW_POST_FIELDS, TARGET_FIELDS } from './check_quotas.js'
import { commitQuotas } from './commit_quotas.js'
import { SheetBuffer } from './sheet_buffer.js'
import { undoQuotas } from './undo_quotas.js'

/** 编制核定 with the posts for new functions: targets and the opening of the ledger. */
export const quotasDefinition: ImportDefinition<StoredRow[]> = {
  key: 'quotas',
  titleKey: 'imports.definitions.quotas',
  capability: 'quota.edit',
  order: 30,
  after: ['units', 'posts'],
  module: 'imports',
  sheets: [
    { key: 'targets', names: ['编制核定', '编制'], fields: TARGET_FIELDS },
    { key: 'new_posts', names: ['新增职能岗位'], fields: NEW_POST_FIELDS, optional: true },
  ],
  questions: async () => [],
  checker: async () => new SheetBuffer((sheets) => checkQuotas(sheets)),
  prepare: (_context, rows) => rows.all(),
  write: commitQuotas,
  undo: undoQuotas,
}
