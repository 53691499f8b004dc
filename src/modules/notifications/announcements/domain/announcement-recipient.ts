import { defineEntity, PrimaryKeyProp } from '@mikro-orm/core';
import { code, id, schoolScoped } from '../../../../platform/database/columns.js';
import type { Channel } from '../../domain/message-kinds.js';

/** Somebody whose message of an announcement is still to be made. The row goes when the message comes. */
export const AnnouncementRecipientSchema = defineEntity({
  name: 'AnnouncementRecipient',
  tableName: 'announcement_recipients',
  ...schoolScoped,
  indexes: [
    { name: 'announcement_recipients_announcement', properties: ['schoolId', 'announcementId'] },
    { name: 'announcement_recipients_user', properties: ['schoolId', 'userId'] },
  ],
  properties: {
    announcementId: id().primary(),
    channel: code<Channel>().primary(),
    userId: id().primary(),
    schoolId: id(),
  },
});

export class AnnouncementRecipient extends AnnouncementRecipientSchema.class {
  declare [PrimaryKeyProp]?: ['announcementId', 'channel', 'userId'];
}
AnnouncementRecipientSchema.setClass(AnnouncementRecipient);
