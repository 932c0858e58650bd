import type { I18n } from '@adonisjs/i18n'
import type { Register } from '#shared/spreadsheets/register_writer'
import { scoreText } from '../domain/scores.js'
import type { Account } from '../queries/account.js'
import type { ContractRow } from '../queries/contracts.js'
import type { Participant } from '../queries/participants.js'
import type { SelectionPost } from '../queries/posts.js'
import type { ResultRow } from '../queries/results.js'
import type { RoundRow } from '../queries/rounds.js'

/** Everybody of a round and what has become of them; nothing of what anybody chose. */
export function participantRegister(
  round: RoundRow,
  people: readonly Participant[],
  account: Account,
  i18n: I18n
): Register {
  const t = (key: string) => i18n.t(key)
  return {
    title: round.name,
    sheets: [
      {
        name: t('selection.tabs.people'),
        columns: [
          { header: t('selection.fields.person'), width: 12 },
          { header: t('selection.fields.identity'), width: 22 },
          { header: t('selection.fields.from_unit'), width: 22 },
          { header: t('selection.fields.department'), width: 20 },
          { header: t('selection.fields.nature'), width: 10 },
          { header: t('selection.fields.answer'), width: 12 },
          { header: t('selection.fields.stand'), width: 18 },
        ],
        rows: people.map((person) => [
          person.name,
          person.identityMasked,
          person.unitName,
          person.departmentName,
          t(`shared.nature.${person.nature}`),
          t(`selection.answers.${person.answer}`),
          t(`selection.stands.${account.stands.get(person.id) ?? 'open'}`),
        ]),
      },
    ],
  }
}

/** The result by person, with the figures that decided, and by post. */
export function resultRegister(
  round: RoundRow,
  people: readonly Participant[],
  results: readonly ResultRow[],
  posts: readonly SelectionPost[],
  i18n: I18n
): Register {
  const t = (key: string) => i18n.t(key)
  const byId = new Map(people.map((person) => [person.id, person]))
  const codes = new Map(posts.map((post) => [post.code, post]))
  return {
    title: round.name,
    sheets: [
      {
        name: t('selection.tabs.result'),
        columns: [
          { header: t('selection.fields.person'), width: 12 },
          { header: t('selection.fields.identity'), width: 22 },
          { header: t('selection.fields.from_unit'), width: 20 },
          { header: t('selection.fields.post'), width: 22 },
          { header: t('selection.fields.to_unit'), width: 20 },
          { header: t('selection.fields.choice'), kind: 'number', width: 10 },
          { header: t('selection.fields.way'), width: 12 },
          { header: t('selection.fields.by_lot'), width: 12 },
        ],
        rows: results.map((row) => {
          const person = byId.get(row.participantId)
          return [
            person?.name ?? '',
            person?.identityMasked ?? '',
            person?.unitName ?? '',
            row.postCode ? `${row.postCode} ${row.postName}` : '',
            row.unitName ?? '',
            row.choice ?? '',
            t(`selection.ways.${row.way}`),
            t(row.why.decidedByLot ? 'shared.words.yes' : 'shared.words.no'),
          ]
        }),
      },
      {
        name: t('selection.parts.why'),
        columns: [
          { header: t('selection.fields.person'), width: 12 },
          { header: t('selection.fields.choice'), kind: 'number', width: 10 },
          { header: t('selection.fields.post'), width: 22 },
          { header: t('selection.fields.places'), kind: 'number', width: 8 },
          { header: t('selection.fields.own_score'), kind: 'number', width: 10 },
          { header: t('selection.fields.last_score'), kind: 'number', width: 12 },
          { header: t('selection.parts.why'), width: 16 },
        ],
        rows: results.flatMap((row) =>
          row.why.wishes.map((wish) => [
            byId.get(row.participantId)?.name ?? '',
            wish.choice,
            `${wish.post} ${codes.get(wish.post)?.name ?? ''}`,
            wish.places,
            scoreText(wish.ownCenti),
            scoreText(wish.lastCenti),
            t(`selection.verdicts.${wish.verdict}`),
          ])
        ),
      },
    ],
  }
}

export function contractRegister(rows: readonly ContractRow[], i18n: I18n): Register {
  const t = (key: string) => i18n.t(key)
  return {
    title: t('selection.pages.contracts'),
    sheets: [
      {
        name: t('selection.pages.contracts'),
        columns: [
          { header: t('selection.fields.person'), width: 12 },
          { header: t('selection.fields.identity'), width: 22 },
          { header: t('selection.fields.unit'), width: 20 },
          { header: t('selection.fields.form'), width: 12 },
          { header: t('selection.fields.employer'), width: 26 },
          { header: t('selection.fields.hired_on'), kind: 'date', width: 12 },
          { header: t('selection.fields.starts_on'), kind: 'date', width: 12 },
          { header: t('selection.fields.ends_on'), kind: 'date', width: 14 },
          { header: t('selection.fields.average_pay'), kind: 'money_fen', width: 14 },
        ],
        rows: rows.map((row) => [
          row.name,
          row.identityMasked,
          row.unitName,
          t(`selection.forms.${row.form}`),
          row.employer,
          row.hiredOn,
          row.startsOn,
          row.endsOn ?? t('selection.open_ended'),
          row.averagePayFen,
        ]),
      },
    ],
  }
}
