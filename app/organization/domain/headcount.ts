export interface HeadcountFigures {
  /** 人数 of the post; null means that the post has no limit. */
  headcount: number | null
  /** People who hold the post now as their main post. */
  held: number
  /** Seats that open lines and approvals claim. */
  claimed: number
  /** Seats still free; null without a limit; never negative. */
  free: number | null
  /** People and claims above the headcount. */
  over: number
}

/** The figures of one post. Arguments are whole numbers from 0 up. */
export function headcountFigures(
  headcount: number | null,
  held: number,
  claimed = 0
): HeadcountFigures {
  const used = held + claimed
  return {
    headcount,
    held,
    claimed,
    free: headcount === null ? null : Math.max(0, headcount - used),
    over: headcount === null ? 0 : Math.max(0, used - headcount),
  }
}

/** The figures of several posts together; without a limit as soon as one of them has none. */
export function totalHeadcount(posts: readonly HeadcountFigures[]): HeadcountFigures {
  const sum = (pick: (figures: HeadcountFigures) => number | null) =>
    posts.reduce<number | null>((total, figures) => {
      const value = pick(figures)
      return total === null || value === null ? null : total + value
    }, 0)
  return {
    headcount: sum(({ headcount }) => headcount),
    held: sum(({ held }) => held)!,
    claimed: sum(({ claimed }) => claimed)!,
    free: sum(({ free }) => free),
    over: sum(({ over }) => over)!,
  }
}
