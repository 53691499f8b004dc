import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser, type SignedInUser } from '../../../platform/auth/actor.js';
import { Uncounted } from '../../../platform/http/rate-limit/limit-problems.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { RequestSender, type Sender } from '../../../platform/http/sender.js';
import {
  ConfirmationCodeWrong,
  PasswordWrong,
  SecondFactorEnabled,
  SecondFactorNotEnabled,
  TooManyAttempts,
} from '../domain/identity-problems.js';
import { Requires } from '../domain/requires.js';
import { SecondFactorReader, type SecondFactorView } from '../queries/second-factor-reader.js';
import { ConfirmSecondFactor } from '../use-cases/confirm-second-factor.js';
import { EnrolSecondFactor, type OfferedSecondFactor } from '../use-cases/enrol-second-factor.js';
import { RenewRecoveryCodes } from '../use-cases/renew-recovery-codes.js';
import { TurnOffSecondFactor } from '../use-cases/turn-off-second-factor.js';
import {
  ConfirmSecondFactorDto,
  EnrolSecondFactorDto,
  OfferedSecondFactorDto,
  ProvenDto,
  RecoveryCodesDto,
  SecondFactorDto,
} from './second-factor.dto.js';

@Controller('v1/me/second-factor')
@ApiTags('Signing in')
@Requires('account.update')
export class SecondFactorController {
  constructor(
    private readonly reader: SecondFactorReader,
    private readonly enrolSecondFactor: EnrolSecondFactor,
    private readonly confirmSecondFactor: ConfirmSecondFactor,
    private readonly renewRecoveryCodes: RenewRecoveryCodes,
    private readonly turnOffSecondFactor: TurnOffSecondFactor,
  ) {}

  @Get()
  @Operation({
    id: 'getMySecondFactor',
    summary: 'Do I sign in with a second factor?',
    description: 'And how many recovery codes are left.',
    ok: SecondFactorDto,
  })
  get(@CurrentUser() { userId }: SignedInUser): Promise<SecondFactorView> {
    return this.reader.of(userId);
  }

  @Post()
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'enrolSecondFactor',
    summary: 'Set up an authenticator app',
    description: 'Scan the picture with the app, then confirm with the code it shows. Until then nothing changes.',
    ok: OfferedSecondFactorDto,
    problems: [PasswordWrong, SecondFactorEnabled, new TooManyAttempts(), Uncounted],
  })
  enrol(
    @CurrentUser() { userId }: SignedInUser,
    @Body() { password }: EnrolSecondFactorDto,
    @RequestSender() sender: Sender,
  ): Promise<OfferedSecondFactor> {
    return this.enrolSecondFactor.execute(userId, password, sender);
  }

  @Post('confirm')
  @AnswerNotStored('it holds recovery codes')
  @Operation({
    id: 'confirmSecondFactor',
    summary: 'Put the second factor in force',
    description:
      'From now on signing in needs a code. This session goes on; every other one ends. The answer holds the recovery codes, once.',
    ok: RecoveryCodesDto,
    problems: [SecondFactorNotEnabled, SecondFactorEnabled, ConfirmationCodeWrong, new TooManyAttempts(), Uncounted],
  })
  confirm(
    @CurrentUser() user: SignedInUser,
    @Body() { code }: ConfirmSecondFactorDto,
    @RequestSender() sender: Sender,
  ): Promise<{ recoveryCodes: string[] }> {
    return this.confirmSecondFactor.execute(user, code, sender);
  }

  @Post('recovery-codes')
  @AnswerNotStored('it holds recovery codes')
  @Operation({
    id: 'renewRecoveryCodes',
    summary: 'Get new recovery codes',
    description: 'Those from before count no more.',
    ok: RecoveryCodesDto,
    problems: [PasswordWrong, ConfirmationCodeWrong, new TooManyAttempts(), Uncounted],
  })
  renew(
    @CurrentUser() { userId }: SignedInUser,
    @Body() { password, code }: ProvenDto,
    @RequestSender() sender: Sender,
  ): Promise<{ recoveryCodes: string[] }> {
    return this.renewRecoveryCodes.execute(userId, password, code, sender);
  }

  @Post('disable')
  @AnswerNotStored('the code that came with it counts once')
  @Operation({
    id: 'disableSecondFactor',
    summary: 'Turn the second factor off',
    description:
      'The password alone signs in again, and recovery codes are void. An administrator loses his rights where they need it.',
    problems: [PasswordWrong, ConfirmationCodeWrong, new TooManyAttempts(), Uncounted],
  })
  disable(
    @CurrentUser() { userId }: SignedInUser,
    @Body() { password, code }: ProvenDto,
    @RequestSender() sender: Sender,
  ): Promise<void> {
    return this.turnOffSecondFactor.execute(userId, password, code, sender);
  }
}
