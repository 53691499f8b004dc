import type { Delivery } from './delivery.js';

export interface Sms {
  /** E.164, such as +4520123456. */
  readonly to: string;
  readonly body: string;
  /** Who it shows as coming from, where the provider lets it: at most 11 letters and digits, or a number. */
  readonly from?: string;
  /** Our id of the message, for a provider that hands it back in its reports. */
  readonly messageId?: string;
}

/** Hands text messages to a provider. An adapter answers every failure with a Delivery and never throws for one. */
export abstract class SmsSender {
  /** The provider's name as kept on the message. */
  abstract readonly provider: string;
  /** How many messages of one moment it hands over in one call. */
  get perCall(): number {
    return 1;
  }

  abstract send(sms: Sms): Promise<Delivery>;

  /**
   * The references of messages with this recipient and body that the provider took since then, oldest first: asked after an
   * Unknown, before a repeat. None from a provider that cannot tell; then the message is sent again.
   * @throws when the provider cannot be asked now
   */
  findTaken(_sms: Sms, _since: Date): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}
