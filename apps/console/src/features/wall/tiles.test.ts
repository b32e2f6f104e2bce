import { describe, expect, test } from 'vitest';
import type { WallData } from './api.ts';
import { GAP, gridFor, schematicOf } from './tiles.ts';

type Place = WallData['tiles'][number];
const place = (name: string, at: [number, number] | null, groupName: string | null = null): Place => ({
  scopeId: name,
  name,
  groupId: groupName,
  groupName,
  point: at === null ? null : { latitude: at[0], longitude: at[1] },
  open: 0,
  unassigned: 0,
  late: 0,
});
const rooms = [
  { width: 812, height: 540 },
  { width: 1240, height: 540 },
];

describe('rows and columns', () => {
  test.each(rooms)('of one to thirty tiles none is too small to be read (%j)', (room) => {
    for (let count = 1; count <= 30; count++) {
      const { columns, rows, isLow } = gridFor(count, room)!;
      const [width, height] = [(room.width + GAP) / columns - GAP, (room.height + GAP) / rows - GAP];
      expect(columns * rows).toBeGreaterThanOrEqual(count);
      expect([count, width >= (isLow ? 220 : 150), height >= (isLow ? 42 : 96)]).toEqual([count, true, true]);
    }
  });
  test('no more than can be read, whatever is asked', () => {
    expect(gridFor(200, rooms[0]!)).toBeNull();
    expect(gridFor(0, rooms[0]!)).toMatchObject({ columns: 1, rows: 1 });
  });
  test('a wider room has more columns', () => {
    expect(gridFor(20, rooms[1]!)!.columns).toBeGreaterThan(gridFor(20, rooms[0]!)!.columns);
  });
});

describe('the schematic', () => {
  const room = rooms[0]!;
  const at = (tiles: ReturnType<typeof schematicOf>['tiles'], name: string) =>
    tiles.find((tile) => tile.place.name === name)!;

  test('north is up, east is right', () => {
    const { tiles } = schematicOf(
      [place('middle', [39.9, 116.4]), place('north', [39.91, 116.4]), place('east', [39.9, 116.42])],
      room,
    );
    expect(at(tiles, 'north').row).toBeLessThan(at(tiles, 'middle').row);
    expect(at(tiles, 'north').column).toBe(at(tiles, 'middle').column);
    expect(at(tiles, 'east').column).toBeGreaterThan(at(tiles, 'middle').column);
    expect(at(tiles, 'east').row).toBe(at(tiles, 'middle').row);
  });

  test.each([2, 7, 15, 30])(
    '%i of them have a cell each, whether somebody said where they lie or not',
    (count) => {
      const places = Array.from({ length: count }, (_, i) =>
        place(`p${i}`, i % 5 === 4 ? null : [39.9 + 0.001 * ((i * 7) % 11), 116.4 + 0.001 * ((i * 3) % 13)]),
      );
      const { tiles, columns, rows } = schematicOf(places, room);
      expect(new Set(tiles.map((tile) => tile.place.name)).size).toBe(count);
      expect(new Set(tiles.map((tile) => `${tile.column} ${tile.row}`)).size).toBe(count);
      for (const tile of tiles) {
        expect(tile.column).toBeGreaterThanOrEqual(1);
        expect(tile.column).toBeLessThanOrEqual(columns);
        expect(tile.row).toBeGreaterThanOrEqual(1);
        expect(tile.row).toBeLessThanOrEqual(rows);
      }
    },
  );

  test.each(rooms)('the air between them never makes one too small to be read (%j)', (each) => {
    for (let count = 2; count <= 30; count++) {
      const places = Array.from({ length: count }, (_, i) =>
        place(`p${i}`, [39.9 + 0.001 * ((i * 7) % 11), 116.4 + 0.001 * ((i * 3) % 13)]),
      );
      const { columns, isLow } = schematicOf(places, each);
      const width = (each.width + GAP) / columns - GAP;
      expect([count, width >= (isLow ? 220 : 150)]).toEqual([count, true]);
    }
  });

  test('at one and the same spot they stand side by side', () => {
    const { tiles } = schematicOf([place('a', [39.9, 116.4]), place('b', [39.9, 116.4])], room);
    expect(new Set(tiles.map((tile) => `${tile.column} ${tile.row}`)).size).toBe(2);
  });

  test('where nobody said where they lie, those of one community stand together', () => {
    const { tiles } = schematicOf(
      [
        place('d', null, 'south'),
        place('a', null, 'north'),
        place('c', null, 'south'),
        place('b', null, 'north'),
      ],
      room,
    );
    expect(tiles.map((tile) => tile.place.name)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('nothing is drawn of nothing', () => {
    expect(schematicOf([], room).tiles).toEqual([]);
  });
});
