const FOREIGN_KEY = new Set([
  'SQLITE_CONSTRAINT_FOREIGNKEY',
  'SQLITE_CONSTRAINT_TRIGGER',
  'ER_ROW_IS_REFERENCED',
  'ER_ROW_IS_REFERENCED_2',
])

/** The database refused a deletion because another row points at this one. */
export function isUsed(error: any): boolean {
  return FOREIGN_KEY.has(error?.code)
}
