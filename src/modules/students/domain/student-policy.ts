import type { Id } from '../../../platform/values/id.js';

export interface Reader {
  readonly isStaff: boolean;
  readonly userId?: Id;
}

/** Staff read the school's students, a student himself alone. */
export function mayReadStudent({ isStaff, userId }: Reader, student: { readonly userId: Id }): boolean {
  return isStaff || student.userId === userId;
}
