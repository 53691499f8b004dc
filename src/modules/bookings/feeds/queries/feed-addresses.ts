import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../../platform/config/app.config.js';
import type { CalendarFeed } from '../domain/calendar-feed.js';
import type { FeedView } from './feed-list.js';

/** A subscription with its address, as it is told once. */
export interface OpenedFeed extends FeedView {
  readonly url: string;
}

/** Where calendar programs read. */
@Injectable()
export class FeedAddresses {
  constructor(private readonly config: AppConfig) {}

  of(feed: CalendarFeed, token: string): OpenedFeed {
    const { id, kind, teacherId, studentId, vehicleId, names, language, userId } = feed;
    const { createdAt, rotatedAt, lastReadAt } = feed;
    const url = new URL(`/calendars/${token}.ics`, this.config.publicUrl).href;
    return {
      id,
      kind,
      teacherId: teacherId ?? null,
      studentId: studentId ?? null,
      vehicleId: vehicleId ?? null,
      names,
      language,
      userId,
      createdAt,
      rotatedAt: rotatedAt ?? null,
      lastReadAt: lastReadAt ?? null,
      url,
    };
  }
}
