import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { leaseMs } from '../domain/theory-link.js';
import { TheorySettings } from '../domain/theory-settings.js';

export interface ReadingPlace {
  readonly accountRef: string;
  readonly readUntil: string | null;
}

/** How far the reports of the current school's account are read, moved on only after what lies before is kept. */
@Injectable()
export class KeepReadingPlace {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Null when it is not due, or somebody else reads at this moment. */
  @Transaction()
  async begin(): Promise<ReadingPlace | null> {
    const now = this.clock.now();
    const settings = await this.locked();
    if (!settings?.enabled || !settings.nextReadAt || settings.nextReadAt > now) return null;
    settings.nextReadAt = new Date(now.getTime() + leaseMs);
    await this.em.flush();
    return { accountRef: settings.accountRef!, readUntil: settings.readUntil ?? null };
  }

  /** False when the school uses another account meanwhile: its places are others. */
  @Transaction()
  async moveOn({ accountRef }: ReadingPlace, readUntil: string | null): Promise<boolean> {
    const settings = await this.locked();
    if (settings?.accountRef !== accountRef) return false;
    settings.readUntil = readUntil;
    if (settings.enabled) settings.nextReadAt = new Date(this.clock.now().getTime() + leaseMs);
    await this.em.flush();
    return settings.enabled;
  }

  @Transaction()
  async done({ accountRef }: ReadingPlace): Promise<void> {
    const settings = await this.locked();
    if (settings?.accountRef === accountRef) settings.read(this.clock.now());
    await this.em.flush();
  }

  @Transaction()
  async later({ accountRef }: ReadingPlace, againInMs?: number): Promise<void> {
    const settings = await this.locked();
    if (settings?.accountRef === accountRef) settings.unread(this.clock.now(), againInMs);
    await this.em.flush();
  }

  private locked(): Promise<TheorySettings | null> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    return this.em.findOne(TheorySettings, { schoolId: currentSchool() }, lock);
  }
}
