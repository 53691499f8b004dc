import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byAge, is, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import { EventStreams } from '../../../../platform/http/sse.js';
import type { Id } from '../../../../platform/values/id.js';
import type { MessageState } from '../../domain/message.js';
import type { AnnouncementContent } from '../domain/announcement-content.js';
import { AnnouncementNotFound } from '../domain/announcement-problems.js';
import { announcementKinds, type AnnouncementPurpose } from '../domain/announcement.js';
import type { AnnouncementState } from '../domain/announcement-state.js';
import type { Audience } from '../domain/audience.js';
import type { AnnouncementTables } from './tables.js';
import { storedJson } from '../../../../platform/database/stored-json.js';

/** `done`: it was being sent, and nothing of it waits any more. */
export const shownStates = ['draft', 'sending', 'done', 'cancelled'] as const;
export type ShownState = (typeof shownStates)[number];

export interface AnnouncementSummary {
  readonly id: Id;
  readonly state: AnnouncementState;
  readonly purpose: AnnouncementPurpose;
  readonly version: number;
  readonly emailRecipients: number | null;
  readonly smsRecipients: number | null;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
  readonly cancelledAt: Date | null;
}

/** How many messages are how far; together they are all that were meant. */
export interface AnnouncementProgress {
  readonly recipients: number;
  readonly waiting: number;
  readonly sending: number;
  readonly sent: number;
  readonly delivered: number;
  readonly failed: number;
  readonly dropped: number;
}

export interface AnnouncementView extends Omit<AnnouncementSummary, 'state'> {
  readonly state: ShownState;
  readonly content: AnnouncementContent;
  readonly audience: Audience;
  readonly progress: AnnouncementProgress;
}

export const announcementList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<AnnouncementState>('state') },
});

const failures: readonly MessageState[] = ['failed', 'rejected', 'bounced', 'complained'];

/** The school's announcements, and how far each has come: counted from the delivery log, so that it is true in any process. */
@Injectable()
export class AnnouncementReader {
  constructor(
    private readonly em: EntityManager,
    private readonly streams: EventStreams,
  ) {}

  list(asked: Asked<typeof announcementList>): Promise<Page<AnnouncementSummary>> {
    return announcementList.page(this.summaries, asked);
  }

  /** @throws AnnouncementNotFound */
  async get(announcementId: Id): Promise<AnnouncementView> {
    const row = await this.summaries
      .select(['content', 'audience', 'all_queued_at as allQueuedAt'])
      .where('id', '=', bin(announcementId))
      .executeTakeFirst();
    if (!row) throw new AnnouncementNotFound();
    const { allQueuedAt, content, audience, ...summary } = row;
    const isAllMade = allQueuedAt !== null || summary.state === 'cancelled';
    const progress = progressOf(summary, isAllMade, await this.messages(announcementId));
    const isDone = summary.state === 'sending' && isAllMade && progress.waiting + progress.sending === 0;
    return {
      ...summary,
      content: storedJson(content),
      audience: storedJson(audience),
      state: isDone ? 'done' : summary.state,
      progress,
    };
  }

  /** What get() answers each time it changes, until nothing of it is under way. @throws AnnouncementNotFound */
  follow(announcementId: Id, lastEventId?: string): Promise<StreamableFile> {
    return this.streams.watch({
      read: () => this.get(announcementId),
      isFinal: ({ state, progress }) => state !== 'sending' && progress.sending === 0,
      lastEventId,
    });
  }

  /** How many of its messages are in each state; those that somebody sent once more count once. */
  private async messages(announcementId: Id): Promise<ReadonlyMap<MessageState, number>> {
    const rows = await schoolQuery<AnnouncementTables>(this.em)
      .selectFrom('messages')
      .select(['state', sql<number>`count(*)`.as('count')])
      .where('subject_id', '=', bin(announcementId))
      .where('kind', 'in', announcementKinds)
      .where('retry_of', 'is', null)
      .groupBy('state')
      .execute();
    return new Map(rows.map(({ state, count }) => [state, count]));
  }

  private get summaries() {
    return schoolQuery<AnnouncementTables>(this.em)
      .selectFrom('announcements')
      .select(['id', 'state', 'purpose', 'version', 'email_recipients as emailRecipients'])
      .select(['sms_recipients as smsRecipients', 'created_at as createdAt'])
      .select(['confirmed_at as confirmedAt', 'cancelled_at as cancelledAt']);
  }
}

function progressOf(
  { emailRecipients, smsRecipients }: AnnouncementSummary,
  isAllMade: boolean,
  messages: ReadonlyMap<MessageState, number>,
): AnnouncementProgress {
  const of = (...states: readonly MessageState[]) => states.reduce((sum, state) => sum + (messages.get(state) ?? 0), 0);
  const recipients = (emailRecipients ?? 0) + (smsRecipients ?? 0);
  const made = [...messages.values()].reduce((sum, count) => sum + count, 0);
  // Whose message was never made: it is still to come, or the announcement was cancelled, or the person erased, before.
  const unmade = recipients - made;
  return {
    recipients,
    waiting: of('queued') + (isAllMade ? 0 : unmade),
    sending: of('sending'),
    sent: of('sent'),
    delivered: of('delivered'),
    failed: of(...failures),
    dropped: of('dropped') + (isAllMade ? unmade : 0),
  };
}
