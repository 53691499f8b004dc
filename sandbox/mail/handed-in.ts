import type { Email as ParsedEmail } from 'postal-mime';
import type { Email, Mailbox } from '../smtp/mailbox.js';

export interface HandedInFile {
  name: string;
  type: string;
  content: Buffer;
  /** What the HTML shows it by. */
  contentId?: string;
}

/** A mail as an application hands it to an API, in the words all of them share. */
export interface HandedIn {
  from: { email: string; name?: string };
  to: { email: string; name?: string };
  subject: string;
  html?: string;
  text?: string;
  headers: Record<string, string>;
  attachments: HandedInFile[];
}

/** What becomes of a mail, by the mailbox it is for: `bounce@`, `full@` and `complain@` are special. */
export type Fate = 'delivered' | 'bounced' | 'full' | 'complained';

export function fateOf(address: string): Fate {
  if (/^bounce(\+|@)/i.test(address)) return 'bounced';
  if (/^full(\+|@)/i.test(address)) return 'full';
  return /^complain(\+|@)/i.test(address) ? 'complained' : 'delivered';
}

/** The reader has it, whatever is thought of it. */
export function arrives(fate: Fate): fate is 'delivered' | 'complained' {
  return fate === 'delivered' || fate === 'complained';
}

/** Files as they travel in JSON. */
export interface JsonFile {
  content: string;
  filename: string;
  type?: string;
  disposition?: string;
  content_id?: string;
}

export function filesIn(attachments: readonly JsonFile[] = []): HandedIn['attachments'] {
  return attachments.map(
    ({ filename, type = 'application/octet-stream', content, disposition, content_id: contentId }) => ({
      name: filename,
      type,
      content: Buffer.from(content, 'base64'),
      ...(disposition === 'inline' && contentId ? { contentId } : {}),
    }),
  );
}

/** Puts it into the common mailbox, as the reader would have it. */
export function deliver(mailbox: Mailbox, mail: HandedIn): Email {
  const headers = Object.entries(mail.headers).map(([key, value]) => ({
    key: key.toLowerCase(),
    originalKey: key,
    value,
  }));
  const parsed: ParsedEmail = {
    headers,
    headerLines: [],
    from: written(mail.from),
    to: [written(mail.to)],
    subject: mail.subject,
    attachments: mail.attachments.map(({ name, type, content, contentId }) => ({
      filename: name,
      mimeType: type,
      disposition: contentId ? ('inline' as const) : ('attachment' as const),
      ...(contentId ? { contentId } : {}),
      content: new Uint8Array(content).buffer,
    })),
    ...(headers.some(({ key }) => key === 'message-id')
      ? { messageId: headers.find(({ key }) => key === 'message-id')!.value }
      : {}),
    ...(mail.html === undefined ? {} : { html: mail.html }),
    ...(mail.text === undefined ? {} : { text: mail.text }),
  };
  return mailbox.deliver({ from: mail.from.email, to: [mail.to.email] }, parsed);
}

/** True for a plain mailbox, as the vendors' own checks have it. */
export function isMailbox(address: unknown): boolean {
  return typeof address === 'string' && /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(address);
}

function written({ email, name }: { email: string; name?: string }) {
  return { address: email, name: name ?? '' };
}
