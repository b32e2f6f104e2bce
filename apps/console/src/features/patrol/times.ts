/** '08:00 20:00' as minutes of the day, ascending; null: not written so. */
export function timesOf(text: string): number[] | null {
  const words = text
    .trim()
    .split(/[\s,;\uff0c\u3001\uff1b]+/u)
    .filter((word) => word !== '');
  const times = words.map((word) => {
    const found = /^(\d{1,2})[:\uff1a](\d{2})$/u.exec(word);
    const [hour, minute] = [Number(found?.[1] ?? Number.NaN), Number(found?.[2] ?? Number.NaN)];
    return hour <= 23 && minute <= 59 ? hour * 60 + minute : Number.NaN;
  });
  const isRight =
    times.length > 0 && times.every((time, at) => !Number.isNaN(time) && (at === 0 || time > times[at - 1]!));
  return isRight ? times : null;
}

const two = (number: number) => String(number).padStart(2, '0');
export const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
