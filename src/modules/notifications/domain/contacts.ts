import type { Channel } from './message-kinds.js';

/** A provider's words without the addresses and numbers in them: reasons are shown and logged. */
export function withoutContacts(text: string): string {
  return text.replace(/[^\s<>"'(]+@[^\s<>"',;)]+/g, '…').replace(/\+?\d{6,}/g, '…');
}

/** One written form for an address, so that what is known of it is found again. */
export function sameAddress(channel: Channel, address: string): string {
  const trimmed = address.trim();
  return channel === 'email' ? trimmed.toLowerCase() : `+${trimmed.replace(/\D/g, '')}`;
}
