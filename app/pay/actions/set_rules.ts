import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { type RuleGroup } from '../domain/rules.js'
import { currentRule, SETTING_OF } from '../queries/configuration.js'

/** Sets a group of rules from a day on by a document; what was in force before stays on record. */
export async function setRules(
  input: {
    group: RuleGroup
    validFrom: string
    documentNo: string
    value: Row
    grant?: ActiveGrant | null
  },
  actor: Actor,
  trx?: Trx
) {
  const { group, validFrom, documentNo, value } = input
  await inTransaction(async (client) => {
    const before: Row = (await currentRule(group, validFrom, client)).value
    await insertRow(client, 'settings', {
      name: SETTING_OF[group],
      valid_from: validFrom,
      value: JSON.stringify(value),
      document_no: documentNo,
      version: 1,
      created_at: clock.now(),
    }).catch((error) => {
      if (!isUniqueViolation(error)) throw error
      const code = 'pay.errors.rules_there'
      throw new DomainError(code, {}, [{ field: 'valid_from', code }])
    })
    const changed = Object.keys(value).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(value[name])
    )
    await record(client, actor, {
      action: `pay.rules.${group}`,
      subjectType: 'pay_rules',
      subjectId: 1,
      changes: {
        valid_from: validFrom,
        document_no: documentNo,
        ...Object.fromEntries(changed.map((name) => [name, [before[name] ?? null, value[name]]])),
      },
      grant: input.grant,
    })
  }, trx)
}
