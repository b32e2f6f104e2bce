import { Button } from '@gongzhi/ui/Button.tsx';
import { QrCode } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../../app/words.ts';
import type { FacilityCode } from './facility.ts';
import { hasCamera } from './scanner.ts';

const ScanSheet = lazy(async () => ({ default: (await import('./ScanSheet.tsx')).ScanSheet }));

/** Only where there is a camera to be asked for. */
export function ScanButton({ onFound }: { onFound: (code: FacilityCode) => void }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (!hasCamera()) return null;
  return (
    <>
      <Button
        icon={QrCode}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('mobile.scan.button')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ScanSheet
            onFound={(code) => {
              setOpen(false);
              onFound(code);
            }}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
