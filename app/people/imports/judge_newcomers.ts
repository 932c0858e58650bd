import type { KeyObject } from 'node:crypto'
import {
  sourceRows,
  type ImportFinding,
  type ImportLevel,
  type SourcePiece,
} from '#shared/ports/imports'
import { digestWith } from '#shared/sealing/digest_with'
import { sealWith } from '#shared/sealing/seal_with'
import type { EmploymentTerms, FundingType } from '#organization/domain/codes'
import type { RosterValues } from '../domain/roster_finding.js'
import { checkRosterRow } from '../domain/roster_row.js'
import { joinLines, newcomerLine, type NewcomerLine, type NewcomerLines } from './newcomer_line.js'
import { rosterParsed } from './roster_row.js'

export interface JudgeTask {
  piece: SourcePiece
  asOf: string
  allowedTerms: EmploymentTerms[] | undefined
  keys: { digest: KeyObject; identity: KeyObject; phone: KeyObject }
}

/** What there is to say of rows if nobody is on record with their identity numbers. */
export interface JudgedRows {
  /** Keyed digests of the numbers that can be read; each list has an entry a row. */
  digests: (string | null)[]
  levels: ImportLevel[]
  fundings: (FundingType | null)[]
  /** By the place of the row. */
  findings: Map<number, ImportFinding[]>
  /** Those that are accepted, and which rows they are. */
  lines: NewcomerLines
  accepted: number[]
}

const NOBODY = { personId: null, assignmentId: null, changes: [], moves: true }

/**
 * Judges rows and makes them ready without what is on record: the part of a dry run that a thread
 * does. It is handed the keys of the three purposes and no other.
 */
export function judgeNewcomers({ piece, asOf, allowedTerms, keys }: JudgeTask): JudgedRows {
  const context = { asOf, allowedTerms, earlierRow: () => null, otherMainUnit: () => null }
  const lines: NewcomerLine[] = []
  const judged: Omit<JudgedRows, 'lines'> = {
    digests: [],
    levels: [],
    fundings: [],
    findings: new Map(),
    accepted: [],
  }
  for (const [at, row] of sourceRows(piece).entries()) {
    const { verdict, identityNo, values, findings } = checkRosterRow(row, context)
    const digest = identityNo === null ? null : digestWith(keys.digest, identityNo)
    judged.digests.push(digest)
    judged.levels.push(verdict === 'accepted' ? 'ok' : verdict)
    judged.fundings.push(values?.fundingType ?? null)
    if (findings.length > 0) judged.findings.set(at, findings)
    if (!values || digest === null) continue
    judged.accepted.push(at)
    lines.push(lineOf(values, digest, keys))
  }
  return { ...judged, lines: joinLines(lines) }
}

function lineOf(values: RosterValues, digest: string, keys: JudgeTask['keys']): NewcomerLine {
  const sealed = {
    identity_digest: digest,
    identity_sealed: sealWith(keys.identity, values.identityNo),
    phone_sealed: values.phone === null ? null : sealWith(keys.phone, values.phone),
  }
  return newcomerLine(rosterParsed(values, sealed, NOBODY))
}
