import { PassThrough } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { inTransaction } from '#shared/database'
import { authorizeToRun } from '../access.js'
import { writeRejected } from '../documents/rejected_rows.js'
import { findingSentence, rejectedTitle } from '../presenters.js'
import type { FindingRow } from '../queries/findings.js'
import { importById } from '../queries/import_row.js'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The rejected rows with their reasons, to be mended and imported again; on record. */
export default class RejectedRowsController {
  async show({ actor, params, response, i18n }: HttpContext) {
    const found = await importById(Number(params.id))
    authorizeToRun(actor!, found)
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'imports.import.exported',
        subjectType: 'import',
        subjectId: found.id,
        changes: { rows: found.totals?.rejected ?? 0 },
      })
    )
    const name = encodeURIComponent(`${found.fileName.replace(/\.[^.]*$/, '')}-退回.xlsx`)
    response.header('content-type', XLSX)
    response.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
    const stream = new PassThrough()
    const title = rejectedTitle(found)
    const say = (finding: FindingRow) => findingSentence(i18n, found.definition, finding)
    const writing = writeRejected(stream, found, title, say)
    // a failure destroys the stream: the reader sees a broken download, the server goes on
    writing.catch((error) => stream.destroy(error))
    return response.stream(stream)
  }
}
