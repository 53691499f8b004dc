import { domainToASCII } from 'node:url';
import type { Channel } from './message-kinds.js';

/** A provider's words without the addresses and numbers in them: reasons are shown and logged. */
export function withoutContacts(text: string): string {
  return text.replace(/[^\s<>"'(]+@[^\s<>"',;)]+/g, '…').replace(/\+?\d{6,}/g, '…');
}

/** One written form for an address, so that what is known of it is found again. */
export function sameAddress(channel: Channel, address: string): string {
  const trimmed = address.trim();
  return channel === 'email' ? sameMailbox(trimmed.toLowerCase()) : `+${trimmed.replace(/\D/g, '')}`;
}

/** In ASCII alone, as it is kept: with an international domain in the letters that mail servers, and so providers' reports, have it in. */
function sameMailbox(address: string): string {
  const at = address.lastIndexOf('@');
  const host = domainToASCII(address.slice(at + 1)) || address.slice(at + 1);
  return `${address.slice(0, at + 1)}${host}`.toWellFormed().replace(/\P{ASCII}+/gu, encodeURIComponent);
}
