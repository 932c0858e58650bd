import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/middleware'

const { Persons, Profiles, Records, Confirmations, Unmaskings, Assignments } = controllers.people
const { Events, EventForms, EventMoves, Changes, Distinctions, Merges } = controllers.people

router
  .group(() => {
    router.get('persons', [Persons, 'index']).as('persons.index')
    router.get('persons/export', [Persons, 'export']).as('persons.export')
    router.get('persons/pick', [Persons, 'pick']).as('persons.pick')
    router.get('events', [Events, 'index']).as('events.index')
    router.get('events/create', [EventForms, 'create']).as('events.create')
    router.post('events', [EventForms, 'store']).as('events.store')
    router
      .group(() => {
        router.get('', [Events, 'show']).as('events.show')
        router.get('edit', [EventForms, 'edit']).as('events.edit')
        router.post('revision', [EventForms, 'update']).as('events.update')
        router.post('submission', [EventMoves, 'submit']).as('event_moves.submit')
        router.post('approval', [EventMoves, 'approve']).as('event_moves.approve')
        router.post('return', [EventMoves, 'return']).as('event_moves.return')
        router.post('withdrawal', [EventMoves, 'withdraw']).as('event_moves.withdraw')
        router.post('execution', [EventMoves, 'execute']).as('event_moves.execute')
      })
      .prefix('events/:id')
      .where('id', router.matchers.number())
    router.get('changes', [Changes, 'index']).as('changes.index')
    router.get('changes/export', [Changes, 'export']).as('changes.export')
    router.get('merges', [Merges, 'index']).as('merges.index')
    router.get('merges/create', [Merges, 'create']).as('merges.create')
    router.post('merges', [Merges, 'store']).as('merges.store')
    router
      .post('merges/:id/undo', [Merges, 'undo'])
      .as('merges.undo')
      .where('id', router.matchers.number())
    router.post('distinctions', [Distinctions, 'store']).as('distinctions.store')
    router
      .post('distinctions/:id/undo', [Distinctions, 'undo'])
      .as('distinctions.undo')
      .where('id', router.matchers.number())
    router.get('persons/create', [Records, 'create']).as('persons.create')
    router.post('persons', [Records, 'store']).as('persons.store')
    router
      .group(() => {
        router.get('persons/:id', [Profiles, 'show']).as('persons.show')
        router.get('persons/:id/edit', [Records, 'edit']).as('persons.edit')
        router.post('persons/:id/correction', [Records, 'correct']).as('persons.correct')
        router.post('persons/:id/unmasking', [Unmaskings, 'store']).as('persons.unmask')
        router.post('persons/:id/confirmation', [Confirmations, 'confirm']).as('persons.confirm')
        router.post('persons/:id/objection', [Confirmations, 'object']).as('persons.object')
        router.post('persons/:id/answer', [Confirmations, 'answer']).as('persons.answer')
        router.get('assignments/:id/edit', [Assignments, 'edit']).as('assignments.edit')
        router
          .post('assignments/:id/correction', [Assignments, 'correct'])
          .as('assignments.correct')
      })
      .where('id', router.matchers.number())
  })
  .prefix('people')
  .as('people')
  .use(middleware.signedIn())
