import type { HttpContext } from '@adonisjs/core/http'

export default class HomeController {
  show({ actor }: HttpContext) {
    return actor!.name
  }
}
