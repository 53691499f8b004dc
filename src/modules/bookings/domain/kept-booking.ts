import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, schoolScoped } from '../../../platform/database/columns.js';
import type { NotAtWork } from './not-at-work.js';

/**
 * A lesson outside its teacher's hours that stands because somebody said so: with that teacher, at that time, and for that
 * reason. Once one of them changes, it is to be decided again.
 */
export const KeptBookingSchema = defineEntity({
  name: 'KeptBooking',
  tableName: 'kept_bookings',
  ...schoolScoped,
  uniques: [{ name: 'kept_bookings_school_id_booking_id_unique', properties: ['schoolId', 'bookingId'] }],
  properties: {
    bookingId: id().primary(),
    schoolId: id(),
    teacherId: id(),
    startsAt: instant(),
    reason: code<NotAtWork>(),
    keptBy: id(),
    keptAt: instant(),
  },
});

export class KeptBooking extends KeptBookingSchema.class {}
KeptBookingSchema.setClass(KeptBooking);
