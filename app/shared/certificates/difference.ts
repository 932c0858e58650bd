export type DifferenceCode =
  | 'unreadable'
  | 'duplicate_key'
  | 'missing'
  | 'unknown_field'
  | 'wrong_kind'
  | 'hash'
  | 'part_hash'
  | 'delta'
  | 'sum'
  | 'not_conserved'
  | 'vacancy'
  | 'repeated_row'

/** One thing that does not agree: where, what it should be, what the certificate says. */
export interface Difference {
  code: DifferenceCode
  /** Path in the certificate: `body.rows[3].after.people`. */
  place: string
  expected: string
  found: string
}

type Sentence = (difference: Difference) => string

const chinese: Record<DifferenceCode, Sentence> = {
  unreadable: ({ found }) => `不是可读的 JSON 文件：${found}`,
  duplicate_key: ({ place }) => `${place}：同一字段出现两次`,
  missing: ({ place }) => `${place}：缺少该字段`,
  unknown_field: ({ place }) => `${place}：多出的字段`,
  wrong_kind: ({ place, expected, found }) => `${place}：应为 ${expected}，实为 ${found}`,
  hash: ({ expected, found }) =>
    `hash：整份证书的 SHA-256 不符，重新计算为 ${expected}，证书所载为 ${found}`,
  part_hash: ({ place, expected, found }) =>
    `${place}：内容与其校验值不符，重新计算为 ${expected}，证书所载为 ${found}`,
  delta: ({ place, expected, found }) => `${place}：增减数应为 ${expected}，证书所载为 ${found}`,
  sum: ({ place, expected, found }) => `${place}：合计应为 ${expected}，证书所载为 ${found}`,
  not_conserved: ({ place, expected, found }) =>
    `${place}：划转前后合计不等，划转前 ${expected}，划转后 ${found}`,
  vacancy: ({ place, expected, found }) =>
    `${place}：空编应等于编制减实有 ${expected}，证书所载为 ${found}`,
  repeated_row: ({ place, found }) => `${place}：同一单位同一类别重复出现（${found}）`,
}

const english: Record<DifferenceCode, Sentence> = {
  unreadable: ({ found }) => `not readable JSON: ${found}`,
  duplicate_key: ({ place }) => `${place}: the same field stands twice`,
  missing: ({ place }) => `${place}: missing`,
  unknown_field: ({ place }) => `${place}: not part of the format`,
  wrong_kind: ({ place, expected, found }) => `${place}: expected ${expected}, found ${found}`,
  hash: ({ expected, found }) =>
    `hash: the SHA-256 of the certificate differs, computed ${expected}, stated ${found}`,
  part_hash: ({ place, expected, found }) =>
    `${place}: the content does not match its hash, computed ${expected}, stated ${found}`,
  delta: ({ place, expected, found }) => `${place}: the change is ${expected}, stated ${found}`,
  sum: ({ place, expected, found }) => `${place}: the sum is ${expected}, stated ${found}`,
  not_conserved: ({ place, expected, found }) =>
    `${place}: before and after differ, before ${expected}, after ${found}`,
  vacancy: ({ place, expected, found }) =>
    `${place}: vacancies must be quota less people, ${expected}, stated ${found}`,
  repeated_row: ({ place, found }) => `${place}: the same unit and kind stands twice (${found})`,
}

/**
 * The difference as a sentence that begins with its place. The words live here and not in the
 * translation files, so that a certificate can be checked without the application.
 */
export function describeDifference(difference: Difference, locale: 'zh-CN' | 'en' = 'zh-CN') {
  return (locale === 'en' ? english : chinese)[difference.code](difference)
}
