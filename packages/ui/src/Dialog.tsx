import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from './Button.tsx';
import css from './Dialog.module.css';
import { cx } from './tone.ts';
import { t, useLocale } from './words.tsx';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
  /** The buttons, the one most likely meant last. */
  footer?: ReactNode;
  /** `alertdialog` where closing by a tap beside it would lose something. */
  isAlert?: boolean;
  /** Only one's own act closes it: no tap beside, no Escape, no cross. */
  isFirm?: boolean;
  className?: string;
}

function overlay(look: string | undefined) {
  return function Overlay({
    title,
    isOpen,
    onOpenChange,
    children,
    footer,
    isAlert = false,
    isFirm = false,
    className,
  }: DialogProps) {
    const locale = useLocale();
    return (
      // React Aria's hidden "dismiss" speaks the reader's language too.
      <I18nProvider locale={locale}>
        <ModalOverlay
          className={css.veil ?? ''}
          isOpen={isOpen}
          onOpenChange={onOpenChange}
          isDismissable={!isAlert && !isFirm}
          isKeyboardDismissDisabled={isFirm}
        >
          <Modal className={cx(css.modal, look, className)}>
            <AriaDialog className={css.dialog ?? ''} role={isAlert ? 'alertdialog' : 'dialog'}>
              <header className={css.head}>
                <Heading slot="title" level={2} className={css.title ?? ''}>
                  {title}
                </Heading>
                {!isFirm && (
                  <IconButton
                    icon={X}
                    label={t(locale, 'ui.close')}
                    onPress={() => {
                      onOpenChange(false);
                    }}
                  />
                )}
              </header>
              <div className={css.body}>{children}</div>
              {footer !== undefined && <footer className={css.foot}>{footer}</footer>}
            </AriaDialog>
          </Modal>
        </ModalOverlay>
      </I18nProvider>
    );
  };
}

/** In the middle of the screen. */
export const Dialog = overlay(css.centre);
/** From the bottom edge, where the thumb is. */
export const Sheet = overlay(css.sheet);
