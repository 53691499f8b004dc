import { BadRequest } from '../http/problem.js';

/** A request as it came over the wire. */
export interface WebhookRequest {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Path and query as the provider called them; some sign the address too. */
  readonly url: string;
}

export interface AcceptedWebhook {
  /** The same for every repeat of the same message, and for no other message of this provider. */
  readonly key: string;
  /** The provider's word for what happened. */
  readonly kind: string;
  /** What is kept in place of the body, where headers or the address say what the body does not. */
  readonly body?: string;
}

/** What a provider needs for telling us things. Bound in integrations.module.ts, one for each provider. */
export abstract class WebhookAdapter {
  /** As in POST /webhooks/{provider}. */
  abstract readonly provider: string;

  /** Makes sure that the provider sent it. @throws UntrustedWebhook */
  abstract accept(request: WebhookRequest): AcceptedWebhook | Promise<AcceptedWebhook>;

  /** Acts on a stored message; outside a transaction, and must stand a repeat. 'ignored': nothing in it is for us. */
  abstract process(body: string, receivedAt: Date): Promise<'processed' | 'ignored'>;
}

/** Every bound adapter, by its provider. */
export class WebhookAdapters {
  private readonly byProvider: ReadonlyMap<string, WebhookAdapter>;

  constructor(adapters: readonly WebhookAdapter[]) {
    this.byProvider = new Map(adapters.map((adapter) => [adapter.provider, adapter]));
  }

  find(provider: string): WebhookAdapter | undefined {
    return this.byProvider.get(provider);
  }
}

/** 400: the signature is missing, wrong or too old. */
export class UntrustedWebhook extends BadRequest {
  constructor() {
    super('webhook.untrusted', {
      en: 'The signature is not valid. Compare the endpoint’s signing secret at the provider with the one configured here.',
      da: 'Signaturen er ikke gyldig. Sammenlign udbyderens signeringshemmelighed med den, der er sat op her.',
    });
  }
}
