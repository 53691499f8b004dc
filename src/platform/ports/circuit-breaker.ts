const failuresToOpen = 5;
const openMs = 30_000;

/**
 * Keeps calls away from a provider that has failed five times in a row: for half a minute, then one call tries again,
 * and its outcome decides for the others. Counts outages alone; a refusal is an answer.
 */
export class CircuitBreaker {
  private failures = 0;
  private closedAgainAt = 0;

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Calls are being kept away, or one alone tries again. */
  get isOpen(): boolean {
    return this.failures >= failuresToOpen;
  }

  /** May a call go out now? The one that tries a broken provider again holds the others off meanwhile. */
  tryPass(): boolean {
    if (!this.isOpen) return true;
    if (this.nowMs() < this.closedAgainAt) return false;
    this.closedAgainAt = this.nowMs() + openMs;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
  }

  failed(): void {
    this.failures += 1;
    if (this.isOpen) this.closedAgainAt = this.nowMs() + openMs;
  }
}
