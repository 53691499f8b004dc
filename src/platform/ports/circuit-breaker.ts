const failuresToOpen = 5;
/** Whoever was held off while one call tries again asks a little later: by then it is known how that went. */
const whileTryingMs = 2_000;

/**
 * Keeps calls away from a provider that has failed five times in a row: for half a minute, then one call tries again,
 * and its outcome decides for the others. Counts outages alone; a refusal is an answer.
 */
export class CircuitBreaker {
  private failures = 0;
  private closedAgainAt = 0;
  private trying = false;

  constructor(
    private readonly nowMs: () => number = () => performance.now(),
    private readonly openMs = 30_000,
  ) {}

  /** Calls are being kept away, or one alone tries again. */
  get isOpen(): boolean {
    return this.failures >= failuresToOpen;
  }

  /** In how many milliseconds it is worth asking again, for one who was held off. */
  get againInMs(): number {
    return this.trying ? whileTryingMs : Math.max(0, this.closedAgainAt - this.nowMs());
  }

  /** May a call go out now? The one that tries a broken provider again holds the others off meanwhile. */
  tryPass(): boolean {
    if (this.nowMs() < this.closedAgainAt) return false;
    if (!this.isOpen) return true;
    this.closedAgainAt = this.nowMs() + this.openMs;
    this.trying = true;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.closedAgainAt = 0;
    this.trying = false;
  }

  /** @param againInMs when the provider has said for how long it wants to be left alone */
  failed(againInMs = 0): void {
    this.failures += 1;
    this.trying = false;
    const holdMs = Math.max(this.isOpen ? this.openMs : 0, againInMs);
    if (holdMs > 0) this.closedAgainAt = this.nowMs() + holdMs;
  }
}
