import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MailServer } from '../smtp/mail-server.js';
import type { Email } from '../smtp/mailbox.js';

/** No scripts and nothing from elsewhere, whatever the e-mail holds; its links open outside of the frame. */
const POLICY = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  'img-src data:',
  "style-src 'unsafe-inline'",
].join('; ');

/** Files that a browser shows by itself without running anything in them, and as what. */
const SHOWN: Partial<Record<string, string>> = {
  'application/pdf': 'application/pdf',
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'text/calendar': 'text/plain; charset=utf-8',
  'text/csv': 'text/plain; charset=utf-8',
  'text/plain': 'text/plain; charset=utf-8',
};

/** The parts of one e-mail: its HTML, its text, its attachments. */
export function serveEmails(http: FastifyInstance, { mailbox }: MailServer): void {
  const reading =
    <P extends { id: string }>(read: (email: Email, params: P, reply: FastifyReply) => FastifyReply) =>
    (request: { params: unknown }, reply: FastifyReply): FastifyReply => {
      const params = request.params as P;
      const email = mailbox.get(params.id);
      return email ? read(email, params, reply) : reply.status(404).send('No such e-mail.');
    };
  http.get(
    '/mailbox/emails/:id/html',
    reading((email, _params, reply) =>
      reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(prepared(email)),
    ),
  );
  http.get(
    '/mailbox/emails/:id/text',
    reading((email, _params, reply) => reply.type('text/plain; charset=utf-8').send(email.text ?? '')),
  );
  http.get(
    '/mailbox/emails/:id/attachments/:index',
    reading<{ id: string; index: string }>((email, { index }, reply) => {
      const attachment = email.attachments[Number(index)];
      if (!attachment) return reply.status(404).send('No such attachment.');
      const shownAs = SHOWN[attachment.type.split(';')[0]!.toLowerCase()];
      const manner = shownAs ? 'inline' : 'attachment';
      return reply
        .type(shownAs ?? 'application/octet-stream')
        .header('x-content-type-options', 'nosniff')
        .header('content-disposition', `${manner}; filename*=UTF-8''${encodeURIComponent(attachment.name)}`)
        .send(attachment.content);
    }),
  );
}

/** The HTML with its `cid:` pictures filled in and its links made to open in a new tab. */
function prepared({ html, text, attachments }: Email): string {
  let page = html ?? `<pre>${(text ?? '').replaceAll('<', '&lt;')}</pre>`;
  for (const { contentId, type, content } of attachments) {
    if (contentId) page = page.replaceAll(`cid:${contentId}`, `data:${type};base64,${content.toString('base64')}`);
  }
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(page) ? page.replace(/<head[^>]*>/i, (head) => head + base) : base + page;
}
