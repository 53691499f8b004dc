import { Module } from '@nestjs/common';
import { SchoolsModule } from '../../schools/index.js';
import { DiaryEventsController } from './http/diary-events.controller.js';
import { TellDiary } from './jobs/tell-diary.js';
import { DiaryTopic } from './queries/diary-topic.js';
import { FollowDiary } from './queries/follow-diary.js';
import { LessonNewsReader } from './queries/lesson-news.js';

/** The diary as it changes. An area tells of what it has in the diary by DiaryTopic. */
@Module({
  imports: [SchoolsModule],
  controllers: [DiaryEventsController],
  providers: [DiaryTopic, FollowDiary, LessonNewsReader, TellDiary],
  exports: [DiaryTopic],
})
export class LiveDiaryModule {}
