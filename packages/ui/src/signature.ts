/** A point of a stroke as shares of the pad's width and height, so that it survives a turn of the phone. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Stroke = readonly Point[];

/** The pad's shape, and how large it is kept. */
export const SIGNATURE = { width: 1000, height: 400, line: 9 } as const;
/** As a share of the pad's width: a slip of the finger or a dot is no signature. */
const LEAST = 0.2;

/** Whether somebody wrote: how far the pen went in all, measured on the pad as it is kept. */
export function isWritten(strokes: readonly Stroke[]): boolean {
  let way = 0;
  for (const stroke of strokes)
    for (let i = 1; i < stroke.length; i++) {
      const [a, b] = [stroke[i - 1]!, stroke[i]!];
      way += Math.hypot(b.x - a.x, ((b.y - a.y) * SIGNATURE.height) / SIGNATURE.width);
    }
  return way >= LEAST;
}

/** The little of a drawing surface that is used, so that the drawing can be tried without a browser. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'stroke' | 'clearRect'
> & {
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  strokeStyle: string | CanvasGradient | CanvasPattern;
};

/** Strokes as a pen leaves them: rounded through the middles between the points that were felt. */
export function draw(
  pen: Pen,
  strokes: readonly Stroke[],
  look: { width: number; height: number; ink: string },
) {
  const { width, height, ink } = look;
  pen.lineWidth = (SIGNATURE.line * width) / SIGNATURE.width;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.strokeStyle = ink;
  for (const stroke of strokes) {
    const [first, ...rest] = stroke.map(({ x, y }) => ({ x: x * width, y: y * height }));
    if (first === undefined) continue;
    pen.beginPath();
    pen.moveTo(first.x, first.y);
    let from = first;
    for (const to of rest) {
      pen.quadraticCurveTo(from.x, from.y, (from.x + to.x) / 2, (from.y + to.y) / 2);
      from = to;
    }
    pen.lineTo(from.x, from.y);
    pen.stroke();
  }
}
