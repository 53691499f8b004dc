import type { OnApplicationShutdown } from '@nestjs/common';
import { type Delivery, type Email, EmailSender, maskEmail, rejected } from '../modules/notifications/index.js';

/** Stands before any sender outside production: mail goes to one address of ours, or is kept back. */
export class ContainedEmailSender extends EmailSender implements OnApplicationShutdown {
  constructor(
    private readonly sender: EmailSender,
    private readonly redirectTo: string | undefined,
  ) {
    super();
  }

  get provider(): string {
    return this.sender.provider;
  }

  onApplicationShutdown(): void {
    (this.sender as Partial<OnApplicationShutdown>).onApplicationShutdown?.();
  }

  send(email: Email): Promise<Delivery> {
    const redirected = this.redirected(email);
    if (redirected) return this.sender.send(redirected);
    return Promise.resolve(rejected('kept back: outside production mail goes to MAIL_REDIRECT_TO alone'));
  }

  override async findTaken(email: Email, since: Date): Promise<string | null> {
    const redirected = this.redirected(email);
    return redirected && this.sender.findTaken(redirected, since);
  }

  private redirected(email: Email): Email | null {
    if (!this.redirectTo) return null;
    const name = `${email.to.name} (${maskEmail(email.to.address).replace('@', ' at ')})`;
    return { ...email, to: { name, address: this.redirectTo } };
  }
}
