import type { Address, Attachment, Email as ParsedEmail } from 'postal-mime';
import { BoundedMap } from '../http/bounded-map.js';
import { token } from '../http/tokens.js';

export interface EmailAttachment {
  name: string;
  type: string;
  content: Buffer;
  /** Set for a picture that the HTML shows by `cid:`. */
  contentId: string | null;
}

/** An e-mail as it was delivered. */
export interface Email {
  id: string;
  messageId: string | null;
  /** The id of the e-mail that came first with this Message-ID. */
  duplicateOf: string | null;
  envelope: { from: string; to: string[] };
  from: string;
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
  attachments: EmailAttachment[];
  /** Names in lower case. */
  headers: { name: string; value: string }[];
  receivedAt: Date;
}

/** Every e-mail that was delivered. */
export class Mailbox extends BoundedMap<string, Email> {
  deliver(envelope: Email['envelope'], parsed: ParsedEmail): Email {
    const messageId = parsed.messageId ?? null;
    const first = messageId === null ? undefined : [...this.values()].find((one) => one.messageId === messageId);
    const email: Email = {
      id: token('mail_', 16),
      messageId,
      duplicateOf: first ? (first.duplicateOf ?? first.id) : null,
      envelope,
      from: parsed.from ? written(parsed.from) : envelope.from,
      to: (parsed.to ?? []).map(written),
      subject: parsed.subject ?? '',
      html: parsed.html ?? null,
      text: parsed.text ?? null,
      attachments: parsed.attachments.map(readAttachment),
      headers: parsed.headers.map(({ key, value }) => ({ name: key, value })),
      receivedAt: new Date(),
    };
    this.set(email.id, email);
    return email;
  }
}

function written(address: Address): string {
  return address.name ? `${address.name} <${address.address ?? ''}>` : (address.address ?? '');
}

function readAttachment(attachment: Attachment): EmailAttachment {
  const { filename, mimeType, content, contentId } = attachment;
  return {
    name: filename ?? 'attachment',
    type: mimeType,
    content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer),
    contentId: contentId?.replace(/^<|>$/g, '') ?? null,
  };
}
