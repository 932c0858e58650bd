import { Exact } from '#shared/formulas/formula'
import type { Rating } from '../domain/codes.js'
import type { Figure } from '../domain/figures.js'

/** What a row says; exact decimals as text, null where the cell is blank. */
export type ResultFigures = Record<Figure, string | null>

export interface ResultParsed {
  personId: number
  personName: string
  cardId: number
  figures: ResultFigures
  rating: Rating | null
}

export interface PostValueParsed {
  nature: string
  post: string
  coefficient: string
  frontLine: boolean
}

/** Lowest and highest that make sense: a rate is a share, a bonus may be a penalty. */
const LIMITS: Record<Figure, readonly [string, string]> = {
  quantity: ['0', '1000'],
  quality: ['0', '1000'],
  attendance: ['0', '1'],
  adjustment: ['-100', '100'],
}

/** The exact number of a cell, null when it is none or out of its limits. */
export function figureOf(name: Figure, text: string): string | null {
  const percent = /%$/.test(text.trim())
  const value = Exact.parse(percent ? text.trim().slice(0, -1) : text)
  if (value === null) return null
  const exact = percent ? value.dividedBy(Exact.from(100)) : value
  const [low, high] = LIMITS[name].map((limit) => Exact.from(limit))
  if (exact.compare(low) < 0 || exact.compare(high) > 0) return null
  return exact.round(6).toString()
}
