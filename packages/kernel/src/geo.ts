/** Where something is, in degrees of WGS 84 (what a phone's receiver and Open311 give; maps sold in China are shifted). */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Mean radius of the earth in metres (IUGG). */
const RADIUS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres between two points over the sphere (haversine): within 0.5 % of the ellipsoid, and right at short range. */
export function metresBetween(a: Point, b: Point): number {
  const latitudes = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const longitudes = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const share = latitudes + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * longitudes;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(share)));
}

/** The point so many metres to the east and to the north: for distances of a city, not of a continent. */
export function movedBy({ latitude, longitude }: Point, east: number, north: number): Point {
  const degrees = (metres: number): number => (metres / RADIUS) * (180 / Math.PI);
  return {
    latitude: latitude + degrees(north),
    longitude: longitude + degrees(east) / Math.cos(radians(latitude)),
  };
}
