import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { ApiKeyNotFound, ExpiryInThePast, KeyHasEnded } from '../domain/identity-problems.js';
import { Requires } from '../domain/requires.js';
import { ApiKeyReader, type ApiKeyView } from '../queries/api-key-reader.js';
import { CreateApiKey } from '../use-cases/create-api-key.js';
import { RevokeApiKey } from '../use-cases/revoke-api-key.js';
import { RotateApiKey } from '../use-cases/rotate-api-key.js';
import { ApiKeyDto, ApiKeyListQuery, CreateApiKeyDto, CreatedApiKeyDto, RotateKeyDto } from './api-key.dto.js';

@Controller('v1/schools/:schoolId/api-keys')
@ApiTags('API keys')
export class ApiKeysController {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly revokeApiKey: RevokeApiKey,
    private readonly rotateApiKey: RotateApiKey,
    private readonly keys: ApiKeyReader,
  ) {}

  @Post()
  @Requires('api_key.manage')
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'createApiKey',
    summary: 'Make an API key for a program of the school',
    description:
      'The program sends it as `Authorization: Bearer jd_…` and may do in this school what its scopes say, as staff may. The secret ' +
      'is in this answer alone: what is kept of it cannot be turned back.',
    ok: CreatedApiKeyDto,
    status: 201,
    problems: [ExpiryInThePast],
  })
  create(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: CreateApiKeyDto,
  ): Promise<ApiKeyView & { secret: string }> {
    return this.createApiKey.execute(actor, body);
  }

  @Get()
  @Requires('api_key.manage')
  @Operation({
    id: 'listApiKeys',
    summary: 'List the school’s API keys',
    description: 'Revoked and expired ones are among them, so that one sees what there was.',
    ok: PageOf(ApiKeyDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: ApiKeyListQuery): Promise<Page<ApiKeyView>> {
    return this.keys.list(query);
  }

  @Post(':apiKeyId/rotate')
  @Requires('api_key.manage')
  @AlwaysAdmitted('whoever must not get in any more is kept out')
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'rotateApiKey',
    summary: 'Give an API key a new secret',
    description:
      'It stays the same key, with its scopes and its end. The secret of before works for as long as you say; one before that does not any more.',
    ok: CreatedApiKeyDto,
    problems: [ApiKeyNotFound, KeyHasEnded],
  })
  rotate(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('apiKeyId') apiKeyId: Id,
    @Body() { graceHours }: RotateKeyDto,
  ): Promise<ApiKeyView & { secret: string }> {
    return this.rotateApiKey.execute(apiKeyId, graceHours);
  }

  @Delete(':apiKeyId')
  @Requires('api_key.manage')
  @AlwaysAdmitted('whoever must not get in any more is kept out')
  @Operation({
    id: 'revokeApiKey',
    summary: 'Revoke an API key',
    description: 'The next request with it is refused. Revoking it again changes nothing.',
    problems: [ApiKeyNotFound],
  })
  revoke(@IdParam('schoolId') _schoolId: Id, @IdParam('apiKeyId') apiKeyId: Id): Promise<void> {
    return this.revokeApiKey.execute(apiKeyId);
  }
}
