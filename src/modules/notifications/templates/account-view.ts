import { sampleEnd as end, sampleStart as start } from './sample-times.js';
import type { Wording } from './wording.js';

/** What the texts about a person's account may use. */
export interface AccountView {
  /** Carries the one-time token; made for this message and kept nowhere. */
  readonly link: string;
  /** Until when the link works. */
  readonly expires: string;
}

export function accountSample(words: Wording): AccountView {
  return { link: 'https://app.example/velkommen?a=1&token=abc', expires: words.span(start, end) };
}
