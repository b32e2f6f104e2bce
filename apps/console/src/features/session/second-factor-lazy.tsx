import { type ComponentProps, lazy, Suspense } from 'react';
import type { SecondFactorDialog as Dialog } from './second-factor.tsx';

const Loaded = lazy(async () => ({ default: (await import('./second-factor.tsx')).SecondFactorDialog }));

/** The drawing of QR codes is fetched by who asks for one. */
export function SecondFactorDialog(props: ComponentProps<typeof Dialog>) {
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
