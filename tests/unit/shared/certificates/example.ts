import type { ConservationBody, ConservationRow, FundingType } from '#shared/certificates/format'

const establishment = (people: number, quota: number) => ({ people, quota, vacant: quota - people })
const others = (people: number) => ({ people, quota: 0, vacant: 0 })

function row(
  code: string,
  fundingType: FundingType | null,
  [peopleBefore, quotaBefore]: [number, number],
  [peopleAfter, quotaAfter]: [number, number]
): ConservationRow {
  return {
    unit: { code, name: `单位${code}` },
    fundingType,
    employmentType: fundingType ? 'establishment' : 'contract',
    before: fundingType ? establishment(peopleBefore, quotaBefore) : others(peopleBefore),
    after: fundingType ? establishment(peopleAfter, quotaAfter) : others(peopleAfter),
  }
}

/** The move of the sample plan: 175 quota, 150 people, and contract people beside them. */
export function exampleBody(): ConservationBody {
  return {
    batch: {
      number: 'HZ-2022-001',
      title: '连人带编划转至融媒体中心',
      documentNo: '编发〔2022〕3号',
      effectiveDate: '2022-04-01',
    },
    rows: [
      row('GD01', 'full', [77, 90], [0, 0]),
      row('GD01', 'partial', [25, 30], [0, 0]),
      row('YQ02', 'full', [8, 10], [0, 0]),
      row('BS03', 'partial', [40, 45], [0, 0]),
      row('RM04', 'full', [0, 12], [85, 112]),
      row('RM04', 'partial', [0, 0], [65, 75]),
      row('GD01', null, [60, 0], [0, 0]),
      row('RM04', null, [0, 0], [60, 0]),
    ],
    auditHead: { seq: 4211, hash: '0123456789abcdef'.repeat(4) },
  }
}
