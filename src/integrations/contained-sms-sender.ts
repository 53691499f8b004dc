import { type Delivery, rejected, type Sms, SmsSender } from '../modules/notifications/index.js';

/** Stands before any sender outside production: texts go to numbers of ours alone. */
export class ContainedSmsSender extends SmsSender {
  constructor(
    private readonly sender: SmsSender,
    private readonly allowed: readonly string[],
  ) {
    super();
  }

  get provider(): string {
    return this.sender.provider;
  }

  override get perCall(): number {
    return this.sender.perCall;
  }

  send(sms: Sms): Promise<Delivery> {
    if (this.allowed.includes(sms.to)) return this.sender.send(sms);
    return Promise.resolve(rejected('kept back: outside production text messages go to SMS_ALLOWED_NUMBERS alone'));
  }

  override async findTaken(sms: Sms, since: Date): Promise<readonly string[]> {
    return this.allowed.includes(sms.to) ? this.sender.findTaken(sms, since) : [];
  }
}
