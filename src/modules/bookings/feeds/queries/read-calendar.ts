import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { hashOfToken } from '../../../../platform/crypto/secret-token.js';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { entityTagOf, isKnown } from '../../../../platform/http/conditional/entity-tag.js';
import { inSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { addDays, atLocal, localDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import type { CalendarFeedSchema } from '../domain/calendar-feed.js';
import { FeedClosed } from '../domain/feed-problems.js';
import { maySubscribe } from '../domain/feed-policy.js';
import { type CalendarText, icalendar } from '../domain/icalendar.js';
import { CalendarEntries } from './calendar-entries.js';
import { CalendarOwners } from './calendar-owners.js';
import { type FeedRow, ownerOf } from './feed-rows.js';
import { FeedReaders } from './feed-readers.js';

/** A calendar, or that it is still the one that the caller has. */
export interface CalendarAnswer {
  readonly tag: string;
  /** null: nothing has changed */
  readonly text: string | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A cancelled lesson is shown as such for so long: programs that look once a day or once a week shall see it. */
const cancelledDays = 7;
/** Days of the school's zone before today and from it on, and the most that is shown of them. */
const shown = { school: { before: 7, after: 28, most: 2_000 }, one: { before: 30, after: 180, most: 1_500 } };
/** Part of each tag: raise it when the same entries are to be told otherwise. */
const form = 1;

/** What a secret address shows: as much as its holder may see at that moment. */
@Injectable()
export class ReadCalendar {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scheduling: Scheduling,
    private readonly readers: FeedReaders,
    private readonly owners: CalendarOwners,
    private readonly entries: CalendarEntries,
  ) {}

  /** @param known the `If-None-Match` of the caller @throws FeedClosed */
  async execute(token: string, known: string | undefined): Promise<CalendarAnswer> {
    const feed = await this.feedOf(token);
    if (!feed) throw new FeedClosed();
    return inSchool(feed.school_id, () => this.read(feed, known));
  }

  private async read(feed: FeedRow, known: string | undefined): Promise<CalendarAnswer> {
    const owner = ownerOf(feed);
    if (!maySubscribe(await this.readers.of(feed.user_id), owner)) throw new FeedClosed();
    await this.noteRead(feed);
    const calendar = await this.calendar(feed);
    const tag = entityTagOf(JSON.stringify({ form, ...calendar }));
    return { tag, text: known !== undefined && isKnown(known, tag) ? null : icalendar(calendar) };
  }

  private async calendar(feed: FeedRow): Promise<CalendarText> {
    const owner = ownerOf(feed);
    const { zone } = await this.scheduling.school();
    const now = this.clock.now();
    const { before, after, most } = owner.kind === 'school' ? shown.school : shown.one;
    const midnight = (days: number) => atLocal(addDays(localDate(now, zone), days), '00:00', zone);
    const entries = await this.entries.list({
      owner,
      range: new TimeRange(midnight(-before), midnight(after)),
      cancelledSince: new Date(now.getTime() - cancelledDays * DAY),
      language: feed.language,
      fullNames: feed.names === 'full',
      limit: most,
    });
    return { name: await this.owners.titleOf(owner), zone, language: feed.language, entries };
  }

  private feedOf(token: string): Promise<FeedRow | undefined> {
    return this.db
      .selectFrom('calendar_feeds')
      .selectAll()
      .where('token_hash', '=', hashOfToken(token))
      .executeTakeFirst();
  }

  /** To the hour, so that reading costs no write as a rule. */
  private async noteRead({ id, last_read_at: last }: FeedRow): Promise<void> {
    const now = this.clock.now();
    if (last && last.getTime() > now.getTime() - HOUR) return;
    await this.db.updateTable('calendar_feeds').set({ last_read_at: now }).where('id', '=', bin(id)).execute();
  }

  private get db() {
    return globalQuery<Tables<typeof CalendarFeedSchema>>(this.em);
  }
}
