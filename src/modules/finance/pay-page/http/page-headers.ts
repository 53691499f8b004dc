import type { FastifyReply } from 'fastify';

/**
 * The address is a secret: no other site hears of it, and no search engine keeps it. Browsers hold the redirect that answers a form
 * against `form-action` too, and it leads to whichever gateway the school uses.
 */
export function sendPayPage(reply: FastifyReply, status: number, page: string, publicUrl: string): FastifyReply {
  const gateways = publicUrl.startsWith('https:') ? 'https:' : 'https: http:';
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; form-action 'self' ${gateways}; base-uri 'none'; frame-ancestors 'none'`;
  return reply
    .code(status)
    .headers({
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(page);
}
