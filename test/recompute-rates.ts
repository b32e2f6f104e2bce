/**
 * What somebody does who has nothing but the export of the callbacks and the page's own sentence about the weights:
 * columns by their titles, sums by hand. It shares no line with the product that counted them.
 */
export type Recomputed = readonly [
  response: number | null,
  solution: number | null,
  satisfaction: number | null,
  score: number | null,
];

export function recompute(csv: string): Map<string, Recomputed> {
  const [head = '', ...lines] = csv
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const titles = head.split(',');
  const units = new Map<string, Record<string, string>[]>();
  for (const line of lines) {
    const row = Object.fromEntries(line.split(',').map((cell, i) => [titles[i] ?? '', cell]));
    const unit = row['承办单位'] ?? '';
    units.set(unit, [...(units.get(unit) ?? []), row]);
  }
  const figures = new Map<string, Recomputed>();
  for (const [unit, rows] of units) {
    const valid = rows.filter((row) => row['有效回访'] === '是' && row['剔除'] === '否');
    if (valid.length === 0) {
      figures.set(unit, [null, null, null, null]);
      continue;
    }
    const share = (is: (row: Record<string, string>) => boolean) => valid.filter(is).length / valid.length;
    const response = share((row) => row['是否联系'] === '是');
    const solution = share((row) => row['是否解决'] === '是');
    const satisfaction =
      share((row) => row['满意程度'] === '满意') + 0.9 * share((row) => row['满意程度'] === '基本满意');
    const score = Math.round((0.1 * response + 0.5 * solution + 0.4 * satisfaction) * 1_000 + 1e-6) / 10;
    figures.set(unit, [response, solution, satisfaction, score]);
  }
  return figures;
}
