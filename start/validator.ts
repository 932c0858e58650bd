import { RequestValidator } from '@adonisjs/core/http'
import { CapitalMessages } from '#shared/validation'

/** Validation messages come from resources/lang/<locale>/validator.json. */
RequestValidator.messagesProvider = (ctx) => new CapitalMessages(ctx.i18n.createMessagesProvider())
