import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import { IntegrationsOverview, type IntegrationView } from '../../../platform/integrations/integrations-overview.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { IntegrationsDto } from './integration.dto.js';

@Controller('v1/schools/:schoolId/integrations')
@ApiTags('Integrations')
export class IntegrationsController {
  constructor(private readonly overview: IntegrationsOverview) {}

  @Get()
  @Requires('integration.read')
  @Operation({
    id: 'readIntegrations',
    summary: 'See how the school stands with outside systems',
    description:
      'Payments, bookkeeping, mail, text messages and the others: whether each is set up, when it last worked and when it last failed. ' +
      'Nothing is asked for it: it is what is written down anyway.',
    ok: IntegrationsDto,
  })
  read(@IdParam('schoolId') _schoolId: Id): Promise<{ readonly integrations: readonly IntegrationView[] }> {
    return this.overview.read();
  }
}
