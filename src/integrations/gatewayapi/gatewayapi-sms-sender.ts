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
import { KeyedApi } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { type GatewayapiConfig, gatewayapiUrl } from './gatewayapi.config.js';

// About the account and not the message: a wrong login or address, no credit left, no texts allowed.
const accountCodes = /^0x(0210|0211|0212|0213|0216|021D)\b/i;

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

  send(sms: Sms): Promise<Delivery> {
    return handInSms(
      sms,
      () => this.handIn(sms),
      ({ said }) => !accountCodes.test(said ?? ''),
    );
  }

  private async handIn(sms: Sms): Promise<Delivery> {
    const { body } = await this.api.call<Sent>({
      operation: 'send a message',
      method: 'POST',
      path: '/rest/mtsms',
      body: this.message(sms),
      repeatable: false,
    });
    const id = body?.ids?.[0];
    return id === undefined ? unknown('GatewayAPI answered without a message') : accepted(String(id), billedIn(body!));
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

function billedIn({ usage }: Sent): Billed {
  const segments = Object.values(usage?.countries ?? {})[0];
  const { total_cost: cost, currency } = usage ?? {};
  return {
    ...(segments ? { segments } : {}),
    ...(cost !== undefined && currency ? { cost: { micros: Math.round(cost * 1_000_000), currency } } : {}),
  };
}
