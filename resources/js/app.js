import * as Turbo from '@hotwired/turbo'
import { Application } from '@hotwired/stimulus'
import ShellController from './controllers/shell_controller.js'
import SuggestController from './controllers/suggest_controller.js'
import PopmenuController from './controllers/popmenu_controller.js'
import ComboController from './controllers/combo_controller.js'
import AutosubmitController from './controllers/autosubmit_controller.js'
import PollController from './controllers/poll_controller.js'
import GridController from './controllers/grid_controller.js'
import BulkController from './controllers/bulk_controller.js'
import FiledropController from './controllers/filedrop_controller.js'
import ChoiceController from './controllers/choice_controller.js'
import ScoringController from './controllers/scoring_controller.js'
import UnsavedController from './controllers/unsaved_controller.js'
import RefreshController from './controllers/refresh_controller.js'
import { askInDialog } from './confirm.js'

const application = Application.start()
application.register('shell', ShellController)
application.register('suggest', SuggestController)
application.register('popmenu', PopmenuController)
application.register('combo', ComboController)
application.register('autosubmit', AutosubmitController)
application.register('poll', PollController)
application.register('grid', GridController)
application.register('bulk', BulkController)
application.register('filedrop', FiledropController)
application.register('choice', ChoiceController)
application.register('scoring', ScoringController)
application.register('unsaved', UnsavedController)
application.register('refresh', RefreshController)

Turbo.config.forms.confirm = askInDialog
// A visit that another one overtakes breaks off its answer, and Turbo lets nobody catch that.
addEventListener('unhandledrejection', (event) => {
  if (event.reason?.name === 'AbortError') event.preventDefault()
})
Turbo.config.drive.progressBarDelay = 300
