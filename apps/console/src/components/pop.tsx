import { Button, type ButtonProps } from '@gongzhi/ui';
import { type ReactNode, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { overlayRoot } from './overlay-root.ts';

/**
 * A button and the small window it opens beside itself. Our Button is the browser's own, to which React Aria's
 * DialogTrigger has no line: so the window is told by name what it belongs to.
 */
export function Pop({
  label,
  popoverClass,
  dialogClass,
  placement = 'bottom end',
  body,
  ...button
}: Omit<ButtonProps, 'onPress' | 'ref'> & {
  /** What the window is called. */
  label: string;
  popoverClass: string | undefined;
  dialogClass: string | undefined;
  placement?: 'bottom end' | 'bottom start';
  body: (close: () => void) => ReactNode;
}) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <Button
        {...button}
        ref={trigger}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onPress={() => {
          setOpen(!isOpen);
        }}
      />
      <Popover
        triggerRef={trigger}
        isOpen={isOpen}
        onOpenChange={setOpen}
        UNSTABLE_portalContainer={overlayRoot()}
        className={popoverClass ?? ''}
        placement={placement}
      >
        <Dialog className={dialogClass ?? ''} aria-label={label}>
          {body(close)}
        </Dialog>
      </Popover>
    </>
  );
}
