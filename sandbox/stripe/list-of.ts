/** Stripe's list shape. */
export function listOf(data: readonly object[], url: string, hasMore = false): object {
  return { object: 'list', data, has_more: hasMore, url };
}
