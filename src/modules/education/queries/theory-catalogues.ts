import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import type { TheoryCatalogueSchema } from '../domain/theory-settings.js';
import { type TheoryCatalogue, TheoryPlatform } from '../ports/theory-platform.js';
import { storedJson } from '../../../platform/database/stored-json.js';

type Db = Tables<typeof TheoryCatalogueSchema>;

export interface TheoryCatalogueView extends TheoryCatalogue {
  readonly readAt: Date | null;
}

/** What the platform teaches, as it was read last. */
@Injectable()
export class TheoryCatalogues {
  constructor(
    private readonly em: EntityManager,
    private readonly platform: TheoryPlatform,
  ) {}

  async read(): Promise<TheoryCatalogueView> {
    const row = await globalQuery<Db>(this.em)
      .selectFrom('theory_catalogues')
      .select(['content', 'read_at as readAt'])
      .where('provider', '=', this.platform.provider)
      .executeTakeFirst();
    if (!row) return { lessons: [], tests: [], readAt: null };
    const content = storedJson<TheoryCatalogue>(row.content);
    return { ...content, readAt: row.readAt };
  }

  async keep(catalogue: TheoryCatalogue, readAt: Date): Promise<void> {
    const content = JSON.stringify(catalogue);
    await globalQuery<{ theory_catalogues: { provider: string; content: string; read_at: Date } }>(this.em)
      .insertInto('theory_catalogues')
      .values({ provider: this.platform.provider, content, read_at: readAt })
      .onDuplicateKeyUpdate({ content, read_at: readAt })
      .execute();
  }
}
