import { movedBy, type Point } from '@gongzhi/kernel';

/**
 * Where things stand in the invented street: communities on a grid of blocks, their compounds beside each other, and
 * their buildings in rows that look south, as they do. Some 2.8 km from east to west and 2 km from south to north; its
 * south-west corner lies off the coast, where nobody lives.
 */
const corner: Point = { latitude: 35.9, longitude: 121.1 };

const block = { columns: 4, east: 700, north: 500 };
const plot = { columns: 3, east: 230, north: 250 };
const row = { buildings: 4, east: 55, north: 48 };

/** The south-west corner of a compound, its main gate: `slot` counts the compounds of its community from 0. */
export function gateOf(community: number, slot: number): Point {
  return movedBy(
    corner,
    (community % block.columns) * block.east + (slot % plot.columns) * plot.east,
    Math.floor(community / block.columns) * block.north + Math.floor(slot / plot.columns) * plot.north,
  );
}

/** The middle of a building; `position` counts from 1, from the gate inwards. */
export function pointOfBuilding(gate: Point, position: number): Point {
  const nth = position - 1;
  return movedBy(
    gate,
    20 + (nth % row.buildings) * row.east,
    30 + Math.floor(nth / row.buildings) * row.north,
  );
}
