import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Locale } from '../../templates/wording.js';
import type { OwnTextSchema } from '../domain/own-text.js';
import type { OwnTextKind } from '../domain/own-text-kinds.js';
import type { TextParts } from '../domain/text-parts.js';
import { storedJson } from '../../../../platform/database/stored-json.js';

type Db = Tables<typeof OwnTextSchema>;

/** A school's own words as they stand, and who wrote them. */
export interface OwnTextRow {
  readonly kind: OwnTextKind;
  readonly locale: Locale;
  readonly parts: TextParts;
  readonly version: number;
  readonly changedBy: Id;
  readonly changedAt: Date;
}

/** The current school's own words. */
@Injectable()
export class OwnTexts {
  constructor(private readonly em: EntityManager) {}

  async all(): Promise<OwnTextRow[]> {
    return (await this.written().execute()).map(rowOf);
  }

  /** Null where the standard text is in use. */
  async of(kind: OwnTextKind, locale: Locale): Promise<OwnTextRow | null> {
    const row = await this.written().where('kind', '=', kind).where('locale', '=', locale).executeTakeFirst();
    return row ? rowOf(row) : null;
  }

  private written() {
    return schoolQuery<Db>(this.em).selectFrom('message_texts').selectAll('message_texts').where('version', '>', 0);
  }
}

function rowOf(row: Selectable<Db['message_texts']>): OwnTextRow {
  const { kind, locale, subject, heading, version, sms } = row;
  const stored = row.paragraphs as readonly string[] | string;
  const paragraphs = storedJson<readonly string[]>(stored);
  const parts = { subject, heading, paragraphs, actionLabel: row.action_label, sms };
  return { kind, locale, parts, version, changedBy: row.changed_by, changedAt: row.changed_at };
}
