/**
 * A scanner that types: it sends its code as keystrokes, far faster than a hand, and ends with Enter. What a person
 * types is left alone, and what is typed into a field is the field's.
 */
const FASTEST_HAND_MS = 60;
/** Shorter is nothing that a gate knows: a visitor's number has six digits. */
const LEAST = 6;
const MOST = 200;

export class Wedge {
  #text = '';
  #lastAt = Number.NEGATIVE_INFINITY;

  /** One key, and when it was pressed, in ms of any clock that only goes forward. The code, with its Enter. */
  press(key: string, at: number): string | null {
    const isFast = at - this.#lastAt <= FASTEST_HAND_MS;
    this.#lastAt = at;
    if (!isFast) this.#text = '';
    if (key === 'Enter') {
      const code = this.#text;
      this.#text = '';
      return code.length >= LEAST ? code : null;
    }
    // Shift and its like are keys too, of a scanner that types capitals.
    if (key.length === 1 && this.#text.length < MOST) this.#text += key;
    return null;
  }
}

/** Listens to the whole page, until told to stop. */
export function listenToWedge(onCode: (text: string) => void): () => void {
  const wedge = new Wedge();
  const hear = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select') !== null) return;
    const code = wedge.press(event.key, event.timeStamp);
    if (code === null) return;
    // Its Enter presses no button that happens to have the focus.
    event.preventDefault();
    event.stopPropagation();
    onCode(code);
  };
  window.addEventListener('keydown', hear, { capture: true });
  return () => {
    window.removeEventListener('keydown', hear, { capture: true });
  };
}
