/**
 * Which order goes to whom, all at once: the pairs whose costs add up to least. Each row (an order) gets one column
 * (a person) or none; each column is given once. `null` is what may not be. Leaving a row without anybody costs
 * `leave[row]`; what costs as much as leaving is left.
 *
 * The Hungarian method by shortest augmenting paths (Kuhn 1955, Munkres 1957, Jonker and Volgenant 1987): every row has
 * a column of its own for being left, so that there always is an answer. Rows² × columns steps.
 */
export function assign(
  costs: readonly (readonly (number | null)[])[],
  leave: readonly number[],
): readonly (number | null)[] {
  const rows = costs.length;
  const people = costs[0]?.length ?? 0;
  const columns = people + rows;
  const costOf = (row: number, column: number): number => {
    if (column < people) return costs[row]?.[column] ?? Number.POSITIVE_INFINITY;
    return column - people === row ? (leave[row] ?? 0) : Number.POSITIVE_INFINITY;
  };
  // Counted from one; nought is the root of the search. Prices keep every reduced cost from falling below nought.
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let start = 1; start <= rows; start++) {
    rowOf[0] = start;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Int32Array(columns + 1);
    const isDone = new Uint8Array(columns + 1);
    let at = 0;
    do {
      isDone[at] = 1;
      const row = rowOf[at]!;
      let next = 0;
      let step = Number.POSITIVE_INFINITY;
      // The row's own empty column comes first among equals: what costs as much as leaving is left.
      for (let i = columns; i >= 1; i--) {
        if (isDone[i] === 1) continue;
        const reduced = costOf(row - 1, i - 1) - rowPrice[row]! - columnPrice[i]!;
        if (reduced < least[i]!) {
          least[i] = reduced;
          cameFrom[i] = at;
        }
        if (least[i]! < step) {
          step = least[i]!;
          next = i;
        }
      }
      for (let i = 0; i <= columns; i++) {
        if (isDone[i] === 1) {
          rowPrice[rowOf[i]!]! += step;
          columnPrice[i]! -= step;
        } else least[i]! -= step;
      }
      at = next;
    } while (rowOf[at] !== 0);
    while (at !== 0) {
      const before = cameFrom[at]!;
      rowOf[at] = rowOf[before]!;
      at = before;
    }
  }
  const given: (number | null)[] = Array.from({ length: rows }, () => null);
  for (let column = 1; column <= people; column++)
    if (rowOf[column] !== 0) given[rowOf[column]! - 1] = column - 1;
  return given;
}
