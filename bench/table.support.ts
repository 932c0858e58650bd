import type { HttpContext, Router } from '@adonisjs/core/http'

export const VIEWS = new URL('./views/', import.meta.url)

/** A page that asks the database for nothing of its own: what is left is the way of a request. */
export const TABLE = '/bench/table'

const rows = Array.from({ length: 50 }, (_, index) => ({
  id: index + 1,
  name: `王小${index}`,
  unit: '融媒体中心',
  department: '新闻部',
  post: '编辑',
  employment: '在编',
  funding: '全额拨款',
  grade: '专业技术十级',
}))

/** The page at TABLE, the same whoever serves it. */
export function addTable(router: Router, signedIn: (ctx: HttpContext) => unknown) {
  return router.get(TABLE, async (ctx) => {
    await signedIn(ctx)
    return ctx.view.render('bench::table', { rows })
  })
}
