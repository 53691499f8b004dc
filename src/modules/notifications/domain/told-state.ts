/** What a provider tells of a message it has taken. */
export const toldStates = ['sent', 'failed', 'delivered', 'bounced', 'complained'] as const;
export type ToldState = (typeof toldStates)[number];

/** How a message stands by what was told about it. */
export interface Told {
  readonly state: ToldState;
  readonly at: Date;
  readonly reason: string | null;
}

/**
 * Which of two pieces of news stands, whichever came first: a mail may bounce after it was delivered and be complained of after
 * both, and never the other way round. Of two that say the same, the later one.
 */
export function outweighs(news: Told, known: Told): boolean {
  const rank = toldStates.indexOf(news.state) - toldStates.indexOf(known.state);
  if (rank !== 0) return rank > 0;
  const age = news.at.getTime() - known.at.getTime();
  return age !== 0 ? age > 0 : (news.reason ?? '') > (known.reason ?? '');
}
