/** Why a teacher does not give lessons at some time, as far as anybody is told. */
export const notAtWorkReasons = ['outside_hours', 'time_off', 'school_closed'] as const;
export type NotAtWork = (typeof notAtWorkReasons)[number];
