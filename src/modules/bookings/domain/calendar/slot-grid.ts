import { eachBusy, type BusyDay } from './busy-mask.js';
import { SLOTS_PER_DAY, intersection, type SlotSpan } from './slots.js';

/** Which quarter hours of a window are open: started empty or full, then opened and closed by spans and masks. */
export class SlotGrid {
  private readonly open: Uint8Array;

  private constructor(
    readonly window: SlotSpan,
    initially: 0 | 1,
  ) {
    this.open = new Uint8Array(window.end - window.first).fill(initially);
  }

  static closed(window: SlotSpan): SlotGrid {
    return new SlotGrid(window, 0);
  }

  static open(window: SlotSpan): SlotGrid {
    return new SlotGrid(window, 1);
  }

  /** Opens the spans; what lies outside the window is ignored. */
  opened(spans: Iterable<SlotSpan>): this {
    for (const span of spans) this.fill(span, 1);
    return this;
  }

  closed(spans: Iterable<SlotSpan>): this {
    for (const span of spans) this.fill(span, 0);
    return this;
  }

  /** Closes every quarter hour that the masks call busy. */
  without(days: Iterable<BusyDay>): this {
    for (const day of days) {
      const offset = day.day * SLOTS_PER_DAY - this.window.first;
      if (offset >= this.open.length || offset + SLOTS_PER_DAY <= 0) continue;
      // A write outside a typed array is ignored, which is what we want at the window's edges.
      eachBusy(day, (slot) => void (this.open[offset + slot] = 0));
    }
    return this;
  }

  isOpen(span: SlotSpan): boolean {
    if (span.first < this.window.first || span.end > this.window.end) return false;
    for (let slot = span.first; slot < span.end; slot++) if (!this.open[slot - this.window.first]) return false;
    return true;
  }

  /** How many quarter hours are open. */
  get size(): number {
    return this.open.reduce((sum, each) => sum + each, 0);
  }

  /** The open quarter hours as spans, as long as can be. */
  spans(): SlotSpan[] {
    const spans: SlotSpan[] = [];
    let first = -1;
    for (let i = 0; i <= this.open.length; i++) {
      if (this.open[i] === 1) {
        if (first < 0) first = i;
      } else if (first >= 0) {
        spans.push({ first: this.window.first + first, end: this.window.first + i });
        first = -1;
      }
    }
    return spans;
  }

  /** For every quarter hour of the window, how many open ones in a row start with it. */
  runs(): Uint16Array {
    const runs = new Uint16Array(this.open.length);
    let run = 0;
    for (let i = runs.length - 1; i >= 0; i--) {
      run = this.open[i] ? run + 1 : 0;
      runs[i] = run;
    }
    return runs;
  }

  /** For every quarter hour of the window, how many open ones in a row end before it. */
  reaches(): Uint16Array {
    const reaches = new Uint16Array(this.open.length);
    for (let i = 1, run = 0; i < reaches.length; i++) {
      run = this.open[i - 1] ? run + 1 : 0;
      reaches[i] = run;
    }
    return reaches;
  }

  private fill(span: SlotSpan, value: 0 | 1): void {
    const { first, end } = intersection(span, this.window);
    this.open.fill(value, first - this.window.first, end - this.window.first);
  }
}
