import type { Attachment, Email } from './email-sender.js';
import { headersOf, type MailFrom, messageIdOf } from './sendable.js';

/** What the providers that take mail as JSON all call the same. */
export function mailJson(email: Email, from: MailFrom) {
  const { to, fromName, subject } = email;
  return {
    from: { email: from.fromAddress, name: fromName || from.fromName },
    to: { email: to.address, ...(to.name ? { name: to.name } : {}) },
    subject,
    headers: { ...headersOf(email), 'Message-ID': messageIdOf(email, from) },
  };
}

/** An attachment as Mailtrap and SendGrid take it. */
export function attachmentJson({ filename, contentType, content, inline }: Attachment): object {
  const shown = inline ? { disposition: 'inline', content_id: filename } : { disposition: 'attachment' };
  return { filename, type: contentType, content: content.toString('base64'), ...shown };
}
