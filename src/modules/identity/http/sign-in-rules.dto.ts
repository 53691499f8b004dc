import { EnumField } from '../../../platform/http/fields.js';
import { type SecondFactorDemand, secondFactorDemands } from '../domain/sign-in-rules.js';

export class SignInRulesDto {
  @EnumField(secondFactorDemands, {
    description:
      'Whose roles count with a second factor alone: nobody’s; managers: owners’ and the office’s; staff: the teachers’ as well.',
    example: 'managers',
    name: 'SecondFactorDemand',
  })
  secondFactorFor: SecondFactorDemand;
}
