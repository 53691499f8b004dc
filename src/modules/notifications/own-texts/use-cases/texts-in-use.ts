import { Injectable, Logger } from '@nestjs/common';
import { currentSchoolOrNull } from '../../../../platform/tenancy/tenancy.js';
import type { SharedReads } from '../../composing/shared-reads.js';
import type { MessageKind } from '../../domain/message-kinds.js';
import type { MessageTemplate } from '../../templates/engine.js';
import { namedIn } from '../../templates/text-language.js';
import type { Locale } from '../../templates/wording.js';
import { isOwnTextKind } from '../domain/own-text-kinds.js';
import { fieldsOf, type TextParts, withParts } from '../domain/text-parts.js';
import { OwnTexts } from '../queries/own-texts.js';

/** The text a message is sent with: the school's own, or the standard one. */
@Injectable()
export class TextsInUse {
  private readonly logger = new Logger(TextsInUse.name);

  constructor(private readonly ownTexts: OwnTexts) {}

  async of(
    kind: MessageKind,
    locale: Locale,
    standard: MessageTemplate,
    shared: SharedReads,
  ): Promise<MessageTemplate> {
    const school = currentSchoolOrNull();
    if (!school || !isOwnTextKind(kind)) return standard;
    const own = await shared.once(`own ${school} ${kind} ${locale}`, () => this.ownTexts.of(kind, locale));
    if (!own) return standard;
    if (isReadable(own.parts)) return { ...standard, [locale]: withParts(standard[locale], own.parts) };
    this.logger.warn({ kind, locale }, 'a school’s own text cannot be read any more; the standard one is sent');
    return standard;
  }
}

// What was saved could be read then; a later release may read less, and the news must go out.
function isReadable(parts: TextParts): boolean {
  try {
    fieldsOf(parts).forEach(([, source]) => namedIn(source));
    return true;
  } catch {
    return false;
  }
}
