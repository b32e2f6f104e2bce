import { err, ok, type Result } from '@gongzhi/kernel';

/**
 * A voice note as a browser records it. It is kept as it came: re-encoding speech costs quality and a codec, and there
 * is no place of recording in it. So the container is looked into instead: one that carries pictures is no voice note.
 */
export const maxAudioBytes = 1024 * 1024;

export type AudioType = 'audio/webm' | 'audio/mp4' | 'audio/ogg';

export interface AudioRefusal {
  readonly code: 'file.wrong_type' | 'file.too_large';
  readonly params: Readonly<Record<string, unknown>>;
}

/** Brands of ISO media files that hold sound or may hold it; a HEIC picture begins the same way. */
const mp4Brands = new Set(['M4A ', 'M4B ', 'isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'dash']);

/** What the bytes are, whatever the header claims; null: no sound of ours. */
export function audioType(bytes: Uint8Array): AudioType | null {
  // The names of tracks and codecs stand in the first pages of every one of these.
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024)).toString(
    'latin1',
  );
  if (head.startsWith('\x1a\x45\xdf\xa3'))
    return head.includes('webm') && /A_(?:OPUS|VORBIS)/.test(head) && !head.includes('V_')
      ? 'audio/webm'
      : null;
  if (head.startsWith('OggS'))
    return /OpusHead|\x01vorbis/.test(head) && !/\x80theora|\x01video/.test(head) ? 'audio/ogg' : null;
  if (head.slice(4, 8) === 'ftyp') {
    // An index written last stands at the end of the file.
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    return mp4Brands.has(head.slice(8, 12)) && whole.includes('soun') && !whole.includes('vide')
      ? 'audio/mp4'
      : null;
  }
  return null;
}

export function checkAudio(bytes: Uint8Array): Result<AudioType, AudioRefusal> {
  const type = audioType(bytes);
  if (type === null) return err({ code: 'file.wrong_type', params: {} });
  if (bytes.length > maxAudioBytes)
    return err({ code: 'file.too_large', params: { maxBytes: maxAudioBytes } });
  return ok(type);
}

/** One range of a file, as players ask for it; null: the whole; 'unsatisfiable': begins beyond its end. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { readonly from: number; readonly to: number } | null | 'unsatisfiable' {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (asked === null || (asked[1] === '' && asked[2] === '')) return null;
  const [first, last] = [asked[1] ?? '', asked[2] ?? ''];
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from >= size || to < from) return 'unsatisfiable';
  return { from, to };
}
