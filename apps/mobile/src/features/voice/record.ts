/** The browser's own recorder, where there is one that makes what the server keeps. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
/** Speech needs no more; a minute is a fifth of what the server takes. */
const BITS = 24_000;
export const LONGEST_MS = 60_000;

function typeOf(): string | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

export function canRecord(): boolean {
  // Only a secure context has it.
  const devices = (navigator as Partial<Navigator>).mediaDevices;
  return typeof devices?.getUserMedia === 'function' && typeOf() !== undefined;
}

export interface Recording {
  /** Ends it; what was said comes by `done`. */
  stop: () => void;
  /** Null: nothing was recorded. */
  done: Promise<Blob | null>;
}

/** Throws when the microphone is not to be had. Ends by itself after a minute. */
export async function startRecording(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = typeOf();
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS,
    ...(type === undefined ? {} : { mimeType: type }),
  });
  const pieces: Blob[] = [];
  const done = new Promise<Blob | null>((resolve) => {
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size > 0) pieces.push(data);
    });
    recorder.addEventListener('stop', () => {
      // The lamp of the microphone goes out.
      for (const track of stream.getTracks()) track.stop();
      resolve(pieces.length === 0 ? null : new Blob(pieces, { type: recorder.mimeType.split(';')[0] ?? '' }));
    });
  });
  recorder.start();
  const timer = setTimeout(() => {
    if (recorder.state !== 'inactive') recorder.stop();
  }, LONGEST_MS);
  return {
    stop: () => {
      clearTimeout(timer);
      if (recorder.state !== 'inactive') recorder.stop();
    },
    done,
  };
}
