import router from '@adonisjs/core/services/router'

/** Named middleware: every group of a module's routes is signed in unless it says otherwise. */
export const middleware = router.named({
  signedIn: () => import('#accounts/middleware/signed_in_middleware'),
  /** Everybody's page without a form: no session, no cookie. */
  publicPage: () => import('#shared/middleware/public_page_middleware'),
  guest: () => import('#accounts/middleware/guest_middleware'),
})
