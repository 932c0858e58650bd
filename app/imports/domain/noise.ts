import { bare, headerKey } from './header_text.js'

const TOTAL = /^(?:合计|总计|小计|共计|本页合计|总人数|TOTAL)(?:[(:\d共].*)?$/i
const SIGNATURE =
  /^(?:(?:填表|制表|审核|复核|填报|报送|经办|审批|单位|部门|分管|主要)*(?:人|单位|负责人|领导|日期|时间)|联系人|联系电话|公章|盖章|注|备注|说明)(?:\(.*?\))?:/
const REPEATED_SHARE = 0.8

/**
 * A row under the header that holds no data: a total, a signature, a remark under the table, or
 * the header repeated on the next page.
 */
export function isNoise(texts: readonly string[], header: readonly string[]): boolean {
  const at = texts.findIndex((text) => text !== '')
  if (at < 0) return false
  const first = bare(texts[at])
  if (TOTAL.test(first) || SIGNATURE.test(first)) return true
  return first === bare(header[at] ?? '') && repeatsHeader(texts, header)
}

function repeatsHeader(texts: readonly string[], header: readonly string[]): boolean {
  const named = header.filter((text) => text !== '').length
  const same = texts.filter(
    (text, at) => text !== '' && headerKey(text) === headerKey(header[at] ?? '')
  )
  return named > 1 && same.length >= named * REPEATED_SHARE
}
