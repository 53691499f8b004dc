export const bookingStates = ['held', 'expired', 'booked', 'cancelled', 'completed', 'no_show'] as const;
export type BookingState = (typeof bookingStates)[number];

/** States whose time stays claimed: what was driven was driven, and only a time that was cancelled or ran out is free again. */
export const occupyingStates = ['held', 'booked', 'completed', 'no_show'] as const satisfies readonly BookingState[];
