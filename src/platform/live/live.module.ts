import { Global, Module } from '@nestjs/common';
import { LiveTopics } from './live-topics.js';
import { TopicLog } from './topic-log.js';
import { TopicReader } from './topic-reader.js';

@Global()
@Module({ providers: [LiveTopics, TopicLog, TopicReader], exports: [LiveTopics] })
export class LiveModule {}
