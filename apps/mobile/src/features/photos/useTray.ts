import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Photo, PhotoTray } from './tray.ts';

/** The tray of one draft, brought back from what was kept, and aimed at where its order belongs. */
export function useTray(
  owner: string,
  accountId: string,
  scopeId: string | null,
): { tray: PhotoTray; photos: readonly Photo[] } {
  const tray = useMemo(() => new PhotoTray(owner, accountId), [owner, accountId]);
  useEffect(() => {
    void tray.restore().then(() => {
      tray.aim(scopeId);
    });
  }, [tray, scopeId]);
  useEffect(() => {
    const again = (): void => {
      for (const photo of tray.read()) if (photo.state === 'failed') tray.retry(photo.id);
    };
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
    };
  }, [tray]);
  return { tray, photos: useSyncExternalStore(tray.subscribe, tray.read, tray.read) };
}
