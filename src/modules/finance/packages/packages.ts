import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { addDays, atLocal, localDate, type LocalDate } from '../../../platform/values/zone.js';
import { Charges } from '../charges.js';
import { Charge } from '../domain/charge.js';
import { SellerReader } from '../queries/seller-reader.js';
import { PackageUnit, SoldPackage } from './domain/sold-package.js';
import type { PackageTables } from './packages.tables.js';
import { isOwed } from './queries/is-owed.js';

/** A lesson that may be part of a package. */
export interface PackagedLesson {
  readonly id: Id;
  readonly studentId: Id;
  readonly lessonTypeId: Id;
  readonly teacherId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Lessons that have been paid for as parts of a package. Each verb joins the caller's transaction and school. */
@Injectable()
export class Packages {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly charges: Charges,
  ) {}

  /** The last day for which a lesson of this type is left in a package of his; null when there is none. */
  async coverUntil(studentId: Id, lessonTypeId: Id): Promise<LocalDate | null> {
    const row = await schoolQuery<PackageTables>(this.em)
      .selectFrom('package_units')
      .select('valid_until')
      .where('student_id', '=', bin(studentId))
      .where('lesson_type_id', '=', bin(lessonTypeId))
      .where('state', '=', 'open')
      .where(isOwed)
      .orderBy('valid_until', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.valid_until ?? null;
  }

  /**
   * Pays for the lesson with one that is left, of the package that ends first. The row is taken by writing it, so that two
   * bookings at once, on any node, never take the same. @returns false when none is left
   */
  async use(lesson: PackagedLesson): Promise<boolean> {
    assertTransaction('Packages.use()');
    const { zone } = await this.sellers.terms();
    const { numUpdatedRows } = await globalQuery<PackageTables>(this.em)
      .updateTable('package_units')
      .set({ state: 'used', booking_id: bin(lesson.id), used_at: lesson.startsAt })
      .where('school_id', '=', bin(currentSchool()))
      .where('student_id', '=', bin(lesson.studentId))
      .where('lesson_type_id', '=', bin(lesson.lessonTypeId))
      .where('state', '=', 'open')
      .where('valid_until', '>=', localDate(lesson.startsAt, zone))
      .where(isOwed)
      .orderBy('valid_until')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    const unit = await this.em.findOneOrFail(PackageUnit, { bookingId: lesson.id }, { refresh: true });
    await this.charges.deliverAt(['package'], [unit.id], lesson.endsAt, lesson.teacherId);
    const sold = { source: 'package', sourceId: unit.id } as const;
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    if ((await this.em.find(Charge, sold, lock)).some(({ state }) => state !== 'voided')) return true;
    // Somebody has credited it at this very moment.
    await this.giveBack(unit);
    return this.use(lesson);
  }

  /**
   * The lesson has been moved. Past its package's last day it takes one of a later package instead.
   * @returns 'uncovered' when there is none, so that it is to be charged; null when it was in no package
   */
  async move(lesson: PackagedLesson): Promise<'covered' | 'uncovered' | null> {
    assertTransaction('Packages.move()');
    const unit = await this.unitOf(lesson.id);
    if (!unit) return null;
    const { zone } = await this.sellers.terms();
    if (localDate(lesson.startsAt, zone) > unit.validUntil) {
      await this.giveBack(unit);
      return (await this.use(lesson)) ? 'covered' : 'uncovered';
    }
    unit.usedAt = lesson.startsAt;
    await this.em.flush();
    await this.charges.deliverAt(['package'], [unit.id], lesson.endsAt, lesson.teacherId);
    return 'covered';
  }

  /**
   * The lesson did not take place. What it used of a package stays used where a fee is due, which it stands for, and is there again
   * where none is. @returns false when it was in no package
   */
  async settle(bookingId: Id, isFeeDue: boolean): Promise<boolean> {
    assertTransaction('Packages.settle()');
    const unit = await this.unitOf(bookingId);
    if (!unit) return false;
    if (!isFeeDue) {
      await this.giveBack(unit);
      return true;
    }
    const now = this.clock.now();
    if (unit.usedAt && unit.usedAt > now) unit.usedAt = now;
    await this.em.flush();
    await this.charges.deliverAt(['package'], [unit.id], now);
    return true;
  }

  private async unitOf(bookingId: Id): Promise<PackageUnit | null> {
    const found = await this.em.findOne(PackageUnit, { bookingId }, { refresh: true });
    if (!found) return null;
    // The package first, as whoever gives all of it back does.
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    await this.em.findOneOrFail(SoldPackage, { id: found.soldPackageId }, { lockMode, refresh: true });
    return this.em.findOne(PackageUnit, { id: found.id, bookingId }, { lockMode, refresh: true });
  }

  /** Of a package that was given back meanwhile it stays used: it has been set off. */
  private async giveBack(unit: PackageUnit): Promise<void> {
    const { state, studentId } = await this.em.findOneOrFail(SoldPackage, { id: unit.soldPackageId });
    if (state !== 'active') return;
    // It is whose the package is by now.
    Object.assign(unit, { state: 'open', studentId, bookingId: null, usedAt: null });
    await this.em.flush();
    const { zone } = await this.sellers.terms();
    const lapses = atLocal(addDays(unit.validUntil, 1), '00:00', zone);
    await this.charges.notDelivered('package', unit.id, lapses);
  }
}
