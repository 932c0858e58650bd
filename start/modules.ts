import { registerAudit } from '#audit/register'
import { registerCalendar } from '#calendar/register'
import { registerDecisions } from '#decisions/register'
import { registerImports } from '#imports/register'
import { registerOrganization } from '#organization/register'
import { registerPeople } from '#people/register'
import { registerAccounts } from '#accounts/register'
import { registerDiscipline } from '#discipline/register'
import { registerTransfers } from '#transfers/register'
import { registerSelection } from '#selection/register'
import { registerRecruitment } from '#recruitment/register'
import { registerPerformance } from '#performance/register'
import { registerPay } from '#pay/register'
import { registerGovernance } from '#governance/register'
import { registerProgramme } from '#programme/register'
import { registerFunds } from '#funds/register'
import { registerAssessment } from '#assessment/register'
import { registerDashboard } from '#dashboard/register'

/** One line a module, in the order of docs/architecture.md. */
export function registerModules() {
  registerAudit()
  registerCalendar()
  registerDecisions()
  registerImports()
  registerOrganization()
  registerPeople()
  registerAccounts()
  registerDiscipline()
  registerTransfers()
  registerSelection()
  registerRecruitment()
  registerPerformance()
  registerPay()
  registerGovernance()
  registerProgramme()
  registerFunds()
  registerAssessment()
  registerDashboard()
}
