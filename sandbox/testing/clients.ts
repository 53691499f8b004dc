import { Stripe } from 'stripe';
import twilio from 'twilio';
import { type Sandbox, SANDBOX_CREDENTIALS, type SandboxOptions, startSandbox } from '../sandbox.js';

/** A sandbox of the spec's own; held to the vendors' contracts when `VENDOR_SPECS` says where they are. */
export async function startTestSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const vendorSpecs = process.env['VENDOR_SPECS'];
  return startSandbox({
    ...options,
    ...(vendorSpecs ? { vendorSpecs } : {}),
    stripe: { webhookRetryDelaysMs: [10, 10], refundSettlesAfterMs: 20, ...options.stripe },
    twilio: { deliveryStepMs: 10, ...options.twilio },
  });
}

/** The real Stripe SDK, pointed at the sandbox. */
export function stripeClient(sandbox: Sandbox, secretKey: string = SANDBOX_CREDENTIALS.stripeSecretKey): Stripe {
  const { hostname, port, protocol } = new URL(sandbox.url);
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: protocol === 'http:' ? 'http' : 'https',
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** The real Twilio SDK, pointed at the sandbox by the base URL of its API domain. */
export function twilioClient(sandbox: Sandbox, authToken: string = SANDBOX_CREDENTIALS.twilioAuthToken): twilio.Twilio {
  const client = twilio(SANDBOX_CREDENTIALS.twilioAccountSid, authToken, { timeout: 10_000 });
  client.api.baseUrl = sandbox.url;
  return client;
}

/** A checkout of one lesson for 700 kr., as the application would open it. */
export function lessonCheckout(
  overrides: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    allowed_payment_method_types: ['card', 'mobilepay'],
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'dkk', unit_amount: 70_000, product_data: { name: 'Køretime, 45 min.' } },
      },
    ],
    client_reference_id: 'payment-1',
    metadata: { payment_id: 'payment-1' },
    payment_intent_data: { metadata: { payment_id: 'payment-1' }, description: 'Faktura 1001' },
    success_url: 'http://127.0.0.1:3000/paid?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:3000/cancelled',
    locale: 'da',
    ...overrides,
  };
}
