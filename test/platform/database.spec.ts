import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEntity, MikroORM } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/mysql';
import { amount, bool, id, instant, int, localDate, schoolScoped, text } from '../../src/platform/database/columns.js';
import { boundRollback } from '../../src/platform/database/bounded-rollback.js';
import { ormOptions } from '../../src/platform/database/orm-options.js';
import { bin, globalQuery, schoolQuery, type Tables } from '../../src/platform/database/query.js';
import { serverFlavour } from '../../src/platform/database/server-flavour.js';
import {
  afterCommit,
  aroundTransactions,
  inTransaction,
  isDuplicateKey,
  writeAtCommit,
} from '../../src/platform/database/transaction.js';
import { acrossSchools, inSchool, SchoolNotSet } from '../../src/platform/tenancy/tenancy.js';
import { newId } from '../../src/platform/values/id.js';
import { dropDatabase, emptyDatabase } from '../support/database-server.js';

const NoteSchema = defineEntity({
  name: 'Note',
  tableName: 'notes',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    title: text(50).unique('notes_title'),
    at: instant(),
    on: localDate().nullable(),
    price: amount(),
    done: bool(),
    version: int().version(),
  },
});
class Note extends NoteSchema.class {}
NoteSchema.setClass(Note);
type NoteTables = Tables<typeof NoteSchema>;

const ours = newId();
const theirs = newId();

describe('the database', () => {
  let orm: MikroORM;
  let em: EntityManager;
  let url: string;

  beforeAll(async () => {
    url = await emptyDatabase('platform');
    orm = await MikroORM.init(
      ormOptions({ url, flavour: await serverFlavour({ url }), entities: [NoteSchema], poolSize: 10 }),
    );
    em = orm.em as EntityManager;
    await orm.schema.create();
  });

  afterAll(async () => {
    await orm.close();
    await dropDatabase(url);
  });

  const write = (schoolId = ours, title = newId() as string) =>
    inSchool(schoolId, () =>
      inTransaction(em, async () => {
        const note = em.create(Note, {
          id: newId(),
          schoolId,
          title,
          at: new Date('2026-03-29T01:30:00.123Z'),
          on: '2026-03-29',
          price: 52_500,
          done: true,
        });
        em.persist(note);
        await em.flush();
        return note.id;
      }),
    );

  it('reads in a transaction what others commit meanwhile', async () => {
    const noteId = await write();
    const price = () =>
      globalQuery<NoteTables>(em).selectFrom('notes').select('price').where('id', '=', bin(noteId)).executeTakeFirst();
    await inTransaction(em, async () => {
      expect(await price()).toEqual({ price: 52_500 });
      await em.getConnection().execute('UPDATE notes SET price = 1');
      expect(await price()).toEqual({ price: 1 });
    });
    await em.getConnection().execute('DELETE FROM notes');
  });

  it('gives back what was written, through entities and through queries', async () => {
    const noteId = await write();
    const entity = await inSchool(ours, () => inTransaction(em, () => em.findOneOrFail(Note, { id: noteId })));
    const expected = { id: noteId, on: '2026-03-29', price: 52_500, done: true };
    expect(entity).toMatchObject(expected);
    expect(entity.at.toISOString()).toBe('2026-03-29T01:30:00.123Z');

    const row = await inSchool(ours, () =>
      schoolQuery<NoteTables>(em)
        .selectFrom('notes')
        .selectAll()
        .where('id', '=', bin(noteId))
        .executeTakeFirstOrThrow(),
    );
    expect(row).toMatchObject({ ...expected, school_id: ours });
    expect(row.at.toISOString()).toBe('2026-03-29T01:30:00.123Z');
    const { total } = await globalQuery<NoteTables>(em)
      .selectFrom('notes')
      .select(({ fn }) => fn.sum<number>('price').as('total'))
      .executeTakeFirstOrThrow();
    expect(total).toBe(52_500);
  });

  it('keeps an untouched entity untouched', async () => {
    const noteId = await write();
    await inSchool(ours, () =>
      inTransaction(em, async () => {
        const note = await em.findOneOrFail(Note, { id: noteId });
        em.getUnitOfWork().computeChangeSets();
        expect(em.getUnitOfWork().getChangeSets()).toEqual([]);
        note.done = false;
      }),
    );
    const changed = await inSchool(ours, () => inTransaction(em, () => em.findOneOrFail(Note, { id: noteId })));
    expect(changed).toMatchObject({ done: false, version: 2 });
  });

  it('shows and changes the rows of the scope’s school alone', async () => {
    const foreign = await write(theirs);
    const read = () => em.fork().findOne(Note, { id: foreign });
    await expect(inSchool(ours, read)).resolves.toBeNull();
    await expect(acrossSchools('a test', read)).resolves.not.toBeNull();
    await expect(read()).rejects.toThrow(SchoolNotSet);
    expect(() => schoolQuery<NoteTables>(em).selectFrom('notes')).toThrow(SchoolNotSet);
    await expect(
      inSchool(ours, () =>
        inTransaction(em, async () => {
          em.persist(
            em.create(Note, { id: newId(), schoolId: theirs, title: 'x', at: new Date(), price: 1, done: true }),
          );
        }),
      ),
    ).rejects.toThrow('another school');
  });

  it('rolls everything back, joins an open transaction, and calls back after the commit', async () => {
    const calls: string[] = [];
    const titles = () =>
      globalQuery<NoteTables>(em).selectFrom('notes').select('title').where('title', 'like', 'tx-%').execute();
    await expect(
      inTransaction(em, async () => {
        await write(ours, 'tx-1');
        afterCommit(() => calls.push('never'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await titles()).toEqual([]);
    await inTransaction(em, async () => {
      await write(ours, 'tx-2');
      afterCommit(() => calls.push('after'));
      expect(calls).toEqual([]);
    });
    expect(calls).toEqual(['after']);
    expect(await titles()).toEqual([{ title: 'tx-2' }]);
  });

  it('tells of what went wrong before a rollback that takes long is done', async () => {
    const connection = em.getConnection();
    const rollback = connection.rollback.bind(connection);
    const [disk, title] = [Promise.withResolvers<void>(), newId()];
    connection.rollback = async (...of) => {
      await disk.promise;
      return rollback(...of);
    };
    boundRollback(connection, 50);
    try {
      const work = inSchool(ours, () =>
        inTransaction(em, async () => {
          await write(ours, title);
          throw new Error('the table is full');
        }),
      );
      await expect(work).rejects.toThrow('the table is full');
    } finally {
      disk.resolve();
      connection.rollback = rollback;
    }
    // It waits for the row that the other still holds.
    await write(ours, title);
  });

  it('writes rows that may wait in one statement at the end, and none of a transaction that fails', async () => {
    const written: string[][] = [];
    const sees: boolean[] = [];
    const insert = async (rows: readonly string[]) => {
      written.push([...rows]);
      sees.push(em.isInTransaction());
    };
    const work = async (rows: string[]) => {
      for (const row of rows) await inTransaction(em, async () => writeAtCommit(row, insert));
      expect(written).toEqual([]);
    };
    await inTransaction(em, () => work(['a', 'b', 'c']));
    expect(written.splice(0)).toEqual([['a', 'b', 'c']]);
    expect(sees).toEqual([true]);
    const failing = inTransaction(em, async () => {
      await work(['d']);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(written).toEqual([]);
    expect(() => writeAtCommit('e', insert)).toThrow('open transaction');
  });

  it('lets one transaction around several see what each of them wrote, and keep all or nothing', async () => {
    const titles = [newId(), newId()];
    const count = () =>
      schoolQuery<NoteTables>(em)
        .selectFrom('notes')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .where('title', 'in', titles)
        .executeTakeFirstOrThrow();
    const add = (title: string) =>
      inTransaction(em, async () => {
        const others = { at: new Date(), on: null, price: 0, done: false };
        em.persist(em.create(Note, { id: newId(), schoolId: ours, title, ...others }));
      });
    await inSchool(ours, async () => {
      const seen: number[] = [];
      const both = aroundTransactions(em, async () => {
        for (const title of titles) {
          await add(title);
          seen.push((await count()).n);
        }
        throw new Error('after all');
      });
      await expect(both).rejects.toThrow('after all');
      expect([...seen, (await count()).n]).toEqual([1, 2, 0]);
    });
  });

  it('runs the victim of a deadlock again, and names a duplicate key', async () => {
    const [one, two] = [await write(), await write()];
    const lock = (noteId: typeof one) =>
      globalQuery<NoteTables>(em)
        .updateTable('notes')
        .set((set) => ({ price: set('price', '+', 1) }))
        .where('id', '=', bin(noteId))
        .execute();
    let runs = 0;
    let locked = 0;
    let meet: () => void;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const crossing = (first: typeof one, second: typeof one) =>
      inTransaction(em, async () => {
        runs += 1;
        await lock(first);
        if ((locked += 1) === 2) meet();
        await met;
        await lock(second);
      });
    await Promise.all([crossing(one, two), crossing(two, one)]);
    expect(runs).toBeGreaterThanOrEqual(3);

    const duplicate: unknown = await write(ours, 'twice')
      .then(() => write(ours, 'twice'))
      .catch((error: unknown) => error);
    expect(isDuplicateKey(duplicate, 'notes_title')).toBe(true);
    expect(isDuplicateKey(duplicate, 'other')).toBe(false);
  });
});
