/** The four figures of a sheet of results, each with the indicator of the library that it belongs to. */
export const FIGURES = ['quantity', 'quality', 'attendance', 'adjustment'] as const
export type Figure = (typeof FIGURES)[number]

/** The indicators of the library that the columns of a sheet of results belong to. */
export const FIGURE_INDICATORS: Record<Figure, { code: string; name: string; measure: string }> = {
  quantity: { code: 'GZL', name: '工作量分', measure: '分' },
  quality: { code: 'ZLF', name: '质量分', measure: '分' },
  attendance: { code: 'CQL', name: '出勤率', measure: '比例' },
  adjustment: { code: 'JJF', name: '加减分', measure: '分' },
}
