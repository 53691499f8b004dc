import type { Actor } from '../../../../platform/auth/actor.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import {
  checkClosingDays,
  checkDay,
  checkMayClose,
  checkMayManageSchedule,
  checkWeek,
  HoursInThePast,
  InvalidTimeOff,
} from '../../../schools/index.js';
import type { WantedChange } from './wanted-change.js';

/**
 * What saving the change would refuse, before anything is tried.
 * @param teacher whose schedule it is; null when it is everybody's
 * @throws NotYourSchedule | InvalidWorkingHours | HoursInThePast | InvalidTimeOff | ClosingDayTwice
 */
export function checkScheduleChange(
  actor: Actor,
  wanted: WantedChange,
  teacher: { readonly userId: Id } | null,
  zone: string,
  now: Date,
): void {
  if (teacher) checkMayManageSchedule(actor, teacher);
  else checkMayClose(actor);
  const { workingHours, dayHours, timeOff, closingDays } = wanted;
  const today = localDate(now, zone);
  if (workingHours) {
    checkWeek(workingHours.workingHours);
    if (workingHours.validFrom && workingHours.validFrom < today) throw new HoursInThePast();
  }
  if (dayHours) {
    checkDay(dayHours.hours);
    if (dayHours.date < today) throw new HoursInThePast('date');
  }
  if (timeOff && timeOff.endsAt <= timeOff.startsAt) throw new InvalidTimeOff();
  if (closingDays) checkClosingDays(closingDays, today);
}
