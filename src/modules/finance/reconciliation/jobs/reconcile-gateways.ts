import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Schedule } from '../../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { PaymentSchema } from '../../domain/payment.js';
import { PaymentGateways } from '../../ports/payment-gateways.js';
import type { GatewayCursorSchema } from '../domain/gateway-books.js';
import { WhoseCharge } from '../queries/whose-charge.js';
import { FindMissing } from '../use-cases/find-missing.js';
import { type BooksOf, ReadGatewayBooks } from '../use-cases/read-gateway-books.js';

type Db = Tables<typeof GatewayCursorSchema | typeof PaymentSchema>;

const day = 86_400_000;
/** Lines may appear late; those read before count once. */
const overlapMs = 3 * day;
const firstReadMs = 30 * day;
/** What we have and the gateway does not show by then is missing there. */
const patienceMs = day;

/** Holds our payments against the gateways' own books, once an hour. */
@Injectable()
export class ReconcileGateways {
  private readonly logger = new Logger(ReconcileGateways.name);

  constructor(
    private readonly em: EntityManager,
    private readonly gateways: PaymentGateways,
    private readonly whose: WhoseCharge,
    private readonly readBooks: ReadGatewayBooks,
    private readonly findMissing: FindMissing,
  ) {}

  @Schedule('finance.reconcile-gateways', { every: { minutes: 60 } })
  async run(now: Date): Promise<void> {
    for (const gateway of this.gateways.all.filter(({ supports }) => supports.movements)) {
      const own = await this.whose.ownAccounts(gateway.provider);
      await this.attempt({ gateway, account: null, owner: null }, now);
      for (const { account, schoolId } of own) await this.attempt({ gateway, account, owner: schoolId }, now);
    }
  }

  /** An account that cannot be read does not keep the others from their turn. */
  private async attempt(books: BooksOf, now: Date): Promise<void> {
    try {
      await this.reconcile(books, now);
    } catch (error) {
      const { gateway, account } = books;
      this.logger.error({ err: error, provider: gateway.provider, account }, 'a gateway’s books were not read');
    }
  }

  private async reconcile(books: BooksOf, now: Date): Promise<void> {
    const { gateway, account } = books;
    const before = await this.cursor(gateway.provider, account);
    const since = new Date((before ?? new Date(now.getTime() - firstReadMs)).getTime() - overlapMs);
    await this.readBooks.execute(books, since);
    const until = new Date(now.getTime() - patienceMs);
    for (const schoolId of await this.schoolsPaid(books, since, until)) {
      await inSchool(schoolId, () => this.findMissing.execute(gateway.provider, account, [since, until]));
    }
    await this.moveCursor(gateway.provider, account, now);
  }

  private async cursor(provider: string, account: string | null): Promise<Date | null> {
    const row = await this.db
      .selectFrom('gateway_cursors')
      .select('read_until')
      .where('provider', '=', provider)
      .where('account_ref', '=', account ?? '')
      .executeTakeFirst();
    return row?.read_until ?? null;
  }

  private async moveCursor(provider: string, account: string | null, until: Date): Promise<void> {
    await this.db
      .insertInto('gateway_cursors')
      .values({ provider, account_ref: account ?? '', read_until: until })
      .onDuplicateKeyUpdate({ read_until: until })
      .execute();
  }

  private async schoolsPaid({ gateway, account }: BooksOf, since: Date, until: Date): Promise<Id[]> {
    const rows = await acrossSchools('schools that were paid through a gateway', () =>
      this.db
        .selectFrom('payments')
        .select('school_id')
        .distinct()
        .where('provider', '=', gateway.provider)
        .where('account_ref', account === null ? 'is' : '=', account)
        .where('settled_at', '>=', since)
        .where('settled_at', '<', until)
        .execute(),
    );
    return rows.map(({ school_id: id }) => id);
  }

  private get db() {
    return globalQuery<Db>(this.em);
  }
}
