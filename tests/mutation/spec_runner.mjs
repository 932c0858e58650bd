/**
 * Runs the specs of a core for Stryker, without the application and many times in one process: Japa
 * reads the spec files once, then each mutant meets those of their tests that come by it, up to the
 * first that fails. A mutant in what a module does when it is loaded gets a process of its own, one
 * that does not come to an end is stopped by the count of its rounds or by the clock.
 *
 * Every mutant meets the same generated cases.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { assert } from '@japa/assert'
import { configure, run } from '@japa/runner'
import { TestContext } from '@japa/runner/core'
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin'
import { determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner'
import fc from 'fast-check'
import { specs } from './cores.mjs'

const COMPLETE = 'complete'
const [SUCCESS, FAILED] = [0, 1]
const NO_TEST = ' '

class SpecRunner {
  /** What the mutated code looks at. */
  context = (globalThis.__stryker__ ??= {})
  tests

  capabilities() {
    return { reloadEnvironment: false }
  }

  async dryRun() {
    const result = await this.meet(() => true)
    return { ...result, mutantCoverage: this.context.mutantCoverage }
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }) {
    const { context } = this
    context.hitLimit = hitLimit
    context.hitCount = hitLimit === undefined ? undefined : 0
    context.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined
    try {
      this.tests ??= await planned()
    } catch (error) {
      const { message } = error
      return { status: 'killed', killedBy: ['load'], failureMessage: message, nrOfTests: 1 }
    }
    context.activeMutant = activeMutant.id
    const result = await this.meet((id) => testFilter?.includes(id) ?? true, 'bail')
    return toMutantRunResult(determineHitLimitReached(context.hitCount, hitLimit) ?? result)
  }

  async meet(isAsked, bail) {
    this.tests ??= await planned()
    const tests = []
    for (const [id, execute] of this.tests) {
      if (!isAsked(id)) continue
      this.context.currentTestId = id
      const test = { id, name: id, status: SUCCESS, timeSpentMs: 0 }
      const begin = performance.now()
      try {
        await execute()
      } catch (error) {
        Object.assign(test, { status: FAILED, failureMessage: String(error?.message ?? error) })
      }
      test.timeSpentMs = performance.now() - begin
      tests.push(test)
      if (bail && test.status === FAILED) break
    }
    this.context.currentTestId = undefined
    return { status: COMPLETE, tests }
  }
}

/** What each test does, by its place and name; Japa plans them and is left nothing to run itself. */
async function planned() {
  const suites = []
  let failure
  fc.configureGlobal({ seed: 1, endOnFailure: true })
  configure({
    suites: [
      {
        name: 'mutants',
        files: () => specs.map((spec) => pathToFileURL(resolve(spec))),
        configure: (suite) => suites.push(suite),
      },
    ],
    plugins: [assert()],
    reporters: { activated: [] },
    filters: { tests: [NO_TEST] },
    importer: (file) => import(file.href).catch((error) => (failure ??= error)),
  })
  await run()
  if (failure) throw failure
  const tests = suites.flatMap(({ stack }) => stack.flatMap((one) => one.tests ?? [one]))
  return tests.flatMap((test, at) =>
    (test.dataset ?? [undefined]).map((row, place) => [
      `${at}.${place} ${test.parent?.title ?? ''}: ${test.title}`,
      () => test.options.executor(new TestContext(test), row),
    ])
  )
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'specs', SpecRunner)]
