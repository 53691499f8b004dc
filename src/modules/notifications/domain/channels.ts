export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/** The channel that takes over where this one leads nowhere. */
export function otherChannel(channel: Channel): Channel {
  return channel === 'email' ? 'sms' : 'email';
}
