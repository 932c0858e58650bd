/**
 * `npm run dev`: the sources with hot reload on the database of .env, prepared as `npm start` does it.
 */
import { environment, node24, run, stop } from './lib.mjs'

const node = node24()
const env = { ...environment(), NODE_ENV: 'development' }
if (run(node, ['ace.js', 'app:prepare'], { env }) !== 0) {
  stop('The database could not be prepared; the lines above say why.', '数据库准备失败,原因见上文。')
}
process.exit(run(node, ['ace.js', 'serve', '--hmr'], { env }))
