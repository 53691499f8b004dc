/** What people agree to, by version. A text that somebody has agreed to is never changed: a new one gets a new version. */
const wordings = {
  '2026-11': {
    da: 'Ja tak, køreskolen må sende mig tilbud og nyheder om kurser og køretimer. Jeg kan til enhver tid sige nej igen.',
    en: 'Yes, the driving school may send me offers and news about courses and lessons. I can say no again at any time.',
  },
} as const;

const current = '2026-11';

/** The text to show beside the box that somebody ticks, and the version to send with his answer. */
export const currentWording = { wording: current, ...wordings[current] } as const;

export function isWording(version: string | null | undefined): version is string {
  return version != null && Object.hasOwn(wordings, version);
}
