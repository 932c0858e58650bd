import db from '@adonisjs/lucid/services/db'
import { checkCertificate } from '#shared/certificates/check'
import { hashOf } from '#shared/certificates/format'
import type { CheckFinding } from '#shared/ports/db_checks'
import { checkMatching } from '../domain/matching/check.js'
import { readMarket } from '../domain/matching/read_market.js'
import { checkPlacement, type PlacementInstance } from '../domain/placement.js'
import { participantsOf } from './participants.js'
import { resultsOf } from './results.js'
import { roundById } from './rounds.js'
import { listHash } from '../sealing.js'

/**
 * What `db:check` asks of selection: each result is what its instance gives, with the pair that a
 * change makes block; hashes and certificates hold; the list of pseudonyms is the published one.
 */
export async function checkSelection(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  const rows = await db.from('selection_matchings').orderBy('id')
  for (const row of rows) {
    const say = (check: string, detail: string) => {
      findings.push({
        check: `selection.${check}`,
        detail: `selection_matchings ${row.id}: ${detail}`,
      })
    }
    const hash = hashOf(JSON.parse(row.instance))
    if (hash !== row.instance_hash) {
      say('instance', `instance_hash ${row.instance_hash}, computed ${hash}`)
    }
    const certificate = await db.from('certificates').where('id', row.certificate_id).first()
    for (const { place, expected, found } of checkCertificate(certificate?.body ?? '')) {
      say('certificate', `${place} ${found}, computed ${expected}`)
    }
    const names = await pseudonyms(Number(row.round_id))
    const results = await resultsOf(Number(row.id))
    if (row.kind === 'placement') {
      const instance: PlacementInstance = JSON.parse(row.instance)
      const asked = new Set(instance.people.map(({ id }) => id))
      const placed = results.flatMap(({ participantId, postCode, way }) => {
        const name = names.get(participantId)!
        return way === 'placed' && asked.has(name) ? [[name, postCode!]] : []
      })
      for (const { kind, applicant, post } of checkPlacement(
        instance,
        Object.fromEntries(placed)
      )) {
        say('violation', `${kind} ${applicant} ${post}`.trim())
      }
      continue
    }
    const solved = results.filter(({ way }) => ['matched', 'unplaced'].includes(way))
    const given = Object.fromEntries(
      solved.flatMap(({ participantId, postCode }) =>
        postCode === null ? [] : [[names.get(participantId)!, postCode]]
      )
    )
    const { blockingPairs, violations } = checkMatching(readMarket(row.instance), given)
    for (const { applicant, post } of blockingPairs) say('pair', `${applicant} and ${post} block`)
    for (const { kind, applicant, post } of violations) {
      say('violation', `${kind} ${applicant} ${post}`.trim())
    }
  }
  return [...findings, ...(await checkLists())]
}

async function pseudonyms(roundId: number): Promise<Map<number, string>> {
  const rows = await db
    .from('selection_participants')
    .where('round_id', roundId)
    .select('id', 'pseudonym')
  return new Map(rows.map((row) => [Number(row.id), row.pseudonym]))
}

async function checkLists(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  const rows = await db.from('selection_rounds').whereNotNull('list_hash').select('id')
  for (const { id } of rows) {
    const round = await roundById(Number(id))
    const hash = listHash(round.saltSealed, await participantsOf(round.id))
    if (hash !== round.listHash) {
      findings.push({
        check: 'selection.list',
        detail: `selection_rounds ${id}: list_hash ${round.listHash}, computed ${hash}`,
      })
    }
  }
  return findings
}
