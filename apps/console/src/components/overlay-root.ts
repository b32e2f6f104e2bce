const ID = 'overlays';

/** The landmark that holds what floats over the page (router-shell.tsx), so that none of it lies outside every landmark. */
export const overlayRootId = ID;

export function overlayRoot(): HTMLElement {
  return document.getElementById(ID) ?? document.body;
}

/** Inside a dialog everything outside of it is inert, what floats too: there it floats within the dialog. */
export function overlayRootAt(element: Element | null): HTMLElement {
  return element?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]') ?? overlayRoot();
}
