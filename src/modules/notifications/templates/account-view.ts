/** What the texts about a person's account may use. */
export interface AccountView {
  /** Carries the one-time token; made for this message and kept nowhere. */
  readonly link: string;
  /** Until when the link works. */
  readonly expires: string;
}
