import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/public.js';
import { Operation } from '../../../platform/http/operation.js';
import { InvalidCredentials, LinkExpired, PasswordTooGuessable, SessionEnded } from '../domain/identity-problems.js';
import { AcceptInvitation } from '../use-cases/accept-invitation.js';
import { EndSessions } from '../use-cases/end-sessions.js';
import { LogIn } from '../use-cases/log-in.js';
import type { OpenedSession } from '../use-cases/open-session.js';
import { RedeemOneTimeToken } from '../use-cases/redeem-one-time-token.js';
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
    private readonly redeemOneTimeToken: RedeemOneTimeToken,
  ) {}

  @Post('login')
  @Operation({
    id: 'logIn',
    summary: 'Sign in with e-mail and password',
    description:
      'Answers an access token for 15 minutes and a refresh token for the next pair. Wrong e-mail and wrong password are refused alike.',
    ok: SessionDto,
    problems: [InvalidCredentials],
  })
  login(@Body() credentials: LoginDto): Promise<OpenedSession> {
    return this.logIn.execute(credentials);
  }

  @Post('refresh')
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
  @Operation({
    id: 'acceptInvitation',
    summary: 'Set the first password with the link of an invitation',
    description: 'Signs in at once. The link works once, and not for long.',
    ok: SessionDto,
    problems: [LinkExpired, PasswordTooGuessable],
  })
  accept(@Body() body: AcceptInvitationDto): Promise<OpenedSession> {
    return this.acceptInvitation.execute(body);
  }

  @Post('password-resets')
  @Operation({
    id: 'requestPasswordReset',
    summary: 'Send a link to set a new password',
    description: 'Answers the same whether the address is known or not.',
    status: 202,
  })
  requestReset(@Body() { email }: RequestPasswordResetDto): Promise<void> {
    return this.requestPasswordReset.execute(email);
  }

  @Post('password-resets/complete')
  @Operation({
    id: 'completePasswordReset',
    summary: 'Set a new password with the link of a reset',
    description: 'Ends every session of the account.',
    problems: [LinkExpired, PasswordTooGuessable],
  })
  async completeReset(@Body() { token, password }: CompletePasswordResetDto): Promise<void> {
    await this.redeemOneTimeToken.execute('password_reset', token, password);
  }
}
