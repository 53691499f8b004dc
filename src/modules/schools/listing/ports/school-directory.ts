import type { Rejected, Unknown } from '../../../../platform/ports/outcome.js';
import type { Id } from '../../../../platform/values/id.js';

/** The directory has taken it. */
export interface Taken {
  readonly outcome: 'accepted';
}

/** `rejected`: said again it would be refused again. `unknown`: say it again, under the same id. */
export type Told = Taken | Rejected | Unknown;

/** That something of a school in the directory is not as it was. What it is now, the directory asks for. */
export interface ListingNews {
  /** The same at each repeat. */
  readonly messageId: string;
  readonly schoolId: Id;
  readonly isListed: boolean;
  /** Of the change: what is not greater than what the directory has read up to is old. */
  readonly position: number;
  readonly changedAt: Date;
}

/** How it stands with a lead that the directory sent. */
export interface LeadReport {
  /** The same at each repeat. */
  readonly messageId: string;
  /** The directory's own id of it. */
  readonly externalId: string;
  readonly state: 'new' | 'contacted' | 'converted' | 'rejected';
  /** Grows: of two reports the greater one counts, in whatever order they come. */
  readonly revision: number;
  readonly changedAt: Date;
}

/** A public directory of driving schools, told of what changes. It reads the rest from the partner API. */
export abstract class SchoolDirectory {
  /** Never throws for what the directory does. @throws Error inside a transaction */
  abstract announce(news: ListingNews): Promise<Told>;

  /** Never throws for what the directory does. @throws Error inside a transaction */
  abstract reportLead(report: LeadReport): Promise<Told>;
}

/** The directories that are connected, by their partner's name. */
export class SchoolDirectories {
  constructor(private readonly connected: ReadonlyMap<string, SchoolDirectory>) {}

  /** Null: it is not connected, and asks for what has changed. */
  of(partner: string): SchoolDirectory | null {
    return this.connected.get(partner) ?? null;
  }
}
