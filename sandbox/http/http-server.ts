import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import { serveFaults } from '../faults/faults-api.js';
import { serveBilling } from '../pages/billing.js';
import { serveBillingControls } from '../pages/billing-api.js';
import { serveCheckout } from '../pages/checkout.js';
import { serveHome } from '../pages/home.js';
import { serveMailbox } from '../pages/mailbox.js';
import { serveStripeDashboard } from '../pages/stripe-dashboard.js';
import { serveInspection } from '../pages/inspection-api.js';
import { decodeForm } from './form.js';
import { decodeMultipart } from './multipart.js';
import type { HttpParts } from './http-parts.js';
import { servePaypalPage } from '../pages/paypal.js';
import { serveVippsPage } from '../pages/vipps.js';
import { serveVendor } from './vendor.js';

/** One HTTP server for the vendors' APIs, their pages, and `/_sandbox`. */
export function buildHttp(parts: HttpParts): FastifyInstance {
  const http = fastify({ forceCloseConnections: true, bodyLimit: 20 * 1024 * 1024 });
  http.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, decodeForm(String(text))),
  );
  http.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
    decodeMultipart(body, request.headers['content-type']!),
  );
  const { stripe, twilio, vipps, paypal, messengers, faults, contracts } = parts;
  serveVendor(stripe, { http, faults, contract: contracts?.stripe });
  serveVendor(vipps, { http, faults, contract: contracts?.vipps });
  for (const api of paypal.apis) serveVendor(api, { http, faults, contract: contracts?.[api.described] });
  serveVendor(twilio, { http, faults, contract: contracts?.twilio });
  const { aggregator, ...described } = messengers;
  serveVendor(aggregator, { http, faults });
  for (const vendor of Object.values(described)) {
    serveVendor(vendor, { http, faults, contract: contracts?.[vendor.system] });
  }
  serveFaults(http, faults);
  serveInspection(http, parts);
  serveBillingControls(http, parts);
  serveHome(http, parts);
  serveMailbox(http, parts);
  serveCheckout(http, stripe);
  serveBilling(http, stripe);
  serveVippsPage(http, vipps);
  servePaypalPage(http, paypal);
  serveStripeDashboard(http, stripe);
  http.setNotFoundHandler((request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${request.url}). The sandbox does not play it.`;
    return reply.status(404).send({ error: { type: 'invalid_request_error', message } });
  });
  return http;
}
