import { Body, Controller, Delete, Get, Patch, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser, type SignedInUser } from '../../../platform/auth/actor.js';
import { Uncounted } from '../../../platform/http/rate-limit/limit-problems.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RequestSender, type Sender } from '../../../platform/http/sender.js';
import type { Id } from '../../../platform/values/id.js';
import { PasswordTooGuessable, PasswordWrong, SessionNotFound, TooManyAttempts } from '../domain/identity-problems.js';
import { Requires } from '../domain/requires.js';
import { type Account, AccountReader } from '../queries/account-reader.js';
import { SessionReader, type SessionView } from '../queries/session-reader.js';
import { ChangePassword } from '../use-cases/change-password.js';
import { EndOwnSession } from '../use-cases/end-own-session.js';
import { UpdateAccount } from '../use-cases/update-account.js';
import { AccountDto } from './auth.dto.js';
import { ChangePasswordDto, SessionListQuery, SessionOfMineDto, UpdateAccountDto } from './me.dto.js';

@Controller('v1/me')
@ApiTags('Signing in')
export class MeController {
  constructor(
    private readonly accounts: AccountReader,
    private readonly sessions: SessionReader,
    private readonly updateAccount: UpdateAccount,
    private readonly changePassword: ChangePassword,
    private readonly endOwnSession: EndOwnSession,
  ) {}

  @Get()
  @Requires('account.read')
  @Operation({
    id: 'getMyAccount',
    summary: 'Who am I, and in which schools?',
    description: 'The person who is signed in, and each school with the role held there.',
    ok: AccountDto,
  })
  me(@CurrentUser() { userId }: SignedInUser): Promise<Account> {
    return this.accounts.of(userId);
  }

  @Patch()
  @Conditional()
  @Requires('account.update')
  @Operation({
    id: 'updateMyAccount',
    summary: 'Change my name, phone number or language',
    description:
      'Fields left out stay as they are. What a school has written down as teacher or student is the school’s.',
    ok: AccountDto,
  })
  update(@CurrentUser() { userId }: SignedInUser, @Body() body: UpdateAccountDto): Promise<Account> {
    return this.updateAccount.execute(userId, body);
  }

  @Put('password')
  @Requires('account.update')
  @Operation({
    id: 'changeMyPassword',
    summary: 'Change my password',
    description: 'This session goes on; every other one ends.',
    problems: [PasswordWrong, PasswordTooGuessable, new TooManyAttempts(), Uncounted],
  })
  newPassword(
    @CurrentUser() user: SignedInUser,
    @Body() { password, newPassword }: ChangePasswordDto,
    @RequestSender() sender: Sender,
  ): Promise<void> {
    return this.changePassword.execute(user, password, newPassword, sender);
  }

  @Get('sessions')
  @Requires('account.read')
  @Operation({
    id: 'listMySessions',
    summary: 'Where am I signed in?',
    description: 'The sessions that run, with the device and the address they were opened from.',
    ok: PageOf(SessionOfMineDto),
  })
  mySessions(
    @CurrentUser() { userId, sessionId }: SignedInUser,
    @Query() query: SessionListQuery,
  ): Promise<Page<SessionView>> {
    return this.sessions.list(userId, sessionId, query);
  }

  @Delete('sessions')
  @Requires('account.update')
  @Operation({
    id: 'endAllMySessions',
    summary: 'Sign out everywhere',
    description: 'This session ends too.',
  })
  endAll(@CurrentUser() { userId }: SignedInUser): Promise<void> {
    return this.endOwnSession.all(userId);
  }

  @Delete('sessions/:sessionId')
  @Requires('account.update')
  @Operation({
    id: 'endMySession',
    summary: 'Sign out of one device',
    description: 'Its access tokens stop working at once.',
    problems: [SessionNotFound],
  })
  end(@CurrentUser() { userId }: SignedInUser, @IdParam('sessionId') sessionId: Id): Promise<void> {
    return this.endOwnSession.execute(userId, sessionId);
  }
}
