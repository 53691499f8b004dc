import { SignJWT } from 'jose';
import { BoundedMap } from '../http/bounded-map.js';
import { basicLogin } from '../http/basic-login.js';
import type { WebhookPost } from '../http/post-webhook.js';
import { answered, Refusal } from '../http/refusal.js';
import type { Operation, Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { WebhookPosts } from '../http/webhook-posts.js';
import type { Sms } from '../twilio/message.js';
import { segmentsOf } from '../twilio/segments.js';

export interface GatewayapiServerOptions {
  token: string;
  webhookSecret: string;
}

interface Mtsms {
  sender?: string;
  message: string;
  userref?: string;
  recipients: { msisdn: string | number }[];
}

const PRICE = 0.24;
const STATUSES: Readonly<Record<string, object>> = {
  '4500000001': { status: 'UNDELIVERABLE', error: 'Mobile subscriber not reachable', code: '0x1019' },
  '4500000002': { status: 'UNDELIVERABLE', error: 'Unknown subscriber', code: '0x1010' },
};

/** GatewayAPI's REST API, with a phone that receives everything. */
export class GatewayapiServer implements Vendor {
  readonly system = 'gatewayapi';
  readonly webhooks = new WebhookPosts();
  readonly operations: readonly Operation[];
  private readonly messages = new BoundedMap<number, Sms>();
  private lastId = 421_332_670;

  constructor(private readonly options: GatewayapiServerOptions) {
    const send = (request: VendorRequest) => this.send(request);
    this.operations = [{ name: 'messages.create', method: 'POST', path: '/rest/mtsms', handle: send }];
  }

  refuseStranger({ headers }: VendorRequest): VendorAnswer | undefined {
    const isKnown = headers.authorization === basicLogin(this.options.token, '');
    return isKnown ? undefined : error(401, '0x0211', 'Invalid password').toAnswer();
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return error(status, '0x0209', message).toAnswer();
  }

  /** What the phones have received, the newest first. */
  received(): Sms[] {
    return this.messages.newestFirst();
  }

  clear(): void {
    this.messages.clear();
    this.webhooks.clear();
  }

  /** Somebody writes to the number we send from. */
  async answer(msisdn: string, message: string): Promise<void> {
    await this.webhooks.tell(
      await this.signed({ id: ++this.lastId, msisdn: Number(msisdn), message, senttime: seconds() }),
    );
  }

  /** A message as GatewayAPI sends it: the whole of it is the signature's too. */
  async signed(payload: Record<string, unknown>, secret = this.options.webhookSecret): Promise<WebhookPost> {
    const token = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(secret));
    return {
      body: JSON.stringify(payload),
      headers: { 'content-type': 'application/json', 'x-gwapi-signature': token },
    };
  }

  /** One message or several: all of them, or none. */
  private send({ body }: VendorRequest): VendorAnswer {
    const asked = [body as unknown as Mtsms | Mtsms[]].flat();
    asked.forEach(refuseBad);
    const taken = asked.map((each) => ({ sms: this.take(each), userref: each.userref }));
    const segments = taken.reduce((sum, { sms }) => sum + sms.segments, 0);
    const usage = { countries: { DK: segments }, currency: 'DKK', total_cost: segments * PRICE };
    const afterwards = () => taken.forEach(({ sms, userref }) => void this.travel(sms, userref));
    return { status: 200, body: { ids: taken.map(({ sms }) => Number(sms.sid)), usage }, afterwards };
  }

  private take({ sender = '', message, recipients }: Mtsms): Sms {
    const id = ++this.lastId;
    const sms = {
      sid: String(id),
      from: sender,
      to: `+${recipients[0]!.msisdn}`,
      body: message,
      segments: segmentsOf(message),
      status: 'sent',
      sentAt: new Date(),
    };
    this.messages.set(id, sms);
    return sms;
  }

  private async travel(sms: Sms, userref: string | undefined): Promise<void> {
    const [id, msisdn] = [Number(sms.sid), Number(sms.to.slice(1))];
    const status = STATUSES[String(msisdn)] ?? { status: 'DELIVERED' };
    for (const step of [{ status: 'ENROUTE' }, status]) {
      sms.status = (step as { status: string }).status.toLowerCase();
      await this.webhooks.tell(
        await this.signed({ id, msisdn, time: seconds(), ...(userref ? { userref } : {}), ...step }),
      );
    }
  }
}

function refuseBad({ sender = '', recipients }: Mtsms): void {
  const msisdn = String(recipients[0]!.msisdn);
  if (!/^\d{8,15}$/.test(msisdn)) throw error(422, '0x0308', `Invalid MSISDN ${msisdn}`);
  if (msisdn === '4500000000') throw error(422, '0x0215', `MSISDN ${msisdn} blacklisted`);
  if (!/^(\d{1,15}|[A-Za-z0-9 ]{1,11})$/.test(sender)) throw error(422, '0x0308', `Invalid sender ${sender}`);
}

const seconds = (): number => Math.floor(Date.now() / 1_000);

function error(status: number, code: string, message: string): Refusal {
  return new Refusal(status, { code, incident_uuid: 'sandbox', message, variables: [] });
}
