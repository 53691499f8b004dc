import { Injectable } from '@nestjs/common';
import { LeadReader } from '../../students/index.js';
import type { Message } from '../domain/message.js';
import { templates } from '../templates/templates.js';
import type { Wording } from '../templates/wording.js';
import { type Composer, type Content, content, Overtaken, platformSender } from './composition.js';

const sourceNames = {
  findkoreskole: { da: 'findkoreskole.dk', en: 'findkoreskole.dk' },
  phone: { da: 'telefon', en: 'phone' },
  walk_in: { da: 'personligt fremmøde', en: 'a visit' },
  website: { da: 'skolens hjemmeside', en: 'the school’s site' },
  other: { da: 'anden kilde', en: 'another source' },
} as const;

/** What those who run a school hear of somebody who asked: where from and when, and nothing about the person. */
@Injectable()
export class LeadComposer implements Composer {
  constructor(private readonly leads: LeadReader) {}

  async compose({ kind, subjectId }: Message, words: Wording): Promise<Content | Overtaken> {
    const found = await this.leads.forMessage(subjectId);
    if (found?.state !== 'new') return new Overtaken('somebody has touched the lead already');
    const lead = {
      source: words.either(sourceNames[found.source]),
      received: words.moment(found.receivedAt),
      category: found.licenceClass ?? '—',
      registration: found.kind === 'registration' ? 'x' : '',
    };
    const template =
      kind === 'school_lead_untouched' ? templates.school_lead_untouched : templates.school_lead_received;
    return { ...content(template, { lead }), sender: platformSender };
  }
}
