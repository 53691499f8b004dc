import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { UserContacts } from '../../../identity/index.js';
import { Scheduling } from '../../../schools/index.js';
import type { MessageTemplate } from '../../templates/engine.js';
import { templates } from '../../templates/templates.js';
import { fillIn } from '../../templates/text-language.js';
import { asLocale, Wording } from '../../templates/wording.js';
import { subjectOf, type InboxSubject } from '../domain/about.js';
import type { InboxRow } from './inbox.js';
import { InboxSubjects, type SubjectWords } from './inbox-subjects.js';

/** An item as its reader sees it. */
export interface InboxItem extends Omit<InboxRow, 'params'> {
  readonly heading: string;
  /** Null when there is nothing to add to the heading. */
  readonly line: string | null;
  readonly subject: InboxSubject;
}

/** Where what the school has written names no subject, or is gone. */
const unnamed = { da: 'Besked fra køreskolen', en: 'News from the school' };

const counted = { da: 'og flere', en: 'and more' };

/** Puts items into the words of their reader: as many statements for a page as there are kinds of subjects in it. */
@Injectable()
export class InboxWords {
  constructor(
    private readonly subjects: InboxSubjects,
    private readonly contacts: UserContacts,
    private readonly scheduling: Scheduling,
  ) {}

  async of(userId: Id, rows: readonly InboxRow[]): Promise<InboxItem[]> {
    if (rows.length === 0) return [];
    const people = await this.contacts.of([...new Set([userId, ...rows.flatMap(wardOf)])]);
    const { zone } = await this.scheduling.school();
    const words = new Wording(asLocale(people.get(userId)?.locale ?? 'da'), zone);
    const known = new Map<string, SubjectWords>();
    for (const [subject, some] of Map.groupBy(rows, ({ kind }) => subjectOf(kind))) {
      const found = await this.subjects.read(
        subject,
        some.map(({ subjectId }) => subjectId),
        words,
      );
      for (const [id, subjectWords] of found) known.set(`${subject}:${id}`, subjectWords);
    }
    return rows.map((row) => {
      const item = worded(row, known.get(`${subjectOf(row.kind)}:${row.subjectId}`), words);
      const wards = wardOf(row).flatMap((id) => people.get(id)?.name ?? []);
      return { ...item, line: [...wards, ...(item.line === null ? [] : [item.line])].join(' · ') || null };
    });
  }
}

/** Whom a guardian's copy is about. */
function wardOf({ params }: InboxRow): Id[] {
  return params['copyOf'] ? [params['copyOf'] as Id] : [];
}

function worded({ params, ...row }: InboxRow, found: SubjectWords | undefined, words: Wording): InboxItem {
  const template: MessageTemplate = templates[row.kind];
  const view = {
    invoice: { number: found?.number ?? '' },
    announcement: { subject: found?.heading ?? '' },
    ahead: { date: params['date'] ? words.date(params['date']) : '' },
  };
  const isOneOfMany = params['bookings']?.includes(',') === true;
  const line = isOneOfMany && found ? `${found.line} ${counted[words.locale]}` : found?.line ? found.line : null;
  const heading = fillIn(template[words.locale].heading, view).trim() || unnamed[words.locale];
  return { ...row, heading, line, subject: subjectOf(row.kind) };
}
