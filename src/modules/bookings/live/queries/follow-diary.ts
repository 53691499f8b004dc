import { Injectable, type StreamableFile } from '@nestjs/common';
import { EventStreams } from '../../../../platform/http/sse.js';
import type { Id } from '../../../../platform/values/id.js';
import { Scheduling } from '../../../schools/index.js';
import { DiaryTopic } from './diary-topic.js';

/** The school's diary, or one teacher's, as it changes. */
@Injectable()
export class FollowDiary {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly topic: DiaryTopic,
    private readonly streams: EventStreams,
  ) {}

  /** @throws TeacherNotFound | LiveNewsAway */
  async execute(teacherId: Id | undefined, lastEventId: string | undefined): Promise<StreamableFile> {
    if (teacherId !== undefined) await this.scheduling.teacher(teacherId);
    return this.streams.open(await this.topic.follow(lastEventId, teacherId));
  }
}
