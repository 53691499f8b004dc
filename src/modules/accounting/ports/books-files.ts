import type { Readable } from 'node:stream';
import type { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { Id } from '../../../platform/values/id.js';
import type { BooksConnection, BooksRecordKind } from './accounting-client.js';

export type BooksFileKind = BooksRecordKind | 'voucher' | 'manifest';

export interface BooksFile {
  /** Unique in the connection. */
  readonly name: string;
  readonly mediaType: string;
  readonly kind: BooksFileKind;
  /** Ours, of what is in it. */
  readonly reference: string;
  readonly date: LocalDate;
  readonly amount: Money | null;
  readonly content: Readable;
}

export interface KeptFile {
  readonly id: Id;
  readonly name: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Keeps what a system of files hands over, for as long as vouchers are kept. */
export abstract class BooksFiles {
  /** Whole or not at all; one of that name that is there already stays as it is. */
  abstract keep(connection: BooksConnection, file: BooksFile): Promise<KeptFile>;
  abstract find(connection: BooksConnection, kind: BooksFileKind, reference: string): Promise<KeptFile | null>;
  /** @throws FileStoreUnavailable, Error when there is none */
  abstract open(connection: BooksConnection, id: Id): Promise<Readable>;
  abstract byId(connection: BooksConnection, id: Id): Promise<(KeptFile & { readonly amount: Money | null }) | null>;
  abstract totals(
    connection: BooksConnection,
    from: LocalDate,
    to: LocalDate,
  ): Promise<readonly { readonly kind: BooksFileKind; readonly count: number; readonly total: Money }[]>;
}
