import { fastify, type FastifyInstance } from 'fastify';
import { serveFaults } from '../faults/faults-api.js';
import { serveCheckout } from '../pages/checkout.js';
import { serveHome } from '../pages/home.js';
import { serveMailbox } from '../pages/mailbox.js';
import { serveStripeDashboard } from '../pages/stripe-dashboard.js';
import { serveInspection } from '../pages/inspection-api.js';
import { decodeForm } from './form.js';
import type { HttpParts } from './http-parts.js';
import { servePaypalPage } from '../pages/paypal.js';
import { serveVippsPage } from '../pages/vipps.js';
import { serveVendor } from './vendor.js';

/** One HTTP server for the vendors' APIs, their pages, and `/_sandbox`. */
export function buildHttp(parts: HttpParts): FastifyInstance {
  const http = fastify({ forceCloseConnections: true });
  http.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, decodeForm(String(text))),
  );
  const { stripe, twilio, vipps, paypal, faults, contracts } = parts;
  serveVendor(stripe, { http, faults, contract: contracts?.stripe });
  serveVendor(vipps, { http, faults, contract: contracts?.vipps });
  for (const api of paypal.apis) serveVendor(api, { http, faults, contract: contracts?.[api.described] });
  serveVendor(twilio, { http, faults, contract: contracts?.twilio });
  serveFaults(http, faults);
  serveInspection(http, parts);
  serveHome(http, parts);
  serveMailbox(http, parts);
  serveCheckout(http, stripe);
  serveVippsPage(http, vipps);
  servePaypalPage(http, paypal);
  serveStripeDashboard(http, stripe);
  http.setNotFoundHandler((request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${request.url}). The sandbox does not play it.`;
    return reply.status(404).send({ error: { type: 'invalid_request_error', message } });
  });
  return http;
}
