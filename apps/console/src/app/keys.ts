/**
 * The keys of the desk, said once: the help shows this table, and a page that listens to a key takes its name from
 * it, so that no key works unseen and none is promised that does nothing.
 */
export const keyGroups = {
  list: [
    { keys: ['j', 'k'], label: 'console.keys.move' },
    { keys: ['Enter'], label: 'console.keys.open' },
    { keys: ['Escape'], label: 'console.keys.close' },
    { keys: ['f'], label: 'console.keys.search' },
    { keys: ['r'], label: 'console.keys.refresh' },
    { keys: ['x'], label: 'desk.keys.select' },
    { keys: ['J', 'K'], label: 'desk.keys.extend' },
    { keys: ['Ctrl+a'], label: 'desk.keys.all' },
  ],
  order: [{ keys: ['a'], label: 'console.keys.assign' }],
  page: [
    { keys: ['/', 'Ctrl+k'], label: 'search.keys' },
    { keys: ['n'], label: 'console.keys.new' },
    { keys: ['?'], label: 'console.keys.help' },
  ],
} as const;

export type KeyGroup = keyof typeof keyGroups;
export type DeskKey = (typeof keyGroups)[KeyGroup][number]['keys'][number];

/** As it is printed on the key. */
export const printed: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Enter: '↵ Enter',
  J: 'Shift+j',
  K: 'Shift+k',
};
