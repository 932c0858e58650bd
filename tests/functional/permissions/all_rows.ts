import type { Rows } from './rows.js'
import { house } from './rows/house.js'
import { organization } from './rows/organization.js'
import { people } from './rows/people.js'
import { discipline } from './rows/discipline.js'
import { transfers } from './rows/transfers.js'
import { pay } from './rows/pay.js'
import { governance } from './rows/governance.js'
import { programme } from './rows/programme.js'
import { performance } from './rows/performance.js'
import { recruitment } from './rows/recruitment.js'
import { funds } from './rows/funds.js'
import { assessment } from './rows/assessment.js'
import { selection } from './rows/selection.js'

/**
 * The matrix of permissions, a file a module. To add a module: declare its rows in
 * `rows/<module>.ts`, name them here, run the spec, and write the document anew with
 * `PERMISSIONS=write node ace.js test functional --files=permissions/matrix.spec.ts`. A route that
 * has no row fails with the verdicts that were observed, to be read and judged before they are
 * declared.
 */
export const ALL_ROWS: ReadonlyArray<readonly [string, Rows]> = [
  ['house', house],
  ['organization', organization],
  ['people', people],
  ['discipline', discipline],
  ['transfers', transfers],
  ['pay', pay],
  ['governance', governance],
  ['selection', selection],
  ['programme', programme],
  ['performance', performance],
  ['recruitment', recruitment],
  ['funds', funds],
  ['assessment', assessment],
]
