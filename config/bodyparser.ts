import { defineConfig } from '@adonisjs/core/bodyparser'
import { LAST_ROW, MOST_FIELDS } from '#shared/middleware/whole_form_middleware'

const types = {
  form: ['application/x-www-form-urlencoded'],
  json: ['application/json', 'application/csp-report'],
  multipart: ['multipart/form-data'],
}

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    types: types.form,
    /** A grid of a large batch sends several fields a line, and `lines[21]` is a line as `lines[0]` is. */
    queryString: { parameterLimit: MOST_FIELDS, arrayLimit: LAST_ROW },
    limit: '4mb',
  },
  json: { convertEmptyStringsToNull: true, trimWhitespaces: true, types: types.json, limit: '2mb' },
  multipart: {
    /** Only these routes take files; elsewhere a multipart body is not read. */
    autoProcess: [
      '/imports',
      '/governance/parts/:id/reports',
      '/governance/parts/:id/completion',
      '/governance/meetings/:id/items',
      '/selection/objections/:id/filing',
      '/selection/papers/:id/entry',
      '/jobs/:id/applications',
      '/recruitment/plans/:id/own-application',
      '/recruitment/plans/:id/scores/:stage/:examiner/import',
    ],
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    processManually: [],
    /** 20 MB a file (the imports' bound) and a little for the fields beside it. */
    limit: '21mb',
    types: types.multipart,
  },
})
