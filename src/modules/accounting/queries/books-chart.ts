import { Injectable } from '@nestjs/common';
import { asked } from '../use-cases/connect-books.js';
import { OpenBooks } from '../use-cases/open-books.js';

interface Named {
  readonly code: string;
  readonly name: string;
}

/** What the books themselves say: whose they are, and what is in their chart of accounts. */
@Injectable()
export class BooksChart {
  constructor(private readonly open: OpenBooks) {}

  /** @throws BooksNotConnected, BooksRefused, BooksUnavailable */
  async company(): Promise<{ id: string; name: string }> {
    const { client, books } = await this.open.execute();
    const { id, name } = await asked(() => client.company(books));
    return { id, name };
  }

  /** @throws BooksNotConnected, BooksRefused, BooksUnavailable */
  async read(): Promise<{ accounts: Named[]; taxCodes: Named[] }> {
    const { client, books } = await this.open.execute();
    const accounts = await asked(() => client.accounts(books));
    const taxCodes = await asked(() => client.taxCodes(books));
    return { accounts: accounts.map(named), taxCodes: taxCodes.map(named) };
  }
}

function named({ code, name }: Named): Named {
  return { code, name };
}
