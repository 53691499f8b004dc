import { BoolField, EnumField, InstantField, ListField, TextField } from '../../../platform/http/fields.js';
import {
  type IntegrationKind,
  integrationKinds,
  type IntegrationState,
  integrationStates,
} from '../../../platform/integrations/tells-integration.js';

export class IntegrationDto {
  @EnumField(integrationKinds, { description: 'What it is for.', example: 'payments', name: 'IntegrationKind' })
  kind: IntegrationKind;

  @TextField({
    description: 'Who does it; null where nobody in particular, or several do.',
    example: 'stripe',
    max: 80,
    nullable: true,
  })
  provider: string | null;

  @EnumField(integrationStates, {
    description:
      '`off`: not set up. `failing`: what was last tried failed. `disconnected`: somebody has to connect it again.',
    example: 'ok',
    name: 'IntegrationState',
  })
  state: IntegrationState;

  @InstantField({
    description: 'When something last succeeded, of what is kept.',
    example: '2026-12-01T09:00:00.000Z',
    nullable: true,
  })
  lastSuccessAt: Date | null;

  @InstantField({ description: 'When something last failed, of what is kept.', example: null, nullable: true })
  lastFailureAt: Date | null;

  @TextField({ description: 'Why, in a word.', example: null, max: 500, nullable: true })
  lastFailure: string | null;

  @BoolField({
    description: 'Whether calls are kept away from it for the moment, by the process that answers.',
    example: false,
  })
  isCircuitOpen: boolean;
}

export class IntegrationsDto {
  @ListField(() => IntegrationDto, { description: 'Each outside system that the school may use.' })
  integrations: IntegrationDto[];
}
