import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { importsPort, type ImportDefinition } from '#shared/ports/imports'
import { once } from '#shared/once'
import { findFacts } from '../domain/found_facts.js'
import type { MatchedSheet } from '../domain/recognise.js'
import { isPartial } from '../documents/rejected_rows.js'
import { dropFile, storeFile, type StoredFile } from '../files.js'
import type { ImportFacts } from '../queries/import_row.js'
import { recogniseFile, type RecognisedFile } from '../reader.js'
import { rememberedColumns } from './mappings.js'

export interface UploadInput {
  definition: string
  /** Where the upload lies now; the caller removes it. */
  path: string
  fileName: string
}

const MIME = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
}

/**
 * Takes in a file: checks it by content, finds the sheets of the definition, keeps an encrypted
 * copy. Returns the import, which waits for its mapping to be confirmed. A file that cannot be read
 * or has no such sheet is refused (`imports.spreadsheets.*`, `imports.errors.wrong_sheet`) and
 * leaves nothing.
 */
export async function uploadImport(
  input: UploadInput,
  actor: Actor,
  key: string | null = null
): Promise<number> {
  const definition = importsPort.get(input.definition)
  const file = await recogniseFile(definition, input.path, input.fileName)
  refuseWrongSheets(definition, file)
  const sheets = await withRememberedColumns(definition, file.matched)
  const stored = await storeFile(input.path)
  let kept = false
  try {
    return await once(key, 'imports.upload', actor.userId, async (trx) => {
      const id = await write(trx, actor, definition, input.fileName, file, sheets, stored)
      kept = true
      return id
    })
  } catch (error) {
    kept = false
    throw error
  } finally {
    // the same form sent twice keeps the first file
    if (!kept) await dropFile(stored.storageKey)
  }
}

async function write(
  trx: Trx,
  actor: Actor,
  definition: ImportDefinition,
  fileName: string,
  file: RecognisedFile,
  sheets: MatchedSheet[],
  stored: StoredFile
): Promise<number> {
  const now = clock.now()
  const fileId = await insertRow(trx, 'files', {
    storage_key: stored.storageKey,
    name: fileName.slice(-255),
    mime: MIME[file.info.format],
    size: stored.size,
    sha256: stored.sha256,
    subject_type: 'import',
    uploaded_by: actor.userId,
    created_at: now,
  })
  const id = await insertRow(trx, 'imports', {
    definition: definition.key,
    state: 'uploaded',
    file_id: fileId,
    file_name: fileName.slice(-255),
    sheet: sheets[0].name,
    header_row: sheets[0].headerRow,
    mapping: JSON.stringify({ sheets }),
    context: JSON.stringify(factsOf(file, sheets, fileName, actor)),
    created_by: actor.userId,
    version: 1,
    created_at: now,
  })
  await trx.from('files').where('id', fileId).update({ subject_id: id })
  await record(trx, actor, {
    action: 'imports.import.uploaded',
    subjectType: 'import',
    subjectId: id,
    changes: { definition: definition.key, file: fileName, sha256: stored.sha256 },
  })
  return id
}

function refuseWrongSheets(definition: ImportDefinition, file: RecognisedFile) {
  const found = new Set(file.matched.map(({ key }) => key))
  const absent = definition.sheets.filter((sheet) => !sheet.optional && !found.has(sheet.key))
  if (absent.length === 0 && found.size > 0) return
  const [wanted] = [...absent, ...definition.sheets]
  const params = {
    columns: wanted.fields
      .filter((field) => field.required)
      .map((field) => field.header)
      .join('、'),
    sheets: file.heads.map(({ name }) => name || '–').join('、'),
  }
  throw new DomainError('imports.errors.wrong_sheet', params, [
    { field: 'file', code: 'imports.errors.wrong_sheet', params },
  ])
}

/** What somebody mapped by hand for the same headers before is mapped so again. */
async function withRememberedColumns(definition: ImportDefinition, matched: MatchedSheet[]) {
  return Promise.all(
    matched.map(async (match) => {
      const sheet = definition.sheets.find(({ key }) => key === match.key)!
      return rememberedColumns(definition.key, sheet, match)
    })
  )
}

function factsOf(
  file: RecognisedFile,
  sheets: MatchedSheet[],
  fileName: string,
  { personId }: Actor
): ImportFacts {
  const first = sheets[0]
  const above = file.heads[first.index].rows.filter((row) => row.number < first.headerRow)
  return {
    found: findFacts(above, fileName),
    answers: {},
    encoding: file.info.format === 'csv' ? file.info.encoding : null,
    partial: sheets.some(({ headers }) => isPartial(headers)),
    rows: file.rows,
    unitId: null,
    importedBy: personId === null ? [] : [personId],
  }
}
