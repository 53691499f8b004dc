import type { List } from '../database/list.js';
import { EnumField } from './fields.js';
import { PageQuery } from './paging.js';

/** The query of a list that may be sorted: extend `ListQuery(list)` with a field for each of the list's filters. */
export function ListQuery<Sort extends string>({ sorts, defaultSort }: Pick<List<Sort>, 'sorts' | 'defaultSort'>) {
  class SortedPageQuery extends PageQuery {
    @EnumField(sorts, {
      description: 'The order; a leading minus turns it round. A cursor goes on in its own order alone.',
      example: defaultSort,
      default: defaultSort,
      optional: true,
    })
    sort?: (typeof sorts)[number];
  }
  return SortedPageQuery;
}
