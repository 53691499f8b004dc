import { type CalendarEntry, type EntryReader, publishedEntries } from '../../bookings/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { Attachment } from '../ports/email-sender.js';
import type { Sender } from '../templates/engine.js';
import type { Wording } from '../templates/wording.js';

const filenames = { da: 'kalender.ics', en: 'calendar.ics' };

// They tell of what its reader's calendar has since it was planned.
const reminding: readonly MessageKind[] = ['lesson_reminder', 'class_reminder', 'exam_reminder', 'exam_deadline'];

/** What an e-mail tells of, for its reader's own calendar: what was moved or cancelled changes there when the file is opened. */
export function calendarAttachment<Row>(
  { channel, kind }: MessageInHand,
  rows: readonly Row[],
  entryOf: (row: Row, reader: EntryReader) => CalendarEntry,
  { words, sender: { name, email } }: { readonly words: Wording; readonly sender: Sender },
): readonly Attachment[] {
  if (channel !== 'email' || reminding.includes(kind) || rows.length === 0 || !email) return [];
  const { locale: language, zone } = words;
  const reader: EntryReader = {
    owner: { kind: kind.startsWith('teacher_') ? 'teacher' : 'student' },
    language,
    fullNames: true,
  };
  const text = publishedEntries({ zone, language, entries: rows.map((row) => entryOf(row, reader)) }, { name, email });
  return [{ filename: words.either(filenames), contentType: 'text/calendar', content: Buffer.from(text) }];
}
