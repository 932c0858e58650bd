import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { passSecondStep, signIn, type SignedIn } from '../actions/sign_in.js'
import { signOutEverywhere } from '../actions/manage_user.js'
import User from '../models/user.js'
import { demoAccounts } from '../queries/demo_accounts.js'
import { codeValidator, signInValidator } from '../validators/accounts.js'

const CODE_MINUTES = 5

export default class SessionController {
  async create({ view }: HttpContext) {
    return view.render('pages/accounts/sign_in', { demoAccounts: await demoAccounts() })
  }

  async store(ctx: HttpContext) {
    const { username, password } = await ctx.request.validateUsing(signInValidator)
    const requestId = ctx.request.id() ?? null
    const result = await signIn({ username, password, address: ctx.request.ip(), requestId })
    if (result.needsCode) {
      const { userId, epoch } = result
      ctx.session.put('waiting_for_code', { userId, epoch, at: clock.epoch() })
      return ctx.response.redirect().toRoute('accounts.session.code')
    }
    return this.start(ctx, result)
  }

  async code({ session, view, response }: HttpContext) {
    if (!session.has('waiting_for_code')) {
      return response.redirect().toRoute('accounts.session.create')
    }
    return view.render('pages/accounts/code')
  }

  async storeCode(ctx: HttpContext) {
    const waiting = ctx.session.get('waiting_for_code')
    if (!waiting || clock.epoch() - waiting.at > CODE_MINUTES * 60_000) {
      ctx.session.forget('waiting_for_code')
      return ctx.response.redirect().toRoute('accounts.session.create')
    }
    const { code } = await ctx.request.validateUsing(codeValidator)
    const requestId = ctx.request.id() ?? null
    const address = ctx.request.ip()
    const { userId, epoch } = waiting
    const result = await passSecondStep({ userId, epoch, code, address, requestId })
    ctx.session.forget('waiting_for_code')
    return this.start(ctx, result)
  }

  async destroy({ auth, response }: HttpContext) {
    await auth.use('web').logout()
    return response.redirect().toRoute('accounts.session.create')
  }

  async destroyAll({ actor, session, response, i18n }: HttpContext) {
    session.put('epoch', await signOutEverywhere(actor!))
    session.flash('success', i18n.t('accounts.signed_out_everywhere'))
    return response.redirect().withQs().back()
  }

  private async start({ auth, session, response, i18n }: HttpContext, signedIn: SignedIn) {
    const { userId, failures, epoch } = signedIn
    if (failures > 0)
      session.flash('warning', i18n.t('accounts.failed_before', { count: failures }))
    const user = await User.findOrFail(userId)
    const target = session.pull('after_sign_in', '/')
    await auth.use('web').login(user)
    session.put('signed_in_at', clock.epoch())
    session.put('epoch', epoch)
    // Only paths of this application: the address was stored by the application itself.
    return response.redirect(typeof target === 'string' && /^\/(?!\/)/.test(target) ? target : '/')
  }
}
