import { Injectable } from '@nestjs/common';
import type { Channel } from '../domain/message-kinds.js';
import { EmailChannel } from './email-channel.js';
import type { MessageChannel } from './message-channel.js';
import { SmsChannel } from './sms-channel.js';

/** The ways to reach people. */
@Injectable()
export class Channels {
  private readonly known: Record<Channel, MessageChannel>;

  constructor(email: EmailChannel, sms: SmsChannel) {
    this.known = { email, sms };
  }

  of(channel: Channel): MessageChannel {
    return this.known[channel];
  }
}
