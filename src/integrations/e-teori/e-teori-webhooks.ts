import { Logger } from '@nestjs/common';
import type { RecordTheoryReport } from '../../modules/education/index.js';
import { parsedJson } from '../../platform/ports/json-provider.js';
import { type AcceptedWebhook, WebhookAdapter, type WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';
import { reportIn } from './e-teori-answers.js';
import { nonceOfSigned } from './e-teori-signature.js';
import type { EteoriConfig } from './e-teori.config.js';

interface Told {
  readonly type?: unknown;
  readonly report?: unknown;
}

/** What e-teori.dk tells of students; a message that cannot be understood is kept, and nothing comes of it. */
export class EteoriWebhooks extends WebhookAdapter {
  readonly provider = 'e-teori';
  private readonly logger = new Logger(EteoriWebhooks.name);

  constructor(
    private readonly config: EteoriConfig,
    private readonly record: RecordTheoryReport,
  ) {
    super();
  }

  /** Known again by its signed id, however often and how late it comes. @throws UntrustedWebhook */
  accept(request: WebhookRequest): AcceptedWebhook {
    const key = nonceOfSigned(request, this.config.webhookSecret);
    const { type } = toldIn(request.body.toString('utf8'));
    return { key, kind: typeof type === 'string' && type !== '' ? type : 'unreadable' };
  }

  async process(body: string): Promise<'processed' | 'ignored'> {
    const { type, report: told } = toldIn(body);
    if (type !== 'progress.updated') return 'ignored';
    const report = reportIn(told);
    if (!report) this.logger.warn('a report of e-teori.dk cannot be understood');
    return report && (await this.record.execute(this.provider, report)) ? 'processed' : 'ignored';
  }
}

function toldIn(body: string): Told {
  const told = parsedJson(body);
  return typeof told === 'object' && told !== null ? told : {};
}
