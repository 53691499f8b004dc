/** `open`: students can be enrolled. `closed`: no more of them, the teaching goes on. */
export const courseStates = ['draft', 'open', 'closed', 'completed', 'cancelled'] as const;
export type CourseState = (typeof courseStates)[number];
