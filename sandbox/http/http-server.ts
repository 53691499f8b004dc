import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import { serveFaults } from '../faults/faults-api.js';
import { serveBooksConsent } from '../pages/books-consent.js';
import { serveFindkoreskoleHooks } from '../findkoreskole/findkoreskole-http.js';
import { serveFindkoreskolePage } from '../pages/findkoreskole.js';
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
import { serveEteoriPages } from '../pages/e-teori.js';
import { servePaypalPage } from '../pages/paypal.js';
import { serveVippsPage } from '../pages/vipps.js';
import { serveReceiver } from '../webhook-receiver/serve-receiver.js';
import { serveErrorTracker } from '../sentry/serve-error-tracker.js';
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
  // A file by itself is what the body of a form would be.
  http.addContentTypeParser('application/pdf', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, { bytes: (body as Buffer).toString('base64') }),
  );
  const { stripe, twilio, vipps, paypal, eteori, messengers, books, faults, contracts } = parts;
  serveVendor(stripe, { http, faults, contract: contracts?.stripe });
  serveVendor(vipps, { http, faults, contract: contracts?.vipps });
  for (const api of paypal.apis) serveVendor(api, { http, faults, contract: contracts?.[api.described] });
  serveVendor(eteori, { http, faults, contract: eteori.contract });
  serveVendor(twilio, { http, faults, contract: contracts?.twilio });
  const { aggregator, ...described } = messengers;
  serveVendor(aggregator, { http, faults });
  for (const vendor of Object.values(described)) {
    serveVendor(vendor, { http, faults, contract: contracts?.[vendor.system] });
  }
  serveVendor(books.economic, { http, faults, contract: contracts?.economic });
  serveVendor(books.quickbooks, { http, faults, contract: contracts?.quickbooks });
  serveVendor(books.xero, { http, faults, contract: contracts?.xero });
  serveVendor(books.xero.identity, { http, faults, contract: contracts?.xeroIdentity });
  serveFindkoreskoleHooks(http, parts.findkoreskole, faults);
  serveFindkoreskolePage(http, parts.findkoreskole, parts.appUrl);
  serveFaults(http, faults);
  serveInspection(http, parts);
  serveBillingControls(http, parts);
  serveHome(http, parts);
  serveMailbox(http, parts);
  serveCheckout(http, stripe);
  serveBilling(http, stripe);
  serveVippsPage(http, vipps);
  serveBooksConsent(http, books);
  servePaypalPage(http, paypal);
  serveEteoriPages(http, eteori);
  serveStripeDashboard(http, stripe);
  serveReceiver(http, parts.receiver);
  serveErrorTracker(http, parts.errors);
  http.setNotFoundHandler((request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${request.url}). The sandbox does not play it.`;
    return reply.status(404).send({ error: { type: 'invalid_request_error', message } });
  });
  return http;
}
