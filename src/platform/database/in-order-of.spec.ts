import { describe, expect, it } from '@jest/globals';
import { defineEntity, p } from '@mikro-orm/core';
import { DummyDriver, Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler } from 'kysely';
import { inOrderOf } from './in-order-of.js';

const Person = defineEntity({
  name: 'Person',
  tableName: 'people',
  indexes: [
    { name: 'people_state_name', properties: ['schoolId', 'state', 'fullName', 'id'] },
    { name: 'people_name', properties: ['schoolId', 'fullName', 'id'] },
    { name: 'people_phone', properties: ['schoolId', 'phone'] },
  ],
  properties: {
    id: p.integer().primary(),
    schoolId: p.integer(),
    state: p.string(),
    fullName: p.string(),
    phone: p.string(),
  },
});

const db = new Kysely<{ people: { id: number; school_id: number } }>({
  dialect: {
    createAdapter: () => new MysqlAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (of) => new MysqlIntrospector(of),
    createQueryCompiler: () => new MysqlQueryCompiler(),
  },
});

describe('a query in the order of a column', () => {
  const sqlOf = (column: string, filters: string[]) => {
    const query = db.selectFrom('people').select('people.id').where('people.school_id', '=', 1);
    const byIndex = inOrderOf(Person, column, filters);
    return (byIndex ? query.withPlugin(byIndex) : query).compile().sql;
  };
  const by = (hint: string) => `select \`people\`.\`id\` from \`people\`${hint} where \`people\`.\`school_id\` = ?`;

  it('is read by the index that holds it, the filtered one where it is filtered', () => {
    expect(sqlOf('full_name', [])).toBe(by(' force index (`people_name`)'));
    expect(sqlOf('full_name', ['city', 'state'])).toBe(by(' force index (`people_state_name`)'));
    expect(sqlOf('full_name', ['city'])).toBe(by(' force index (`people_name`)'));
  });

  it('stays as it is where no index holds it', () => {
    expect(sqlOf('phone', [])).toBe(by(''));
  });
});
