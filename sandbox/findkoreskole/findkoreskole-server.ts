import { Webhook } from 'standardwebhooks';
import { BoundedMap } from '../http/bounded-map.js';

export interface FindkoreskoleOptions {
  webhookSecret: string;
}

/** A school as the directory shows it; what the partner API answered. */
export interface ShownSchool {
  id: string;
  name: string;
  city: string;
  profile: { da: string | null; en: string | null };
  languages: string[];
  licenceClasses: string[];
  branches: { id: string; name: string }[];
  prices: { name: string; gross: { amount: number; currency: string } }[];
}

export interface SentLead {
  id: string;
  schoolId: string;
  name: string;
  /** What the school has told, or why it was refused. */
  state: string;
  revision: number;
}

interface Message {
  type: string;
  data: { id?: string; state?: string; revision?: number };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The directory findkoreskole.dk: shows what the partner API says, reads on when a webhook tells it to, and sends people's questions.
 * It refuses webhooks that are not signed, that are signed for another time than now, and does nothing for one that it has had.
 */
export class FindkoreskoleServer {
  readonly schools = new Map<string, ShownSchool>();
  readonly leads = new BoundedMap<string, SentLead>();
  /** Webhooks that were taken, by their id. */
  readonly heard = new BoundedMap<string, Message>();
  /** Webhooks that were refused, in order. */
  readonly refused: string[] = [];
  private cursor: string | undefined;
  private partnerApi: { url: string; key: string } | null = null;
  private lastLead = 0;

  constructor(private readonly options: FindkoreskoleOptions) {}

  get isConnected(): boolean {
    return this.partnerApi !== null;
  }

  /** From now on it reads that application's partner API, with that key. */
  connect(appUrl: string, key: string): void {
    this.partnerApi = { url: `${appUrl.replace(/\/$/, '')}/partner/v1`, key };
  }

  /** Takes a webhook. @returns the status of the answer */
  hear(body: string, headers: Headers): number {
    let message: Message;
    try {
      message = new Webhook(this.options.webhookSecret).verify(body, headers as Record<string, string>) as Message;
    } catch (error) {
      this.refused.push((error as Error).message);
      return 401;
    }
    const id = String(headers['webhook-id']);
    if (this.heard.get(id)) return 200;
    this.heard.set(id, message);
    if (message.type === 'lead.changed') this.hearOfLead(message.data);
    return 200;
  }

  /** Reads what has changed since it last did. */
  async sync(): Promise<void> {
    for (let hasMore = true; hasMore;) {
      const query = this.cursor ? `?cursor=${this.cursor}` : '';
      const answer = (await this.call('GET', `/changes${query}`)) as {
        changes: { schoolId: string; isListed: boolean }[];
        cursor: string;
        hasMore: boolean;
      };
      for (const { schoolId, isListed } of answer.changes) await this.show(schoolId, isListed);
      ({ cursor: this.cursor, hasMore } = answer);
    }
  }

  /** Hands a person's question in. */
  async write(schoolId: string, person: { name: string; email: string; message: string }): Promise<SentLead> {
    const id = `fk-${Date.now().toString(36)}-${++this.lastLead}`;
    const consent = { text: 'Skolen må kontakte mig om min henvendelse.', givenAt: new Date().toISOString() };
    const lead: SentLead = { id, schoolId, name: person.name, state: 'sent', revision: 0 };
    this.leads.set(id, lead);
    try {
      const { state, revision } = (await this.call('POST', '/leads', { id, schoolId, ...person, consent })) as SentLead;
      Object.assign(lead, { state, revision });
    } catch (error) {
      lead.state = (error as Error).message;
    }
    return lead;
  }

  clear(): void {
    this.schools.clear();
    this.leads.clear();
    this.heard.clear();
    this.refused.length = 0;
    this.cursor = undefined;
    this.partnerApi = null;
  }

  /** What is older than what it knows changes nothing. */
  private hearOfLead({ id = '', state = '', revision = 0 }: Message['data']): void {
    const lead = this.leads.get(id);
    if (lead && revision > lead.revision) Object.assign(lead, { state, revision });
  }

  private async show(schoolId: string, isListed: boolean): Promise<void> {
    if (isListed) this.schools.set(schoolId, (await this.call('GET', `/schools/${schoolId}`)) as ShownSchool);
    else this.schools.delete(schoolId);
  }

  private async call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    if (!this.partnerApi) throw new Error('no key');
    const { url, key } = this.partnerApi;
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as { code?: string };
    if (!response.ok) throw new Error(`${response.status} ${answer.code ?? ''}`);
    return answer;
  }
}
