import { clippedForSms, fitSms } from '../domain/sms-fit.js';
import { plainForSms } from '../domain/sms-segments.js';
import { around } from './around.js';
import { type EmailFrame, emailHtml, type EmailParts, type ShownLogo } from './email-layout.js';
import { fillIn, plainValue } from './text-language.js';
import type { Locale, Wording } from './wording.js';

/**
 * What one message says in one language. Each text is a Liquid template over the view; the e-mail's HTML and its plain text
 * both come from it. A paragraph or fact that renders empty is left out, so conditions stand inside the texts.
 */
export interface MessageText {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Each of its lines is an item of a list; empty ones are left out. */
  readonly list?: string;
  /** Label and value, shown as a small table. */
  readonly facts?: readonly (readonly [label: string, value: string])[];
  /** A button; left out when the link renders empty. */
  readonly action?: { readonly label: string; readonly link: string };
  /** Kinds that go out as SMS have it; it starts with the school's name. */
  readonly sms?: string;
}

/** One kind of message in every language; `Data` is what its texts may use beside the sender and the reader. */
export type MessageTemplate<Data extends object = object> = Readonly<Record<Locale, MessageText>> & {
  /** An example of what it tells. A value that messages of this kind never have is empty in it. */
  readonly sample: (words: Wording) => Data;
};

/** In whose name it is sent; a school, or the platform itself. */
export interface Sender {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: string;
}

export interface Reader {
  readonly name: string;
}

export interface RenderedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What every text may use, beside the `Data` of its own kind. */
export interface View {
  readonly sender: Sender;
  readonly reader: Reader;
  /** The student, where this is his guardian's copy. */
  readonly copyOf?: string;
  /** Where a reader switches such e-mails off; absent where he must get them. */
  readonly unsubscribeLink?: string;
}

export function renderEmail<Data extends object>(
  template: MessageTemplate<Data>,
  locale: Locale,
  view: View & Data,
  logo: ShownLogo | null = null,
): RenderedEmail {
  const text = view.copyOf ? asCopy(template[locale], locale) : template[locale];
  const subject = oneLine(fillIn(text.subject, view));
  const parts = emailParts(text, view);
  const signature = signatureOf(view.sender);
  const { unsubscribeLink: link } = view;
  const unsubscribe = link ? { label: around[locale].unsubscribe, link } : null;
  const frame = {
    locale,
    subject,
    logo,
    senderName: signature[0] ?? '',
    signature: signature.join(' · '),
    unsubscribe,
  };
  return { subject, html: emailHtml(frame, parts), text: plainText(parts, signature, unsubscribe) };
}

/** One line, of no more parts than may be sent. @throws Error for a kind that has no SMS text */
export function renderSms<Data extends object>(
  template: MessageTemplate<Data>,
  locale: Locale,
  view: View & Data,
): string {
  const { sms } = template[locale];
  if (sms === undefined) throw new Error('this kind of message is not sent as SMS');
  const whole = view.copyOf ? `${around[locale].copySms}${sms}` : sms;
  return fitSms(plainForSms(oneLine(fillIn(whole, clippedForSms(view)))));
}

/** The student's own text, for whoever answers for him. */
function asCopy(text: MessageText, locale: Locale): MessageText {
  const paragraphs = [around[locale].copy, ...text.paragraphs];
  return { ...text, subject: `{{ copyOf }}: ${text.subject}`, paragraphs };
}

function emailParts(text: MessageText, view: View): EmailParts {
  const fill = (source: string) => fillIn(source, view).trim();
  const action = text.action && { label: fill(text.action.label), link: fill(text.action.link) };
  return {
    heading: fill(text.heading),
    paragraphs: text.paragraphs.map(fill).filter((each) => each !== ''),
    list: fill(text.list ?? '')
      .split('\n')
      .filter((each) => each !== ''),
    facts: (text.facts ?? [])
      .map(([label, value]) => [fill(label), fill(value)] as const)
      .filter(([, value]) => value !== ''),
    action: action?.link ? action : null,
  };
}

function plainText(parts: EmailParts, signature: readonly string[], unsubscribe: EmailFrame['unsubscribe']): string {
  const { heading, paragraphs, list, facts, action } = parts;
  const items = list.map((each) => `- ${each}`).join('\n');
  const table = facts.map(([label, value]) => `${label}: ${value}`).join('\n');
  const link = action ? `${action.label}:\n${action.link}` : '';
  const stop = unsubscribe ? [`${unsubscribe.label}: ${unsubscribe.link}`] : [];
  const ending = `-- \n${[...signature, ...stop].join('\n')}`;
  return `${[heading, ...paragraphs, items, table, link, ending].filter(Boolean).join('\n\n')}\n`;
}

function signatureOf({ name, address, phone, email }: Sender): string[] {
  return [name, address, phone, email].map(plainValue).filter((each) => each !== '');
}

// Subjects and text messages are one line, so a name with line breaks in it cannot add a header or a second message.
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}
