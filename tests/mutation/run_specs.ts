import { assert } from '@japa/assert'
import { configure, processCLIArgs, run } from '@japa/runner'

/** Specs of calculating cores alone, without the application: started in a second, as often as mutants need it. */
processCLIArgs(process.argv.slice(2))
configure({ suites: [{ name: 'pure', files: ['tests/unit/**/*.spec.ts'] }], plugins: [assert()] })
await run()
