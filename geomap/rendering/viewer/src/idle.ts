// What can wait until the page has nothing else to do.

/** Milliseconds after which it is done in any case. */
const PATIENCE = 1500;
/** Milliseconds that a page has to itself when it opens. */
const OPENING = 250;

export function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(act, { timeout: PATIENCE });
  else setTimeout(act, 100); // Safari
}

/** Go on as soon as the frame is made: other threads paint it meanwhile. */
export function afterFrame(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act));
}

/** What nobody can want before the page is seen. */
export function afterOpening(act: () => void): void {
  requestAnimationFrame(() => setTimeout(() => whenIdle(act), OPENING));
}
