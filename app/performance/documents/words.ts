import type { Rating } from '../domain/codes.js'
import { RATING_SPELLINGS } from '../domain/codes.js'

/** Official documents are Chinese whatever the reader's language. */
export function ratingName(rating: Rating | null): string {
  return rating === null ? '—' : RATING_SPELLINGS[rating][0]
}

export function employmentName(type: string): string {
  return { establishment: '在编', contract: '编外' }[type] ?? type
}
