/** Reads QR codes from a camera's picture: by the browser itself where it can, by our own reader where it can't. */
export type Read = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** A larger picture is slower to search and shows a code no better. */
const SIDE = 640;

export function hasCamera(): boolean {
  const devices = (navigator as Partial<Navigator>).mediaDevices;
  return typeof devices?.getUserMedia === 'function';
}

async function native(): Promise<DetectorMaker | null> {
  const Native = (window as unknown as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  const formats = await Native?.getSupportedFormats().catch((): string[] => []);
  return Native !== undefined && formats?.includes('qr_code') === true ? Native : null;
}

/** Apart from the app's own cache: only who scans without a network wants its 400 kB. */
const READER_CACHE = 'gongzhi-reader';

/** Our own reader, kept on the phone for when there is no network; nothing where the browser reads by itself. */
export async function keepReader(): Promise<void> {
  if (!('caches' in window) || (await native()) !== null) return;
  const { default: url } = await import('zxing-wasm/reader/zxing_reader.wasm?url');
  const cache = await caches.open(READER_CACHE);
  if ((await cache.match(url)) !== undefined) return;
  for (const old of await cache.keys()) await cache.delete(old);
  await cache.add(url);
}

export async function makeReader(): Promise<Read> {
  const Native = await native();
  if (Native !== null) {
    const detector = new Native({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  // 16 kB of code and 400 kB of WebAssembly, fetched by who scans and by nobody else.
  const [{ prepareZXingModule, readBarcodes }, wasm] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ]);
  prepareZXingModule({ overrides: { locateFile: () => wasm.default } });
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (pen === null || canvas.width === 0 || canvas.height === 0) return null;
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), {
      formats: ['QRCode'],
      maxNumberOfSymbols: 1,
    });
    return found[0]?.text ?? null;
  };
}
