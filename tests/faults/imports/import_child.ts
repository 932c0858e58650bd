/**
 * A process of its own that checks or commits an import:
 * `import_child.ts <check|commit> <import id> <where>`. With `inside` a commit stops for good after
 * the last write and before COMMIT. Says `begin` and `inside` or `done` on its standard output, for
 * the one who will kill it.
 */
import { createIgnitor } from '../../../bin/ignitor.js'

const [verb, id, where] = process.argv.slice(2)
const app = createIgnitor().createApp('console')
await app.init()
await app.boot()
await app.start(async () => {})

const { Actor } = await import('#shared/actor')
const { clock } = await import('#shared/clock')
const { importsPort } = await import('#shared/ports/imports')
const { checkImport } = await import('#imports/actions/check_import')
const { writeImport } = await import('#imports/actions/commit_import')

clock.freeze('2022-01-10')
if (where === 'inside') stopBeforeCommit()
process.stdout.write('begin\n')
if (verb === 'check') await checkImport(Number(id))
else await writeImport(Number(id), Actor.system('tests'))
process.stdout.write('done\n')
process.exit(0)

function stopBeforeCommit() {
  const roster = importsPort.get('roster')
  importsPort.register({
    ...roster,
    async write(...args) {
      const counts = await roster.write(...args)
      process.stdout.write('inside\n')
      await new Promise(() => setInterval(() => {}, 1_000))
      return counts
    },
  })
}
