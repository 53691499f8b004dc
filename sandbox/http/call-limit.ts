/** How often one customer of a vendor may call, in a sliding window. */
export class CallLimit {
  private readonly calls = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    private readonly seconds: number,
  ) {}

  /** Counts a call; the seconds to wait when it is one too many. */
  exceeded(whose: string): number | undefined {
    const since = Date.now() - this.seconds * 1_000;
    const recent = (this.calls.get(whose) ?? []).filter((at) => at > since);
    this.calls.set(whose, recent);
    if (recent.length >= this.most) return Math.max(1, Math.ceil((recent[0]! - since) / 1_000));
    recent.push(Date.now());
    return undefined;
  }

  clear(): void {
    this.calls.clear();
  }
}
