export const bookingStates = ['booked', 'cancelled', 'completed', 'no_show'] as const;
export type BookingState = (typeof bookingStates)[number];

/** States whose time stays claimed: what was driven was driven, and only a cancelled time is free again. */
export const occupyingStates = ['booked', 'completed', 'no_show'] as const satisfies readonly BookingState[];
