import { domainToASCII } from 'node:url';
import type { Rejected } from '../../../platform/ports/outcome.js';
import { rejected } from './delivery.js';
import type { Email } from './email-sender.js';

// One plain mailbox: nothing that could end a header line, open a second recipient or hide a comment.
const mailbox = /^[\x21-\x7e]{1,64}@[^\s@]{1,255}$/;
const unquoted = /^[^<>()[\]\\,;:"@]+$/;
const domain = /^(?=.{1,253}$)([a-z0-9](-*[a-z0-9])*)(\.[a-z0-9](-*[a-z0-9])*)+$/;

// Line ends and controls would end a header; the marks that turn the reading direction around make one name look like another.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
const longestName = 200;
const longestSubject = 500;

/** The mail as every provider may have it: one plain recipient, names and subject in one line each. Or why none may have it. */
export function sendable(email: Email): Email | Rejected {
  const address = plainMailbox(email.to.address);
  if (!address) return rejected('not an e-mail address');
  return {
    ...email,
    to: { name: oneLine(email.to.name, longestName), address },
    fromName: oneLine(email.fromName, longestName),
    replyTo: (email.replyTo && plainMailbox(email.replyTo)) ?? undefined,
    subject: oneLine(email.subject, longestSubject) || '-',
    html: email.html.toWellFormed(),
    text: email.text.toWellFormed(),
  };
}

/** What every mail says of itself beside who writes to whom. */
export function headersOf({ listUnsubscribe }: Email): Record<string, string> {
  const url = listUnsubscribe && URL.canParse(listUnsubscribe) ? new URL(listUnsubscribe) : null;
  return {
    'Auto-Submitted': 'auto-generated',
    ...(url?.protocol === 'https:'
      ? { 'List-Unsubscribe': `<${url.href}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {}),
  };
}

/** In whose name all mail goes. */
export interface MailFrom {
  readonly fromAddress: string;
  /** Where no school's name stands. */
  readonly fromName: string;
}

/** The Message-ID of every attempt. */
export function messageIdOf({ messageId }: Email, { fromAddress }: MailFrom): string {
  return `<${messageId}@${fromAddress.split('@')[1]}>`;
}

/** With an international domain in the letters the mail servers know; null when it is none. */
function plainMailbox(address: string): string | null {
  const at = address.lastIndexOf('@');
  const [local, host] = [address.slice(0, at), domainToASCII(address.slice(at + 1))];
  const isPlain = at > 0 && mailbox.test(address) && unquoted.test(local) && domain.test(host);
  return isPlain ? `${local}@${host}` : null;
}

function oneLine(text: string, longest: number): string {
  const line = text
    .slice(0, longest * 4)
    .toWellFormed()
    .replace(unprintable, ' ')
    .trim();
  return Array.from(line).slice(0, longest).join('').trim();
}
