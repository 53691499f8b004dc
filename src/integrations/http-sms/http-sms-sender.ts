import { accepted, type Delivery, handInSms, type Sms, SmsSender, unknown } from '../../modules/notifications/index.js';
import { KeyedApi } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { HttpSmsConfig } from './http-sms.config.js';
import { readAt, written } from './paths.js';

/** Text messages by whichever aggregator takes JSON over HTTP, in its own names for the fields. */
export class HttpSmsSender extends SmsSender {
  readonly provider = 'http-sms';
  private readonly api: KeyedApi;

  constructor(
    private readonly config: HttpSmsConfig,
    calls: ProviderCalls,
  ) {
    super();
    const [name, value] = (config.header ?? '').split(/:\s*(.*)/s) as [string, string | undefined];
    const headers: Record<string, string> = value === undefined ? {} : { [name]: value };
    const said = (body: object) => readAt(body, 'message') ?? readAt(body, 'error') ?? readAt(body, 'error.message');
    this.api = new KeyedApi(
      { provider: this.provider, title: 'The aggregator', url: config.url ?? '', headers, said },
      calls,
    );
  }

  send(sms: Sms): Promise<Delivery> {
    return handInSms(sms, () => this.handIn(sms));
  }

  private async handIn(sms: Sms): Promise<Delivery> {
    const { method } = this.config;
    const call = { operation: 'send a message', method, path: '', body: this.message(sms), repeatable: false };
    const { body } = await this.api.call<object>(call);
    const id = readAt(body, this.config.field('id'));
    return id ? accepted(id) : unknown('the aggregator answered without an id');
  }

  private message({ to, body, from, messageId }: Sms): object {
    const { config } = this;
    return written([
      [config.field('to'), to],
      [config.field('message'), body],
      [config.field('from'), from ?? config.sender],
      [config.field('reference'), messageId],
    ]);
  }
}
