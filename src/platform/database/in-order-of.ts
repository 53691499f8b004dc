import type { EntitySchemaWithMeta } from '@mikro-orm/core';
import { FromNode, type KyselyPlugin, RawNode, SelectQueryNode } from 'kysely';

/**
 * Makes the server read a table by the index that holds what the filters leave in the order of the column, and then of the id. Where one
 * school has much of the table, MariaDB takes what follows a cursor for too much, and reads the school's part of the index from its beginning.
 * Null when there is no such index.
 */
export function inOrderOf(
  { meta }: EntitySchemaWithMeta,
  column: string,
  filters: readonly string[],
): KyselyPlugin | null {
  const candidates = meta.indexes.flatMap(({ name, properties }) => {
    const [id, sorted, ...narrowing] = [properties].flat().toReversed() as string[];
    const fits = sorted !== undefined && id === 'id' && columnOf(sorted) === column;
    const narrows = narrowing.filter((each) => each !== 'schoolId');
    return fits && narrows.every((each) => filters.includes(each)) ? [{ name, narrows: narrows.length }] : [];
  });
  const [best] = candidates.toSorted((a, b) => b.narrows - a.narrows);
  return best ? forcing(` force index (\`${best.name}\`)`) : null;
}

function forcing(hint: string): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      if (!SelectQueryNode.is(node) || !node.from) return node;
      const [table, ...others] = node.from.froms;
      return { ...node, from: FromNode.create([RawNode.create(['', hint], [table!]), ...others]) };
    },
    transformResult: async ({ result }) => result,
  };
}

function columnOf(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
