import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { OwnSecondFactorFirst } from '../domain/identity-problems.js';
import { Requires } from '../domain/requires.js';
import { SignInRulesReader, type SignInRulesView } from '../queries/sign-in-rules-reader.js';
import { ChangeSignInRules } from '../use-cases/change-sign-in-rules.js';
import { SignInRulesDto } from './sign-in-rules.dto.js';

@Controller('v1/schools/:schoolId/sign-in-rules')
@ApiTags('Members')
export class SignInRulesController {
  constructor(
    private readonly rules: SignInRulesReader,
    private readonly changeRules: ChangeSignInRules,
  ) {}

  @Get()
  @Requires('member.read')
  @Operation({
    id: 'getSignInRules',
    summary: 'Read from whom the school demands a second factor',
    description: 'Who has one stands in the list of members.',
    ok: SignInRulesDto,
  })
  read(@IdParam('schoolId') _schoolId: Id): Promise<SignInRulesView> {
    return this.rules.read();
  }

  @Put()
  @Conditional()
  @Requires('sign_in_rules.manage')
  @Operation({
    id: 'updateSignInRules',
    summary: 'Say from whom the school demands a second factor',
    description:
      'It counts with the next request: whoever has none is answered 403 `auth.second_factor_needed` until one is set up at ' +
      '/account/second-factor. An owner who demands it of owners has to have one first. Students, guardians and API keys are never asked.',
    ok: SignInRulesDto,
    problems: [OwnSecondFactorFirst],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: SignInRulesDto,
  ): Promise<SignInRulesView> {
    return this.changeRules.execute(actor, body);
  }
}
