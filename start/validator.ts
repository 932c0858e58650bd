import { RequestValidator } from '@adonisjs/core/http'
import { FieldMessages } from '#shared/validation'

/** Validation messages come from resources/lang/<locale>/validator.json. */
RequestValidator.messagesProvider = ({ i18n, route }) =>
  new FieldMessages(i18n, route?.name?.split('.')[0] ?? 'shared')
