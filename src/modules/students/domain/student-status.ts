export const studentStatuses = ['active', 'paused', 'completed', 'left'] as const;
export type StudentStatus = (typeof studentStatuses)[number];

/** Somebody who finished or left may come back; only active students book. */
export const allowedStatusChanges: Record<StudentStatus, readonly StudentStatus[]> = {
  active: ['paused', 'completed', 'left'],
  paused: ['active', 'left'],
  completed: ['active'],
  left: ['active'],
};
