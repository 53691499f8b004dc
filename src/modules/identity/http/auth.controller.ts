import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/public.js';
import { Uncounted } from '../../../platform/http/rate-limit/limit-problems.js';
import { Operation } from '../../../platform/http/operation.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import { RequestSender, type Sender } from '../../../platform/http/sender.js';
import {
  CodeRequired,
  CodeWrong,
  TooManyAttempts,
  InvalidCredentials,
  LinkExpired,
  PasswordTooGuessable,
  SessionEnded,
} from '../domain/identity-problems.js';
import { AcceptInvitation } from '../use-cases/accept-invitation.js';
import { CompletePasswordReset } from '../use-cases/complete-password-reset.js';
import { EndSessions } from '../use-cases/end-sessions.js';
import { LogIn } from '../use-cases/log-in.js';
import type { OpenedSession } from '../use-cases/open-session.js';
import { RefreshSession } from '../use-cases/refresh-session.js';
import { RequestPasswordReset } from '../use-cases/request-password-reset.js';
import {
  AcceptInvitationDto,
  CompletePasswordResetDto,
  LoginDto,
  RefreshDto,
  RequestPasswordResetDto,
  SessionDto,
} from './auth.dto.js';

// Nobody guesses these secrets, but trying costs us more than him.
const guesses = { points: 300, seconds: 15 * 60, by: 'address' } as const;

@Controller('v1/auth')
@ApiTags('Signing in')
@Public('this is how one becomes somebody')
export class AuthController {
  constructor(
    private readonly logIn: LogIn,
    private readonly refreshSession: RefreshSession,
    private readonly endSessions: EndSessions,
    private readonly acceptInvitation: AcceptInvitation,
    private readonly requestPasswordReset: RequestPasswordReset,
    private readonly completePasswordReset: CompletePasswordReset,
  ) {}

  @Post('login')
  @Operation({
    id: 'logIn',
    summary: 'Sign in with e-mail and password',
    description:
      'Answers an access token for 15 minutes and a refresh token for the next pair. Wrong e-mail and wrong password are refused alike. ' +
      'An account with a second factor answers 401 `auth.code_required`: send the same with `code`. Many wrong attempts make everybody ' +
      'wait who has not signed in from there before.',
    ok: SessionDto,
    problems: [InvalidCredentials, CodeRequired, CodeWrong, new TooManyAttempts(), Uncounted],
  })
  login(@Body() credentials: LoginDto, @RequestSender() sender: Sender): Promise<OpenedSession> {
    return this.logIn.execute(credentials, sender);
  }

  @Post('refresh')
  @RateLimit({ ...guesses, name: 'refresh' })
  @Operation({
    id: 'refreshSession',
    summary: 'Change the refresh token for a new pair of tokens',
    description:
      'Each refresh token works once. One that comes a second time ends the whole session, for it may have been stolen.',
    ok: SessionDto,
    problems: [SessionEnded],
  })
  refresh(@Body() { refreshToken }: RefreshDto): Promise<OpenedSession> {
    return this.refreshSession.execute(refreshToken);
  }

  @Post('logout')
  @Operation({
    id: 'logOut',
    summary: 'End the session',
    description: 'Its access tokens stop working at once. An unknown token ends nothing and is no problem.',
  })
  logout(@Body() { refreshToken }: RefreshDto): Promise<void> {
    return this.endSessions.ofRefreshToken(refreshToken);
  }

  @Post('invitations/accept')
  @RateLimit({ ...guesses, name: 'links' })
  @Operation({
    id: 'acceptInvitation',
    summary: 'Set the first password with the link of an invitation',
    description: 'Signs in at once. The link works once, and not for long.',
    ok: SessionDto,
    problems: [LinkExpired, PasswordTooGuessable],
  })
  accept(@Body() body: AcceptInvitationDto, @RequestSender() sender: Sender): Promise<OpenedSession> {
    return this.acceptInvitation.execute(body, sender);
  }

  @Post('password-resets')
  @Operation({
    id: 'requestPasswordReset',
    summary: 'Send a link to set a new password',
    description: 'Answers the same whether the address is known or not.',
    status: 202,
    problems: [new TooManyAttempts(), Uncounted],
  })
  requestReset(@Body() { email }: RequestPasswordResetDto, @RequestSender() sender: Sender): Promise<void> {
    return this.requestPasswordReset.execute(email, sender);
  }

  @Post('password-resets/complete')
  @RateLimit({ ...guesses, name: 'links' })
  @Operation({
    id: 'completePasswordReset',
    summary: 'Set a new password with the link of a reset',
    description: 'Ends every session of the account.',
    problems: [LinkExpired, PasswordTooGuessable],
  })
  completeReset(@Body() { token, password }: CompletePasswordResetDto, @RequestSender() sender: Sender): Promise<void> {
    return this.completePasswordReset.execute(token, password, sender);
  }
}
