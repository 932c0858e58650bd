/** How a plan says what happens to a unit. */
export type ChangeWord = 'form' | 'merge' | 'restructure' | 'spin_off' | 'none'

const CHANGE_WORDS: Record<ChangeWord, readonly string[]> = {
  form: ['新组建', '组建', '新设', '设立', '成立'],
  merge: ['撤并', '合并', '撤销', '并入', '整合'],
  restructure: ['改组', '改制', '重组'],
  spin_off: ['剥离', '分立'],
  none: ['', '保留', '不变', '维持不变'],
}

/** 改革方式; null: not one of them. */
export function parseChangeWord(text: string): ChangeWord | null {
  const found = Object.entries(CHANGE_WORDS).find(([, words]) => words.includes(text.trim()))
  return found ? (found[0] as ChangeWord) : null
}

/** `广播电视台;报社、新闻网络舆情中心` → its names. */
export function splitNames(text: string): string[] {
  const names = text.split(/[;；、,，\n]/).map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

/** `市文旅公司(全资子公司)` → the body and what the unit is to it. */
export function parseSupervisor(text: string): { name: string; owned: boolean } | null {
  const match = /^(.*?)(?:[(（](.*)[)）])?$/.exec(text.trim())
  const name = match?.[1].trim()
  return name ? { name, owned: match?.[2]?.includes('子公司') ?? false } : null
}

export interface UnitPart {
  /** Name of the unit that it comes from. */
  name: string
  /** 经营性业务 and the like: only this of the unit, which itself goes on or elsewhere. */
  business: string | null
}

/** `报社经营性业务` → the business of 报社; anything else is a unit as a whole. */
export function parsePart(text: string): UnitPart {
  const match = /^(.+?)(?:的)?((?:经营性?|广告|发行|非新闻类?)[^;；]*业务)$/.exec(text)
  return match ? { name: match[1], business: match[2] } : { name: text, business: null }
}
