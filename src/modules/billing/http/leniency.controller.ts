import { Body, Controller, Delete, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import { SubscriptionNotFound, TrialOver } from '../domain/billing-problems.js';
import { SubscriptionReader, type SubscriptionView } from '../queries/subscription-reader.js';
import { GrantLeniency } from '../use-cases/grant-leniency.js';
import { ExemptSchoolDto, SetTrialDto } from './billing.dto.js';
import { SubscriptionDto } from './subscription.dto.js';

@Controller('v1/schools/:schoolId/subscription')
@ApiTags('Subscriptions')
export class LeniencyController {
  constructor(
    private readonly grant: GrantLeniency,
    private readonly subscriptions: SubscriptionReader,
  ) {}

  @Put('trial')
  @Requires('subscription.grant')
  @Operation({
    id: 'setSubscriptionTrial',
    summary: 'Let a school try things out for longer',
    description: 'Also one whose trial is over, while it has not left a card.',
    ok: SubscriptionDto,
    problems: [SubscriptionNotFound, TrialOver],
  })
  async trial(@IdParam('schoolId') _schoolId: Id, @Body() { endsAt, reason }: SetTrialDto): Promise<SubscriptionView> {
    await this.grant.setTrial(new Date(endsAt), reason);
    return this.subscriptions.get();
  }

  @Put('exemption')
  @Requires('subscription.grant')
  @Operation({
    id: 'exemptSchool',
    summary: 'Let a school go on without paying',
    description:
      'It is in good standing until that is taken back. Bills that the payment provider makes are not stopped by it.',
    ok: SubscriptionDto,
    problems: [SubscriptionNotFound],
  })
  async exempt(@IdParam('schoolId') _schoolId: Id, @Body() { reason }: ExemptSchoolDto): Promise<SubscriptionView> {
    await this.grant.exempt(reason);
    return this.subscriptions.get();
  }

  @Delete('exemption')
  @Requires('subscription.grant')
  @Operation({
    id: 'endSchoolExemption',
    summary: 'Let a school pay again',
    description: 'What it owes counts from when it was due. Does nothing where the school is not exempt.',
    ok: SubscriptionDto,
    problems: [SubscriptionNotFound],
  })
  async endExemption(@IdParam('schoolId') _schoolId: Id): Promise<SubscriptionView> {
    await this.grant.endExemption();
    return this.subscriptions.get();
  }
}
