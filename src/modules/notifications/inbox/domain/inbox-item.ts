import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, json, schoolScoped, text } from '../../../../platform/database/columns.js';
import type { MessageKind } from '../../domain/message-kinds.js';
import type { MessageParams } from '../../domain/message.js';

/** Something a person was told, beside whatever went out by e-mail and SMS. Its words are made when it is read. */
export const InboxItemSchema = defineEntity({
  name: 'InboxItem',
  tableName: 'inbox_items',
  ...schoolScoped,
  uniques: [
    { name: 'inbox_items_school', properties: ['schoolId', 'id'] },
    { name: 'inbox_items_dedupe_key', properties: ['dedupeKey'] },
  ],
  indexes: [
    { name: 'inbox_items_user', properties: ['schoolId', 'userId', 'id'] },
    { name: 'inbox_items_unread', properties: ['schoolId', 'userId', 'readAt', 'id'] },
    { name: 'inbox_items_age', properties: ['readAt', 'createdAt'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    userId: id(),
    kind: code<MessageKind>(),
    subjectId: id(),
    params: json<MessageParams>(),
    dedupeKey: text(190),
    createdAt: instant(),
    readAt: instant().nullable(),
  },
});
