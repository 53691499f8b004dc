import {
  type AskLater,
  type CatalogueAnswer,
  type LinkAnswer,
  type NewPlatformStudent,
  type PlatformLink,
  type ProgressAnswer,
  type ReportsAnswer,
  TheoryPlatform,
  type TheoryReport,
  type UnlinkAnswer,
} from '../../modules/education/index.js';
import type { Rejected } from '../../platform/ports/outcome.js';
import { ProviderUnavailable } from '../../platform/ports/provider-errors.js';
import { catalogueIn, pageIn, reportIn, studentIn } from './e-teori-answers.js';
import { type EteoriClient, EteoriRefusal } from './e-teori-client.js';
import type { EteoriConfig } from './e-teori.config.js';

const unreadable: AskLater = { outcome: 'unknown', reason: 'e-teori.dk answered what its contract does not have' };

/** Students at e-teori.dk, by docs/partners/e-teori.openapi.json. */
export class EteoriPlatform extends TheoryPlatform {
  readonly provider = 'e-teori';

  constructor(
    private readonly config: EteoriConfig,
    private readonly client: EteoriClient,
  ) {
    super();
  }

  get isAvailable(): boolean {
    return this.config.apiKey !== undefined;
  }

  async link(student: NewPlatformStudent): Promise<LinkAnswer> {
    const { email, name, language } = student;
    const body = { email, name, language };
    return this.told(
      async () => linkedIn(await this.client.call({ operation: 'link', method: 'PUT', target: pathOf(student), body })),
      rejectedBy(404, 409, 410, 422),
    );
  }

  find(link: PlatformLink): Promise<LinkAnswer | null> {
    const ask = async () =>
      linkedIn(await this.client.call({ operation: 'find a link', method: 'GET', target: pathOf(link) }));
    return this.told<LinkAnswer | null>(ask, (refusal) =>
      isUnheardOf(refusal) ? null : rejectedBy(404, 410)(refusal),
    );
  }

  unlink(link: PlatformLink): Promise<UnlinkAnswer> {
    const ended = { outcome: 'ended' } as const;
    const ask = async () => {
      await this.client.call({ operation: 'unlink', method: 'DELETE', target: pathOf(link) });
      return ended;
    };
    // Who is not there has no place to lose.
    return this.told<UnlinkAnswer>(ask, ({ status, said }) => (status === 404 && said ? ended : undefined));
  }

  progress(link: PlatformLink): Promise<ProgressAnswer> {
    const ask = async (): Promise<ProgressAnswer> => {
      const target = `${pathOf(link)}/progress`;
      const answer = (await this.client.call({ operation: 'read progress', method: 'GET', target })) as {
        report?: unknown;
      } | null;
      if (answer?.report === null) return { outcome: 'read', report: null };
      const report = reportIn(answer?.report);
      return report ? { outcome: 'read', report } : unreadable;
    };
    return this.told<ProgressAnswer>(ask, rejectedBy(404, 410));
  }

  reports(accountRef: string, after: string | null): Promise<ReportsAnswer> {
    const query = after === null ? '' : `?${new URLSearchParams({ after }).toString()}`;
    const target = `${accountPath(accountRef)}/progress${query}`;
    const ask = async (): Promise<ReportsAnswer> => {
      const page = pageIn(await this.client.call({ operation: 'list progress', method: 'GET', target }));
      if (!page) return unreadable;
      const { items, next, hasMore } = page;
      const reports = items.map(reportIn).filter((each): each is TheoryReport => each !== null);
      return { outcome: 'read', page: { reports, unreadable: items.length - reports.length, next, hasMore } };
    };
    return this.told<ReportsAnswer>(ask, ({ status }) => (status === 410 ? { outcome: 'cursor_gone' } : undefined));
  }

  catalogue(): Promise<CatalogueAnswer> {
    const ask = async (): Promise<CatalogueAnswer> => {
      const target = '/partner/v1/catalogue';
      const catalogue = catalogueIn(await this.client.call({ operation: 'read the catalogue', method: 'GET', target }));
      return catalogue ? { outcome: 'read', catalogue } : unreadable;
    };
    return this.told<CatalogueAnswer>(ask, () => undefined);
  }

  /** What is answered, what a refusal means, or that nobody knows. */
  private async told<Answer>(
    ask: () => Promise<Answer>,
    meant: (refusal: EteoriRefusal) => Answer | undefined,
  ): Promise<Answer | AskLater> {
    if (!this.isAvailable) return { outcome: 'unknown', reason: 'e-teori.dk is not set up' };
    try {
      return await ask();
    } catch (error) {
      const answer = error instanceof EteoriRefusal ? meant(error) : undefined;
      return answer === undefined ? later(error) : answer;
    }
  }
}

function linkedIn(answer: unknown): LinkAnswer {
  const student = studentIn(answer);
  if (!student) return unreadable;
  return { outcome: 'linked', student: { externalRef: student.studentId, activationUrl: student.activationUrl } };
}

/** With a code of its own it is e-teori.dk's word; without one, somebody's in between. */
function rejectedBy(...statuses: number[]): (refusal: EteoriRefusal) => Rejected | undefined {
  return ({ status, said }) => (said && statuses.includes(status) ? { outcome: 'rejected', reason: said } : undefined);
}

function isUnheardOf({ status, said }: EteoriRefusal): boolean {
  return status === 404 && said === 'link_unknown';
}

function later(error: unknown): AskLater {
  const reason = error instanceof Error ? error.message : String(error);
  const isTold = error instanceof EteoriRefusal || error instanceof ProviderUnavailable;
  return { outcome: 'unknown', reason, ...(isTold && error.againInMs ? { againInMs: error.againInMs } : {}) };
}

function accountPath(accountRef: string): string {
  return `/partner/v1/accounts/${encodeURIComponent(accountRef)}`;
}

function pathOf({ accountRef, linkId }: PlatformLink): string {
  return `${accountPath(accountRef)}/links/${linkId}`;
}
