import { defineEntity, PrimaryKeyProp } from '@mikro-orm/core';
import { code, id, instant, int, json, schoolScoped, text } from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Locale } from '../../templates/wording.js';
import type { OwnTextKind } from './own-text-kinds.js';
import type { TextParts } from './text-parts.js';

/** The most characters of each part, as written. */
export const textLimits = { subject: 200, heading: 200, paragraph: 1_500, paragraphs: 12, actionLabel: 60, sms: 1_000 };

export const OwnTextSchema = defineEntity({
  name: 'OwnText',
  tableName: 'message_texts',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    kind: code<OwnTextKind>().primary(),
    locale: code<Locale>().primary(),
    subject: text(textLimits.subject),
    heading: text(textLimits.heading),
    paragraphs: json<readonly string[]>(),
    actionLabel: text(textLimits.actionLabel).nullable(),
    sms: text(textLimits.sms).nullable(),
    /** How often it was written; 0 for a row that is only held while its first words are written. */
    version: int(),
    changedBy: id(),
    changedAt: instant(),
  },
});

/** A school's own words for one kind of message in one language. */
export class OwnText extends OwnTextSchema.class {
  declare [PrimaryKeyProp]?: ['schoolId', 'kind', 'locale'];

  write(parts: TextParts, by: Id, at: Date): void {
    Object.assign(this, parts);
    this.version += 1;
    this.changedBy = by;
    this.changedAt = at;
  }

  get parts(): TextParts {
    const { subject, heading, paragraphs, actionLabel = null, sms = null } = this;
    return { subject, heading, paragraphs, actionLabel, sms };
  }
}
OwnTextSchema.setClass(OwnText);
