import { defineEntity, PrimaryKeyProp } from '@mikro-orm/core';
import { bool, code, id, instant, schoolScoped } from '../../../../platform/database/columns.js';
import type { Channel } from '../../domain/message-kinds.js';
import type { ChoosableTopic } from './topic-choice.js';

/** Whether somebody hears of a topic on a channel, once he has said so; on where he has not. */
export const MessagePreferenceSchema = defineEntity({
  name: 'MessagePreference',
  tableName: 'message_preferences',
  ...schoolScoped,
  indexes: [{ name: 'message_preferences_user', properties: ['userId'] }],
  properties: {
    schoolId: id().primary(),
    userId: id().primary(),
    topic: code<ChoosableTopic>().primary(),
    channel: code<Channel>().primary(),
    isOn: bool(),
    changedAt: instant().nullable(),
  },
});

export class MessagePreference extends MessagePreferenceSchema.class {
  declare [PrimaryKeyProp]?: ['schoolId', 'userId', 'topic', 'channel'];
}
MessagePreferenceSchema.setClass(MessagePreference);
