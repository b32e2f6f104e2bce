import type { LucideIcon } from 'lucide-react';

/** One icon from the one set. Decorative unless it is given a label: a word belongs beside it wherever one fits. */
export function Icon({ of: Glyph, label, size }: { of: LucideIcon; label?: string; size?: number | string }) {
  const shared = { size: size ?? '1.25em', strokeWidth: 1.75, focusable: false } as const;
  return label === undefined ? (
    <Glyph {...shared} aria-hidden />
  ) : (
    <>
      <Glyph {...shared} aria-hidden />
      <span className="gz-hidden">{label}</span>
    </>
  );
}
