import { Injectable } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/mysql';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { type Channel, channels } from '../../domain/message-kinds.js';
import { smsSegments } from '../../domain/sms-segments.js';
import type { Cost } from '../../ports/delivery.js';
import { renderEmail, renderSms, type RenderedEmail, type Sender } from '../../templates/engine.js';
import { templates } from '../../templates/templates.js';
import { type Locale, locales } from '../../templates/wording.js';
import { announcementData } from '../announcement-composer.js';
import { type AnnouncementContent, textFor } from '../domain/announcement-content.js';
import { AnnouncementNotFound } from '../domain/announcement-problems.js';
import { Announcement, kindOf } from '../domain/announcement.js';
import { AudienceReader, type Reach } from './audience-reader.js';
import { SmsPrice } from './sms-price.js';

export interface ChannelPreview extends Reach {
  readonly channel: Channel;
  /** Billed parts of all text messages together; null for e-mail. */
  readonly segments: number | null;
  /** What they are expected to cost; null when nobody knows, and for e-mail. */
  readonly cost: Cost | null;
}

export interface SampleText {
  readonly locale: Locale;
  readonly email: RenderedEmail | null;
  readonly sms: { readonly text: string; readonly segments: number } | null;
}

export interface AnnouncementPreview {
  readonly version: number;
  readonly channels: readonly ChannelPreview[];
  readonly samples: readonly SampleText[];
}

const sampleReader = 'Freja Lund';

/** What would come of a draft if it were confirmed now. */
@Injectable()
export class PreviewAnnouncement {
  constructor(
    private readonly em: EntityManager,
    private readonly audience: AudienceReader,
    private readonly price: SmsPrice,
    private readonly scheduling: Scheduling,
  ) {}

  /** @throws AnnouncementNotFound */
  async execute(announcementId: Id): Promise<AnnouncementPreview> {
    const announcement = await this.em.findOne(Announcement, { id: announcementId });
    if (!announcement) throw new AnnouncementNotFound();
    const { name } = await this.scheduling.school();
    const asked = channels.filter((channel) => announcement.content.channels.includes(channel));
    return {
      version: announcement.version,
      channels: await Promise.all(asked.map((channel) => this.channel(announcement, channel, { name }))),
      samples: locales.map((locale) => sample(announcement, locale, { name })),
    };
  }

  private async channel(announcement: Announcement, channel: Channel, sender: Sender): Promise<ChannelPreview> {
    const { audience, purpose } = announcement;
    const reach = await this.audience.reach(audience, purpose, channel);
    if (channel === 'email') return { channel, ...reach, segments: null, cost: null };
    const segments = await this.segments(announcement, sender);
    const price = await this.price.perSegment();
    return { channel, ...reach, segments, cost: price && { ...price, micros: price.micros * segments } };
  }

  /** Exactly as they would be sent: readers whose texts are alike are counted together. */
  private async segments({ audience, purpose, content }: Announcement, sender: Sender): Promise<number> {
    const groups = await this.audience.alike(audience, purpose, 'sms', namedBy(content));
    const partsOf = (name: string, locale: Locale) =>
      smsSegments(smsOf(content, purpose, locale, name, sender)).segments;
    return groups.reduce((sum, { name, locale, count }) => sum + count * partsOf(name, locale), 0);
  }
}

function namedBy({ da, en }: AnnouncementContent): 'first_name' | 'name' | 'nothing' {
  const all = `${da?.sms ?? ''} ${en?.sms ?? ''}`;
  if (/\{\{\s*name\s*\}\}/.test(all)) return 'name';
  return /\{\{\s*first_name\s*\}\}/.test(all) ? 'first_name' : 'nothing';
}

function smsOf(
  content: AnnouncementContent,
  purpose: Announcement['purpose'],
  locale: Locale,
  name: string,
  sender: Sender,
): string {
  const data = announcementData(textFor(content, locale), name, sender.name);
  return renderSms(templates[kindOf[purpose]], locale, { ...data, sender, reader: { name } });
}

function sample({ content, purpose }: Announcement, locale: Locale, sender: Sender): SampleText {
  const data = announcementData(textFor(content, locale), sampleReader, sender.name);
  const view = { ...data, sender, reader: { name: sampleReader } };
  const template = templates[kindOf[purpose]];
  const sms = content.channels.includes('sms') ? renderSms(template, locale, view) : null;
  return {
    locale,
    email: content.channels.includes('email') ? renderEmail(template, locale, view) : null,
    sms: sms === null ? null : { text: sms, segments: smsSegments(sms).segments },
  };
}
