import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { type Channel, messageKinds } from '../../domain/message-kinds.js';
import { templates } from '../../templates/templates.js';
import { type Locale, locales } from '../../templates/wording.js';
import { type OwnTextKind, ownTextKinds } from '../domain/own-text-kinds.js';
import { partsOf, type TextParts } from '../domain/text-parts.js';
import { type TextVariable, variablesOf } from '../domain/text-variables.js';
import { OwnTexts } from '../queries/own-texts.js';

export interface MessageTextKindView {
  readonly kind: OwnTextKind;
  readonly channels: readonly Channel[];
  /** The languages in which the school has words of its own. */
  readonly ownIn: readonly Locale[];
  readonly variables: readonly TextVariable[];
}

export interface MessageTextView {
  readonly kind: OwnTextKind;
  readonly locale: Locale;
  readonly standard: TextParts;
  readonly own: TextParts | null;
  readonly version: number;
  readonly changedBy: Id | null;
  readonly changedAt: Date | null;
  readonly variables: readonly TextVariable[];
}

/** What the current school's messages say, and could say. */
@Injectable()
export class ReadMessageTexts {
  constructor(
    private readonly ownTexts: OwnTexts,
    private readonly scheduling: Scheduling,
  ) {}

  /** Examples are in the school's language. */
  async list(): Promise<MessageTextKindView[]> {
    const [own, { locale }] = [await this.ownTexts.all(), await this.scheduling.school()];
    return ownTextKinds.map((kind) => ({
      kind,
      channels: messageKinds[kind].channels,
      ownIn: locales.filter((each) => own.some((row) => row.kind === kind && row.locale === each)),
      variables: variablesOf(templates[kind], locale),
    }));
  }

  async one(kind: OwnTextKind, locale: Locale): Promise<MessageTextView> {
    const own = await this.ownTexts.of(kind, locale);
    return {
      kind,
      locale,
      standard: partsOf(templates[kind][locale]),
      own: own?.parts ?? null,
      version: own?.version ?? 0,
      changedBy: own?.changedBy ?? null,
      changedAt: own?.changedAt ?? null,
      variables: variablesOf(templates[kind], locale),
    };
  }
}
