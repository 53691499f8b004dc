import { BoolField, EnumField, IdField, InstantField, IntField, TextField } from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { messageKindNames, type MessageKind } from '../../domain/message-kinds.js';
import { type InboxSubject, inboxSubjects } from '../domain/about.js';
import { inboxList } from '../queries/inbox.js';

export class InboxQuery extends ListQuery(inboxList) {
  @BoolField({ description: 'Only what was not read yet.', example: true, optional: true })
  unread?: boolean;
}

export class InboxItemDto {
  @IdField({ description: 'Id of the item.' })
  id: string;

  @EnumField(messageKindNames, { description: 'What it is about.', example: 'lesson_booked', name: 'MessageKind' })
  kind: MessageKind;

  @TextField({ description: 'What has happened, in the reader’s language.', example: 'Din tid er booket', max: 500 })
  heading: string;

  @TextField({
    description: 'What it is about, as it stands now; null when there is nothing to add.',
    example: 'tirs. 1. dec. kl. 10.00 · Kørelektion B',
    max: 1_000,
    nullable: true,
  })
  line: string | null;

  @EnumField(inboxSubjects, { description: 'What it leads to.', example: 'lesson', name: 'InboxSubject' })
  subject: InboxSubject;

  @IdField({ description: 'Id of what it leads to.' })
  subjectId: string;

  @InstantField({ description: 'When it came.', example: '2026-12-01T09:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When it was read.', example: null, nullable: true })
  readAt: Date | null;
}

export class InboxSummaryDto {
  @IntField({ description: 'How many items were not read yet.', example: 3, min: 0, max: 1_000_000 })
  unread: number;
}

export class ReadInboxDto {
  @IdField({ description: 'This item and all before it have been read.' })
  upTo: Id;
}
