import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../database/query.js';
import { type IntegrationStatus, TellsIntegration } from '../integrations/tells-integration.js';
import type { StoredFileSchema } from './stored-file.js';

/** The store of files: what was last kept. */
@Injectable()
export class FilesIntegration {
  constructor(private readonly em: EntityManager) {}

  @TellsIntegration()
  async tell(): Promise<IntegrationStatus[]> {
    const last = await schoolQuery<Tables<typeof StoredFileSchema>>(this.em)
      .selectFrom('stored_files')
      .select('changed_at as at')
      .where('state', '=', 'kept')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const lastSuccessAt = last?.at ?? null;
    return [{ kind: 'files', provider: null, state: 'ok', lastSuccessAt, lastFailureAt: null, lastFailure: null }];
  }
}
