import { Injectable, Logger } from '@nestjs/common';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { TheoryPlatform } from '../ports/theory-platform.js';
import { TheoryCatalogues } from '../queries/theory-catalogues.js';

/** Reads twice a day what the platform teaches. */
@Injectable()
export class ReadTheoryCatalogue {
  private readonly logger = new Logger(ReadTheoryCatalogue.name);

  constructor(
    private readonly platform: TheoryPlatform,
    private readonly catalogues: TheoryCatalogues,
  ) {}

  @Schedule('education.read-theory-catalogue', { every: { hours: 12 } })
  async run(now: Date): Promise<void> {
    if (!this.platform.isAvailable) return;
    const answer = await this.platform.catalogue();
    if (answer.outcome === 'read') return this.catalogues.keep(answer.catalogue, now);
    this.logger.warn({ reason: answer.reason }, 'the theory platform’s catalogue stays as it was');
  }
}
