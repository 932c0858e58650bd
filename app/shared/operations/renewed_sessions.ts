import { configProvider } from '@adonisjs/core'
import type { ConfigProvider } from '@adonisjs/core/types'
import type { SessionStoreFactory } from '@adonisjs/session/types'
import { clock } from '#shared/clock'

/** How much earlier than its limit an idle session may end. */
const RENEWED_EVERY_MS = 60_000
const MOST = 10_000

/**
 * A store that renews the end of an idle session once a minute, where the framework writes at every
 * page that is looked at. Each process of several remembers its own.
 */
export function renewedByMinute(provider: ConfigProvider<SessionStoreFactory>) {
  const renewed = new Map<string, number>()
  return configProvider.create(async (app) => {
    const create = (await configProvider.resolve<SessionStoreFactory>(app, provider))!
    const factory: SessionStoreFactory = (ctx, config) => {
      const store = create(ctx, config)
      const touch = store.touch.bind(store)
      store.touch = async (id) => {
        const now = clock.epoch()
        if (Math.abs(now - (renewed.get(id) ?? -Infinity)) < RENEWED_EVERY_MS) return
        await touch(id)
        if (renewed.size >= MOST) renewed.delete(renewed.keys().next().value!)
        renewed.set(id, now)
      }
      return store
    }
    return factory
  })
}
