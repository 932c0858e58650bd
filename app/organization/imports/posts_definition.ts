import type { ImportDefinition, StoredRow } from '#shared/ports/imports'
import { checkPosts, DEPARTMENT_FIELDS, POST_FIELDS } from './check_posts.js'
import { commitPosts } from './commit_posts.js'
import { SheetBuffer } from './sheet_buffer.js'
import { undoPosts } from './undo_posts.js'

/** 部门 and 岗位 of the new units. */
export const postsDefinition: ImportDefinition<StoredRow[]> = {
  key: 'posts',
  titleKey: 'imports.definitions.posts',
  capability: 'organization.edit',
  order: 20,
  after: ['units'],
  module: 'imports',
  sheets: [
    { key: 'departments', names: ['部门', '科室', '内设机构'], fields: DEPARTMENT_FIELDS },
    { key: 'posts', names: ['岗位', '岗位设置'], fields: POST_FIELDS },
  ],
  questions: async () => [],
  checker: async (context) => new SheetBuffer((sheets) => checkPosts(sheets, context)),
  prepare: (_context, rows) => rows.all(),
  write: commitPosts,
  undo: undoPosts,
}
