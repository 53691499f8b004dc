import type { SlotGrid } from './slot-grid.js';

/** What one can be had of: a teacher, a vehicle, a place on a track. */
export interface Choosable {
  /** Rather this one than any other. */
  readonly preferred?: boolean;
  /** Belongs to another location: rather none of these. */
  readonly fromElsewhere?: boolean;
}

/** One that is free, and what taking it would cost the diary: less is better. */
export interface FreeUnit<U> {
  readonly unit: U;
  readonly cost: number;
}

/** More than any holes cost: a block has at most 12 hours, a hole is shorter than its block. */
const ELSEWHERE = 1_000_000;

/**
 * What is free of several that would do, and which of them leaves the fewest holes: a gap too short for another such lesson is
 * lost. The same answer to the same question, whatever lies further away than the length of a block.
 */
export class FreeUnits<U extends Choosable> {
  private readonly runs: readonly Uint16Array[];
  private reaches: readonly Uint16Array[] | undefined;

  /** @param needed quarter hours that a lesson takes of its unit */
  constructor(
    private readonly units: readonly U[],
    private readonly grids: readonly SlotGrid[],
    private readonly needed: number,
  ) {
    this.runs = grids.map((grid) => grid.runs());
  }

  /** @param block the quarter hour of the window at which the lesson begins to take its unit */
  isFree(unit: number, block: number): boolean {
    return this.runs[unit]![block]! >= this.needed;
  }

  /** The one of least cost, the first of equals; undefined when none is free. */
  best(block: number): FreeUnit<U> | undefined {
    let best = -1;
    let least = Infinity;
    for (let unit = 0; unit < this.units.length; unit++) {
      if (!this.isFree(unit, block)) continue;
      const cost = this.cost(unit, block);
      if (cost < least) [best, least] = [unit, cost];
    }
    return best < 0 ? undefined : { unit: this.units[best]!, cost: least };
  }

  /** What is lost first, then how loosely the lesson lies. */
  cost(unit: number, block: number): number {
    const { preferred = false, fromElsewhere = false } = this.units[unit]!;
    const before = Math.min(this.reachesOf(unit)[block]!, this.needed);
    const after = Math.min(this.runs[unit]![block]! - this.needed, this.needed);
    const lost = (before < this.needed ? before : 0) + (after < this.needed ? after : 0);
    const holes = lost * (2 * this.needed + 1) + before + after;
    return holes + (fromElsewhere ? ELSEWHERE : 0) - (preferred ? 2 * ELSEWHERE : 0);
  }

  private reachesOf(unit: number): Uint16Array {
    this.reaches ??= this.grids.map((grid) => grid.reaches());
    return this.reaches[unit]!;
  }
}
