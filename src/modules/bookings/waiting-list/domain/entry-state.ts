export const entryStates = ['active', 'fulfilled', 'withdrawn', 'expired'] as const;
export type EntryState = (typeof entryStates)[number];
