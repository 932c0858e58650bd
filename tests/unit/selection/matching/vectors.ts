import { readFileSync } from 'node:fs'
import type { Assignments, MatchingInstance } from '#selection/domain/matching/types'

export interface Vector {
  name: string
  instance: MatchingInstance
  check?: Assignments
  expect: {
    assignments?: Assignments
    unplaced?: string[]
    unmetMinimums?: unknown[]
    unknownPosts?: string[]
    weaklyStable?: boolean
    stableCount?: number
    stable?: boolean
    blockingPairs?: unknown[]
  }
}

const FILE = new URL('../../../fixtures/vectors/matching.json', import.meta.url)
export const VECTORS: Vector[] = JSON.parse(readFileSync(FILE, 'utf8')).cases
