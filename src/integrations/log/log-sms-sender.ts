import { Injectable, Logger } from '@nestjs/common';
import { accepted, type Delivery, type Sms, SmsSender, smsSegments } from '../../modules/notifications/index.js';
import { newId } from '../../platform/values/id.js';

/** Sends nothing: for an installation without an SMS provider. The log says that, and neither to whom nor what. */
@Injectable()
export class LogSmsSender extends SmsSender {
  readonly provider = 'log';
  private readonly log = new Logger(LogSmsSender.name);

  send({ body }: Sms): Promise<Delivery> {
    this.log.log(`a text message of ${smsSegments(body).segments} part(s) was sent to nobody: SMS_PROVIDER is log`);
    return Promise.resolve(accepted(newId()));
  }
}
