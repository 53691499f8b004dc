import type { IncomingHttpHeaders } from 'node:http';
import type { FormTree } from './form.js';

/** One call of the application to an outside system. */
export interface VendorRequest {
  method: string;
  /** As it was called, with its query. */
  url: string;
  /** The path without its query. */
  path: string;
  params: Record<string, string>;
  query: FormTree;
  body: FormTree;
  headers: IncomingHttpHeaders;
}

/** What the outside system says. */
export interface VendorAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** Runs once the answer has left (or was withheld by a fault). */
  afterwards?: () => void;
}
