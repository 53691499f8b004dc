import DataLoader from 'dataloader';
import {
  accepted,
  type Billed,
  type Delivery,
  handInSms,
  type Sms,
  smsSegments,
  SmsSender,
  unknown,
} from '../../modules/notifications/index.js';
import { basicLogin } from '../../platform/http/basic-login.js';
import { KeyedApi, KeyedApiRefusal } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { Slots } from '../../platform/values/slots.js';
import { type GatewayapiConfig, gatewayapiUrl } from './gatewayapi.config.js';

// About the account and not the message: a wrong login or address, no credit left, no texts allowed.
const accountCodes = /^0x(0210|0211|0212|0213|0216|021D)\b/i;

const mostAtOnce = 100;
const callsAtOnce = 20;

interface Sent {
  readonly ids: readonly number[];
  readonly usage?: {
    readonly currency?: string;
    readonly total_cost?: number;
    readonly countries?: Readonly<Record<string, number>>;
  };
}

interface Refused {
  readonly code?: string;
  readonly message?: string;
}

/** Text messages by GatewayAPI. It cannot be asked what it has taken; its reports hand back our id of the message instead. */
export class GatewayapiSmsSender extends SmsSender {
  readonly provider = 'gatewayapi';
  private readonly api: KeyedApi;
  private readonly slots = new Slots(callsAtOnce);
  /** What is sent in the same moment goes in one request. */
  private readonly together = new DataLoader<Sms, PromiseSettledResult<Delivery>>((all) => this.handInTogether(all), {
    cache: false,
    maxBatchSize: mostAtOnce,
  });

  constructor(
    private readonly config: GatewayapiConfig,
    calls: ProviderCalls,
  ) {
    super();
    const headers = { authorization: basicLogin(config.token ?? '', '') };
    const said = ({ code, message }: Refused) => [code, message].filter(Boolean).join(' ') || null;
    this.api = new KeyedApi(
      { provider: 'gatewayapi', title: 'GatewayAPI', url: gatewayapiUrl(config), headers, said },
      calls,
    );
  }

  override get perCall(): number {
    return mostAtOnce;
  }

  send(sms: Sms): Promise<Delivery> {
    return handInSms(sms, async () => valueOf(await this.together.load(sms)), isAboutMessages);
  }

  /** It takes or refuses a request as a whole: one bad message shall not keep the others back. */
  private async handInTogether(all: readonly Sms[]): Promise<PromiseSettledResult<Delivery>[]> {
    try {
      return (await this.handIn(all)).map((value) => ({ status: 'fulfilled', value }));
    } catch (error) {
      if (all.length === 1 || !isAboutMessages(error)) throw error;
      return Promise.allSettled(all.map((sms) => this.handIn([sms]).then(([delivery]) => delivery!)));
    }
  }

  private handIn(all: readonly Sms[]): Promise<Delivery[]> {
    return this.slots.run(() => this.call(all));
  }

  private async call(all: readonly Sms[]): Promise<Delivery[]> {
    const messages = all.map((sms) => this.message(sms));
    const { body } = await this.api.call<Sent>({
      operation: 'send messages',
      method: 'POST',
      path: '/rest/mtsms',
      body: messages.length === 1 ? messages[0]! : messages,
      repeatable: false,
    });
    const ids = body?.ids ?? [];
    if (ids.length !== all.length) return all.map(() => unknown('GatewayAPI answered without a message'));
    const billed = billedIn(body!, all);
    return ids.map((id, index) => accepted(String(id), billed[index]));
  }

  private message({ to, body, from, messageId }: Sms): object {
    return {
      sender: from ?? this.config.sender,
      message: body,
      // What GSM-7 cannot write is sent whole, not with question marks.
      encoding: smsSegments(body).encoding === 'ucs-2' ? 'UCS2' : 'UTF8',
      recipients: [{ msisdn: to.slice(1) }],
      ...(messageId ? { userref: messageId } : {}),
    };
  }
}

/** It bills a request as a whole: each message bears its part by the texts it is made of. */
function billedIn({ usage }: Sent, all: readonly Sms[]): Billed[] {
  const texts = all.map(({ body }) => smsSegments(body).segments);
  const ownSum = texts.reduce((sum, each) => sum + each, 0);
  const counted = Object.values(usage?.countries ?? {}).reduce((sum, each) => sum + each, 0);
  const { total_cost: total, currency } = usage ?? {};
  return texts.map((own) => ({
    ...(counted > 0 ? { segments: all.length === 1 ? counted : own } : {}),
    ...(total !== undefined && currency
      ? { cost: { micros: Math.round((total * 1_000_000 * own) / ownSum), currency } }
      : {}),
  }));
}

function isAboutMessages(error: unknown): boolean {
  return error instanceof KeyedApiRefusal && error.status < 429 && !accountCodes.test(error.said ?? '');
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
