import { RequestValidator } from '@adonisjs/core/http'

/** Validation messages come from resources/lang/<locale>/validator.json. */
RequestValidator.messagesProvider = (ctx) => ctx.i18n.createMessagesProvider()
