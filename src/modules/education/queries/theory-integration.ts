import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { type IntegrationStatus, TellsIntegration } from '../../../platform/integrations/tells-integration.js';
import type { TheorySettingsSchema } from '../domain/theory-settings.js';
import { TheoryPlatform } from '../ports/theory-platform.js';

/** The theory platform, by the hourly reading of its reports. */
@Injectable()
export class TheoryIntegration {
  constructor(
    private readonly em: EntityManager,
    private readonly platform: TheoryPlatform,
  ) {}

  @TellsIntegration()
  async tell(): Promise<IntegrationStatus[]> {
    const settings = await schoolQuery<Tables<typeof TheorySettingsSchema>>(this.em)
      .selectFrom('theory_settings')
      .select(['enabled', 'read_at', 'failures'])
      .executeTakeFirst();
    const isOn = this.platform.isAvailable && settings?.enabled === true;
    const isFailing = isOn && settings.failures > 0;
    return [
      {
        kind: 'theory',
        provider: isOn ? this.platform.provider : null,
        state: isOn ? (isFailing ? 'failing' : 'ok') : 'off',
        lastSuccessAt: settings?.read_at ?? null,
        lastFailureAt: null,
        lastFailure: isFailing ? 'its reports could not be read' : null,
      },
    ];
  }
}
