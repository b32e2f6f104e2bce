import { Eraser } from 'lucide-react';
import { type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { Segmented } from './Choice.tsx';
import { TextField } from './Field.tsx';
import { draw, isWritten, SIGNATURE, type Stroke } from './signature.ts';
import css from './SignaturePad.module.css';
import { t, useLocale } from './words.tsx';

/**
 * What somebody put under a matter: drawn with finger, pen or mouse, or said in person and written down by name, for
 * who can't draw on a screen (and for who works it by keyboard or ear).
 */
export type Signature =
  | { readonly how: 'drawn'; readonly image: Blob }
  | { readonly how: 'spoken'; readonly name: string };

export interface SignaturePadProps {
  label: string;
  /** What is signed, in one sentence: nobody signs an empty sheet. */
  description?: string;
  /** Null until there is one. A picture is JPEG, black on white, as the pictures' route takes it. */
  onChange: (signature: Signature | null) => void;
  /** Offers "said so in person" beside drawing; default true. */
  mayBeSpoken?: boolean;
  error?: string | undefined;
}

export function SignaturePad({ label, description, onChange, mayBeSpoken = true, error }: SignaturePadProps) {
  const locale = useLocale();
  const id = useId();
  const [how, setHow] = useState<Signature['how']>('drawn');
  const [name, setName] = useState('');
  const describedBy = [description !== undefined && `${id}d`, error !== undefined && `${id}e`].filter(
    (part) => part !== false,
  );
  return (
    <fieldset
      className={css.field}
      aria-describedby={describedBy.length === 0 ? undefined : describedBy.join(' ')}
    >
      <legend className={css.label}>{label}</legend>
      {description !== undefined && (
        <p id={`${id}d`} className={css.description}>
          {description}
        </p>
      )}
      {mayBeSpoken && (
        <Segmented<Signature['how']>
          label={t(locale, 'ui.signHow')}
          isLabelHidden
          options={[
            { value: 'drawn', label: t(locale, 'ui.signDraw') },
            { value: 'spoken', label: t(locale, 'ui.signSpoken') },
          ]}
          value={how}
          onChange={(next) => {
            setHow(next);
            setName('');
            onChange(null);
          }}
        />
      )}
      {how === 'drawn' ? (
        <Paper label={label} onChange={onChange} />
      ) : (
        <TextField
          label={t(locale, 'ui.signName')}
          description={t(locale, 'ui.signNameHelp')}
          autoComplete="off"
          maxLength={60}
          value={name}
          onChange={(next) => {
            setName(next);
            onChange(next.trim() === '' ? null : { how: 'spoken', name: next.trim() });
          }}
        />
      )}
      {error !== undefined && (
        <p id={`${id}e`} className={css.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Paper({ label, onChange }: { label: string; onChange: (signature: Signature | null) => void }) {
  const locale = useLocale();
  const canvas = useRef<HTMLCanvasElement>(null);
  const strokes = useRef<{ x: number; y: number }[][]>([]);
  /** A picture that comes late is not that of what has been wiped or gone on since. */
  const turn = useRef(0);
  const [isEmpty, setEmpty] = useState(true);

  const repaint = (): void => {
    const surface = canvas.current;
    const pen = surface?.getContext('2d');
    if (surface == null || pen == null) return;
    const scale = window.devicePixelRatio;
    const { width, height } = surface.getBoundingClientRect();
    surface.width = Math.round(width * scale);
    surface.height = Math.round(height * scale);
    const ink = getComputedStyle(surface).color;
    draw(pen, strokes.current, { width: surface.width, height: surface.height, ink });
  };

  useEffect(() => {
    repaint();
    const watcher = new ResizeObserver(repaint);
    if (canvas.current !== null) watcher.observe(canvas.current);
    return () => {
      watcher.disconnect();
    };
  }, []);

  const add = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const points = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const { clientX, clientY } of points.length === 0 ? [event] : points)
      strokes.current
        .at(-1)
        ?.push({ x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height });
    repaint();
  };

  const finish = (): void => {
    turn.current++;
    const now = turn.current;
    if (!isWritten(strokes.current)) {
      onChange(null);
      return;
    }
    void pictureOf(strokes.current).then((image) => {
      if (image !== null && now === turn.current) onChange({ how: 'drawn', image });
    });
  };

  return (
    <div className={css.sheet}>
      <canvas
        ref={canvas}
        className={css.paper}
        role="img"
        aria-label={t(locale, isEmpty ? 'ui.signEmpty' : 'ui.signWritten', { label })}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          strokes.current.push([]);
          setEmpty(false);
          add(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) add(event);
        }}
        onPointerUp={finish}
        onPointerCancel={finish}
      />
      {isEmpty && (
        <span className={css.hint} aria-hidden="true">
          {t(locale, 'ui.signHere')}
        </span>
      )}
      <Button
        size="small"
        variant="quiet"
        icon={Eraser}
        isDisabled={isEmpty}
        onPress={() => {
          strokes.current = [];
          setEmpty(true);
          repaint();
          finish();
        }}
      >
        {t(locale, 'ui.signAgain')}
      </Button>
    </div>
  );
}

/** As it is kept: black on white, whatever the screen's colours are. */
async function pictureOf(strokes: readonly Stroke[]): Promise<Blob | null> {
  const sheet = document.createElement('canvas');
  sheet.width = SIGNATURE.width;
  sheet.height = SIGNATURE.height;
  const pen = sheet.getContext('2d');
  if (pen === null) return null;
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, sheet.width, sheet.height);
  draw(pen, strokes, { width: sheet.width, height: sheet.height, ink: 'black' });
  return new Promise((resolve) => {
    sheet.toBlob(resolve, 'image/jpeg', 0.85);
  });
}
