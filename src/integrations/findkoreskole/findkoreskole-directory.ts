import { type LeadReport, type ListingNews, SchoolDirectory, type Told } from '../../modules/schools/index.js';
import type { SignedPostOutcome, SignedPosts } from '../../platform/webhooks/signed-post.js';

export interface DirectoryAddress {
  readonly url: string;
  readonly secret: string;
}

/** Tells findkoreskole.dk by webhooks of Standard Webhooks' kind, as docs/partners/findkoreskole.openapi.json describes them. */
export class FindkoreskoleDirectory extends SchoolDirectory {
  constructor(
    private readonly address: DirectoryAddress,
    private readonly posts: SignedPosts,
  ) {
    super();
  }

  announce({ messageId, changedAt, ...data }: ListingNews): Promise<Told> {
    return this.post(messageId, 'school.changed', changedAt, data);
  }

  reportLead({ messageId, changedAt, externalId: id, ...data }: LeadReport): Promise<Told> {
    return this.post(messageId, 'lead.changed', changedAt, { id, ...data });
  }

  private async post(id: string, type: string, timestamp: Date, data: object): Promise<Told> {
    const { url, secret } = this.address;
    const body = JSON.stringify({ type, timestamp, data });
    return toldBy(await this.posts.post({ url, id, body, secrets: [secret] }));
  }
}

/** What it refuses for good is an answer of 4xx; whatever may pass is worth another try under the same id. */
export function toldBy(answer: SignedPostOutcome): Told {
  if (answer.outcome === 'accepted') return { outcome: 'accepted' };
  const { reason } = answer;
  if (answer.outcome === 'unknown') return { outcome: 'unknown', reason };
  const { status } = answer;
  const mayPass = status === null || status >= 500 || status === 429 || status === 408;
  return { outcome: mayPass ? 'unknown' : 'rejected', reason };
}
