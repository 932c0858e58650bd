import { HealthChecks } from '@adonisjs/core/health'
import {
  BackupCheck,
  DatabaseCheck,
  DiskCheck,
  DrainCheck,
  QueueCheck,
} from '#shared/operations/health_checks'

/** What `/health/ready` asks: an error takes the instance out of service, a warning only asks for a look. */
export const readiness = new HealthChecks().register([
  new DrainCheck(),
  new DatabaseCheck(),
  new DiskCheck(),
  new QueueCheck(),
  new BackupCheck(),
])
