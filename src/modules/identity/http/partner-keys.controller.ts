import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentUser, type SignedInUser } from '../../../platform/auth/actor.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { ExpiryInThePast, KeyHasEnded, PartnerKeyNotFound } from '../domain/identity-problems.js';
import { Requires } from '../domain/requires.js';
import { PartnerKeyReader, type PartnerKeyView } from '../queries/partner-key-reader.js';
import { CreatePartnerKey } from '../use-cases/create-partner-key.js';
import { RevokePartnerKey } from '../use-cases/revoke-partner-key.js';
import { RotatePartnerKey } from '../use-cases/rotate-partner-key.js';
import { RotateKeyDto } from './api-key.dto.js';
import { CreatedPartnerKeyDto, CreatePartnerKeyDto, PartnerKeyDto, PartnerKeyListQuery } from './partner-key.dto.js';

@Controller('v1/partner-keys')
@ApiTags('Partner API')
export class PartnerKeysController {
  constructor(
    private readonly createPartnerKey: CreatePartnerKey,
    private readonly revokePartnerKey: RevokePartnerKey,
    private readonly rotatePartnerKey: RotatePartnerKey,
    private readonly keys: PartnerKeyReader,
  ) {}

  @Post()
  @Requires('partner_key.manage')
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'createPartnerKey',
    summary: 'Make a key for a partner of the platform',
    description:
      'The partner sends it as `Authorization: Bearer jdp_…` to `/partner/v1`, and reaches the schools that chose him. The secret is in ' +
      'this answer alone. To change it, rotate the key.',
    ok: CreatedPartnerKeyDto,
    status: 201,
    problems: [ExpiryInThePast],
  })
  create(
    @CurrentUser() { userId }: SignedInUser,
    @Body() body: CreatePartnerKeyDto,
  ): Promise<PartnerKeyView & { secret: string }> {
    return this.createPartnerKey.execute(userId, body);
  }

  @Get()
  @Requires('partner_key.manage')
  @Operation({
    id: 'listPartnerKeys',
    summary: 'List the keys of the platform’s partners',
    description: 'Revoked and expired ones are among them, so that one sees what there was.',
    ok: PageOf(PartnerKeyDto),
  })
  list(@Query() query: PartnerKeyListQuery): Promise<Page<PartnerKeyView>> {
    return this.keys.list(query);
  }

  @Post(':partnerKeyId/rotate')
  @Requires('partner_key.manage')
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'rotatePartnerKey',
    summary: 'Give a partner’s key a new secret',
    description:
      'It stays the same key, with its scopes and its end. The secret of before works for as long as you say; one before that does not any more.',
    ok: CreatedPartnerKeyDto,
    problems: [PartnerKeyNotFound, KeyHasEnded],
  })
  rotate(
    @IdParam('partnerKeyId') partnerKeyId: Id,
    @Body() { graceHours }: RotateKeyDto,
  ): Promise<PartnerKeyView & { secret: string }> {
    return this.rotatePartnerKey.execute(partnerKeyId, graceHours);
  }

  @Delete(':partnerKeyId')
  @Requires('partner_key.manage')
  @Operation({
    id: 'revokePartnerKey',
    summary: 'Revoke a partner’s key',
    description: 'The next request with it is refused. Revoking it again changes nothing.',
    problems: [PartnerKeyNotFound],
  })
  revoke(@IdParam('partnerKeyId') partnerKeyId: Id): Promise<void> {
    return this.revokePartnerKey.execute(partnerKeyId);
  }
}
