/** What a school says of who may book what. */
export const bookingRules = ['notice', 'horizon', 'opening', 'arrears', 'theory', 'day_limit', 'week_limit'] as const;
export type BookingRule = (typeof bookingRules)[number];

const limitScopes = ['lesson_type', 'student', 'school'] as const;
/** What a limit counts: lessons of the type, or all of them, as said of this student or of everybody. */
export type LimitScope = (typeof limitScopes)[number];

/** So many lessons a student has on one day, or in one week from Monday, at most. */
export interface LessonLimit {
  readonly rule: 'day_limit' | 'week_limit';
  readonly scope: LimitScope;
  readonly most: number;
}
