import { Injectable } from '@nestjs/common';
import { Scheduling } from '../../../schools/index.js';
import { type SmsSegments, smsSegments } from '../../domain/sms-segments.js';
import { asDataUrl, MailLogos } from '../../composing/mail-logos.js';
import { schoolSender } from '../../composing/origin.js';
import { type MessageTemplate, renderEmail, type RenderedEmail, renderSms } from '../../templates/engine.js';
import { templates } from '../../templates/templates.js';
import type { Locale } from '../../templates/wording.js';
import type { OwnTextKind } from '../domain/own-text-kinds.js';
import { InvalidMessageText } from '../domain/own-text-problems.js';
import { problemsOf } from '../domain/text-check.js';
import { type TextParts, withParts } from '../domain/text-parts.js';
import { sampleView } from '../domain/text-variables.js';
import { OwnTexts } from '../queries/own-texts.js';

export interface PreviewView extends RenderedEmail {
  readonly sms: (SmsSegments & { readonly body: string }) | null;
}

/** Shows what a message would look like, with an example of what it tells and in the school's name. Saves nothing. */
@Injectable()
export class PreviewMessageText {
  constructor(
    private readonly ownTexts: OwnTexts,
    private readonly scheduling: Scheduling,
    private readonly logos: MailLogos,
  ) {}

  /** @param given left out: the text that is in use. @throws InvalidMessageText */
  async execute(kind: OwnTextKind, locale: Locale, given?: TextParts): Promise<PreviewView> {
    const standard: MessageTemplate = templates[kind];
    const problems = given ? problemsOf(standard, locale, given) : [];
    if (problems.length > 0) throw new InvalidMessageText(problems);
    const parts = given ?? (await this.ownTexts.of(kind, locale))?.parts;
    const template = parts ? { ...standard, [locale]: withParts(standard[locale], parts) } : standard;
    const view = sampleView(template, locale, schoolSender(await this.scheduling.school()));
    const body = template[locale].sms === undefined ? null : renderSms(template, locale, view);
    const logo = await this.logos.current();
    const email = renderEmail(template, locale, view, logo && asDataUrl(logo));
    return { ...email, sms: body === null ? null : { body, ...smsSegments(body) } };
  }
}
