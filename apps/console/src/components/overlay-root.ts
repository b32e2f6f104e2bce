const ID = 'overlays';

/** The landmark that holds what floats over the page (router.tsx), so that none of it lies outside every landmark. */
export const overlayRootId = ID;

export function overlayRoot(): HTMLElement {
  return document.getElementById(ID) ?? document.body;
}
