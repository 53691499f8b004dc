import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser, type SignedInUser } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { Requires } from '../domain/requires.js';
import { type Account, AccountReader } from '../queries/account-reader.js';
import { AccountDto } from './auth.dto.js';

@Controller('v1/me')
@ApiTags('Signing in')
export class MeController {
  constructor(private readonly accounts: AccountReader) {}

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
}
