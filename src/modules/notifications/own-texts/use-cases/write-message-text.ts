import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { bin, globalQuery, lockedAsItIs, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { templates } from '../../templates/templates.js';
import type { Locale } from '../../templates/wording.js';
import { OwnText, type OwnTextSchema } from '../domain/own-text.js';
import type { OwnTextKind } from '../domain/own-text-kinds.js';
import { InvalidMessageText, NoOwnText } from '../domain/own-text-problems.js';
import { problemsOf } from '../domain/text-check.js';
import type { TextParts } from '../domain/text-parts.js';
import { type MessageTextView, ReadMessageTexts } from './read-message-texts.js';

/** Puts the current school's own words in the place of the standard ones, or the standard ones back. */
@Injectable()
export class WriteMessageText {
  constructor(
    readonly em: EntityManager,
    private readonly texts: ReadMessageTexts,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Counts for every message that is sent from now on. @throws InvalidMessageText, PreconditionFailed */
  @Transaction()
  async execute(actor: Actor, kind: OwnTextKind, locale: Locale, parts: TextParts): Promise<MessageTextView> {
    const problems = problemsOf(templates[kind], locale, parts);
    if (problems.length > 0) throw new InvalidMessageText(problems);
    const text = await this.locked(actor, kind, locale);
    await assertAsSeen(() => this.texts.one(kind, locale));
    const fields = changedFields(text.parts, parts);
    text.write(parts, actor.id, this.clock.now());
    await this.em.flush();
    const details = { kind, locale, fields };
    await this.audit.record({ action: 'message_text.changed', subjectId: currentSchool(), details });
    return this.texts.one(kind, locale);
  }

  /** @throws NoOwnText */
  @Transaction()
  async reset(kind: OwnTextKind, locale: Locale): Promise<void> {
    const key = { schoolId: currentSchool(), kind, locale };
    const text = await this.em.findOne(OwnText, key, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!text) throw new NoOwnText();
    await this.em.remove(text).flush();
    const details = { kind, locale };
    await this.audit.record({ action: 'message_text.reset', subjectId: currentSchool(), details });
  }

  /** What is not there cannot be locked, so an empty one is put there first; it goes again with the transaction. */
  private async locked({ id }: Actor, kind: OwnTextKind, locale: Locale): Promise<OwnText> {
    const schoolId = currentSchool();
    const empty = { subject: '', heading: '', paragraphs: '[]', action_label: null, sms: null, version: 0 };
    const by = { changed_by: bin(id), changed_at: this.clock.now() };
    await globalQuery<Tables<typeof OwnTextSchema>>(this.em)
      .insertInto('message_texts')
      .values({ school_id: bin(schoolId), kind, locale, ...empty, ...by } as never)
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
    return this.em.findOneOrFail(OwnText, { schoolId, kind, locale }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
