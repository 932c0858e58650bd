import { BaseModel, column } from '@adonisjs/lucid/orm'

/** The account behind a session. Everything else about it is read by queries and written by actions. */
export default class User extends BaseModel {
  @column({ isPrimary: true })
  declare id: number

  @column()
  declare username: string

  @column()
  declare name: string

  @column()
  declare personId: number | null

  @column({ serializeAs: null })
  declare password: string

  @column({ consume: Boolean })
  declare mustChangePassword: boolean

  @column()
  declare passwordChangedAt: string | null

  @column()
  declare sessionEpoch: number

  @column()
  declare state: 'active' | 'disabled'

  @column()
  declare locale: string

  @column({ consume: Boolean })
  declare demo: boolean
}
