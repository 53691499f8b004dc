import type { Channel } from '../../domain/message-kinds.js';
import { type Locale, locales } from '../../templates/wording.js';
import { AnnouncementTextMissing, PlaceholderUnknown } from './announcement-problems.js';

/** What it says in one language. The e-mail's parts are null where it goes by SMS alone, and the other way round. */
export interface AnnouncementText {
  readonly subject: string | null;
  /** Plain text; line breaks are kept. */
  readonly text: string | null;
  readonly sms: string | null;
}

/** Whose language is not written reads the other one. */
export interface AnnouncementContent {
  readonly channels: readonly Channel[];
  readonly da: AnnouncementText | null;
  readonly en: AnnouncementText | null;
}

/** What a text may name. Nothing of it is a program: whatever else stands in braces is refused. */
export const placeholders = ['first_name', 'name', 'school_name'] as const;
export type Placeholder = (typeof placeholders)[number];

const needed = { email: ['subject', 'text'], sms: ['sms'] } as const satisfies Record<
  Channel,
  readonly (keyof AnnouncementText)[]
>;

/** @throws AnnouncementTextMissing, PlaceholderUnknown naming the field */
export function checkContent({ channels, ...texts }: AnnouncementContent): void {
  const written = locales.filter((locale) => texts[locale] !== null);
  if (written.length === 0) throw new AnnouncementTextMissing('da');
  for (const locale of written) {
    const text = texts[locale]!;
    for (const part of channels.flatMap((channel): readonly (keyof AnnouncementText)[] => needed[channel])) {
      if (text[part] === null) throw new AnnouncementTextMissing(`${locale}.${part}`);
    }
    for (const part of ['subject', 'text', 'sms'] as const) checkPlaceholders(text[part] ?? '', `${locale}.${part}`);
  }
}

/** The text for a reader of that language. */
export function textFor(content: AnnouncementContent, locale: Locale): AnnouncementText {
  return content[locale] ?? content[locale === 'da' ? 'en' : 'da']!;
}

const braces = /\{\{\s*(\w+)\s*\}\}/g;

/** With the values in place of their names. */
export function filled(text: string, values: Readonly<Record<Placeholder, string>>): string {
  return text.replace(braces, (_, name: string) => values[name as Placeholder]);
}

/** The values for one reader. */
export function valuesFor(name: string, schoolName: string): Record<Placeholder, string> {
  return { first_name: name.trim().split(/\s+/)[0] ?? '', name, school_name: schoolName };
}

/** For a list: what it is about, in few words, whoever reads it. */
export function headingOf(content: AnnouncementContent, locale: Locale): string {
  const { subject, sms } = textFor(content, locale);
  return filled(subject ?? sms ?? '', valuesFor('', '')).trim();
}

function checkPlaceholders(text: string, field: string): void {
  const rest = text.replace(braces, (whole, name: string) => (isOneOf(placeholders, name) ? '' : whole));
  const wrong = /\{[{%].{0,40}/s.exec(rest)?.[0];
  if (wrong !== undefined) throw new PlaceholderUnknown(field, wrong);
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
