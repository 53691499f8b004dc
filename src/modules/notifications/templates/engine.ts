import { Eta } from 'eta/core';
import { plainForSms } from '../domain/sms-segments.js';
import { emailLayout } from './email-layout.js';
import type { Locale } from './wording.js';

/**
 * What one message says in one language. Each text is an Eta template over `it`; the e-mail's HTML (escaped) and its plain
 * text both come from it. A paragraph or fact that renders empty is left out, so conditions stand inside the texts.
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
  readonly data?: Data;
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

/** What every text may use as `it`, beside the `Data` of its own kind. */
export interface View {
  readonly sender: Sender;
  readonly reader: Reader;
}

const escaping = new Eta({ autoEscape: true });
const verbatim = new Eta({ autoEscape: false });
escaping.loadTemplate('@email', emailLayout);

export function renderEmail<Data extends object>(
  template: MessageTemplate<Data>,
  locale: Locale,
  view: View & Data,
): RenderedEmail {
  const text = template[locale];
  const subject = oneLine(fill(verbatim, text.subject, view));
  const frame = { locale, subject, sender: view.sender };
  return {
    subject,
    html: escaping.render('@email', { ...frame, ...blocks(escaping, text, view) }),
    text: plainText(view.sender, blocks(verbatim, text, view)),
  };
}

/** @throws Error for a kind that has no SMS text */
export function renderSms<Data extends object>(
  template: MessageTemplate<Data>,
  locale: Locale,
  view: View & Data,
): string {
  const { sms } = template[locale];
  if (sms === undefined) throw new Error('this kind of message is not sent as SMS');
  const sender = { ...view.sender, name: clip(view.sender.name, 40) };
  return plainForSms(oneLine(fill(verbatim, sms, { ...view, sender })));
}

interface Blocks {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly list: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  readonly action: { readonly label: string; readonly link: string } | null;
}

function blocks(engine: Eta, text: MessageText, view: View): Blocks {
  const fillIn = (source: string) => fill(engine, source, view).trim();
  const action = text.action && { label: fillIn(text.action.label), link: fillIn(text.action.link) };
  return {
    heading: fillIn(text.heading),
    paragraphs: text.paragraphs.map(fillIn).filter((each) => each !== ''),
    list: fillIn(text.list ?? '')
      .split('\n')
      .filter((each) => each !== ''),
    facts: (text.facts ?? [])
      .map(([label, value]) => [fillIn(label), fillIn(value)] as const)
      .filter(([, value]) => value !== ''),
    action: action?.link ? action : null,
  };
}

function plainText(sender: Sender, { heading, paragraphs, list, facts, action }: Blocks): string {
  const items = list.map((each) => `- ${each}`).join('\n');
  const table = facts.map(([label, value]) => `${label}: ${value}`).join('\n');
  const link = action ? `${action.label}:\n${action.link}` : '';
  const signature = [sender.name, sender.address, sender.phone, sender.email].filter(Boolean).join('\n');
  return `${[heading, ...paragraphs, items, table, link, `-- \n${signature}`].filter(Boolean).join('\n\n')}\n`;
}

// Each text is compiled once: there are a few hundred of them, known at start.
function fill(engine: Eta, source: string, view: object): string {
  const name = `@${source}`;
  if (!engine.templatesSync.get(name)) engine.loadTemplate(name, source);
  return engine.render(name, view);
}

// Subjects and text messages are one line, so a name with line breaks in it cannot add a header or a second message.
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

function clip(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${Array.from(text)
        .slice(0, length - 3)
        .join('')}...`;
}
