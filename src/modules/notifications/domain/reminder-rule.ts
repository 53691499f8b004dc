/** When a lesson's reminder falls due. */
export function reminderDueAt(startsAt: Date, leadMinutes: number): Date {
  return new Date(startsAt.getTime() - leadMinutes * 60_000);
}

/**
 * A reminder is worth sending when the student last heard of this time before it fell due. Whoever books or moves a lesson inside
 * the lead time has just got the confirmation, which says the same.
 */
export function isReminderWanted(lesson: { startsAt: Date; leadMinutes: number }, lastTold: Date): boolean {
  return lastTold <= reminderDueAt(lesson.startsAt, lesson.leadMinutes);
}
