import { type RefObject, useLayoutEffect, useState } from 'react';

/** Rows drawn beyond each edge, so that a flick of the wheel doesn't show paper. */
const MARGIN = 12;

export interface WindowRange {
  start: number;
  end: number;
}

/**
 * Which rows of a long list are drawn. All rows are equally high, so ten thousand cost what forty do.
 * `headHeight` is what stands above the first row inside the scrolling box.
 */
export function useWindow(
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  headHeight: number,
): WindowRange {
  const [view, setView] = useState({ top: 0, height: 900 });

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const read = (): void => {
      // Stepwise, so that most scroll events change nothing.
      const top = Math.floor(element.scrollTop / rowHeight) * rowHeight;
      const height = element.clientHeight;
      setView((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    read();
    element.addEventListener('scroll', read, { passive: true });
    const sizes = new ResizeObserver(read);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      sizes.disconnect();
    };
  }, [box, rowHeight]);

  return rangeOf(view.top, view.height, count, rowHeight, headHeight);
}

export function rangeOf(
  top: number,
  height: number,
  count: number,
  rowHeight: number,
  headHeight: number,
): WindowRange {
  const first = Math.floor((top - headHeight) / rowHeight) - MARGIN;
  const last = Math.ceil((top + height) / rowHeight) + MARGIN;
  const end = Math.min(count, Math.max(0, last));
  return { start: Math.min(Math.max(0, first), end), end };
}

/** Scrolls as little as needed for a row to be seen under the sticky head. */
export function reveal(element: HTMLElement, index: number, rowHeight: number, headHeight: number): void {
  const top = index * rowHeight;
  const bottom = top + rowHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (bottom + headHeight > element.scrollTop + element.clientHeight)
    element.scrollTop = bottom + headHeight - element.clientHeight;
}
