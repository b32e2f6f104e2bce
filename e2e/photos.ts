import sharp from 'sharp';

/** As Playwright's file chooser takes it. */
export interface Picture {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What a phone's camera makes: larger than is sent, and knowing where it was taken. */
async function taken(name: string, drawing: string): Promise<Picture> {
  const buffer = await sharp(Buffer.from(drawing))
    .jpeg({ quality: 80 })
    .withExif({
      IFD0: { Make: 'Phone', Model: 'Camera' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '39/1 54/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '116/1 23/1 0/1',
      },
    })
    .toBuffer();
  return { name, mimeType: 'image/jpeg', buffer };
}

const room = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="1800" viewBox="0 0 240 180">
    <rect width="240" height="180" fill="#d9d4c7"/>
    <path d="M0 60h240M0 120h240M60 0v180M120 0v180M180 0v180" stroke="#c4bdad" stroke-width="1"/>
    <rect x="20" width="200" height="26" fill="#eceff0" stroke="#a9b2b5"/>
    <path d="M120 26v34q0 16 18 16h30q16 0 16 16v40" fill="none" stroke="#8d979b" stroke-width="14"/>
    <path d="M120 26v34q0 16 18 16h30q16 0 16 16v40" fill="none" stroke="#b9c3c7" stroke-width="7"/>
    ${inside}
  </svg>`;

/** Under a sink: the trap drips, and there is a puddle. */
export function leakPhoto(): Promise<Picture> {
  return taken(
    'leak.jpg',
    room(`<ellipse cx="150" cy="162" rx="70" ry="13" fill="#9fc3d8" opacity=".85"/>
      <path d="M150 84q7 12 0 17q-7-5 0-17zM148 112q8 14 0 20q-8-6 0-20z" fill="#6ba6c8"/>`),
  );
}

/** The same place, a new hose, dry. */
export function mendedPhoto(): Promise<Picture> {
  return taken(
    'mended.jpg',
    room(`<circle cx="150" cy="76" r="11" fill="#5d8f6d" stroke="#3f6b4e" stroke-width="3"/>`),
  );
}
