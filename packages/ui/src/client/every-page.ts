interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

const longest = 2_000;

/**
 * A list as a whole, page after page: for choices and short lists where somebody would not look for a "more". Longer
 * than 2,000 it is no list to choose from any more and ends there.
 */
export async function everyPage<Item>(
  ask: (cursor: { cursor?: string }) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await ask(cursor === null ? {} : { cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < longest);
  return { items, nextCursor: cursor };
}
