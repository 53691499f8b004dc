/** `sending` from its confirmation on, also when all of it has gone. */
export const announcementStates = ['draft', 'sending', 'cancelled'] as const;
export type AnnouncementState = (typeof announcementStates)[number];
