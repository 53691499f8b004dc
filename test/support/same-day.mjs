/*
 * Every file of tests begins on the same day at the same hour, whenever it is run: weekdays, holidays, midnight and the end of a session
 * are part of what is tested and must not depend on the day of the run. Time passes as always. A process that a test starts
 * imports this too and has the same shift from its environment.
 */
const firstMoment = Date.parse('2026-11-21T10:00:00Z');

const RealDate = Date;
const realNow = RealDate.now;
let shift = Number(process.env['TEST_TIME_SHIFT_MS'] ?? 0);

export function beginTheDay() {
  shift = firstMoment - realNow();
  process.env['TEST_TIME_SHIFT_MS'] = String(shift);
}

export function endTheDay() {
  shift = 0;
  delete process.env['TEST_TIME_SHIFT_MS'];
}

const now = () => realNow() + shift;

function ShiftedDate(...parts) {
  if (!new.target) return new RealDate(now()).toString();
  return Reflect.construct(RealDate, parts.length > 0 ? parts : [now()], new.target);
}
ShiftedDate.prototype = RealDate.prototype;
RealDate.prototype.constructor = ShiftedDate;
Object.setPrototypeOf(ShiftedDate, RealDate);
ShiftedDate.now = now;
globalThis.Date = ShiftedDate;
