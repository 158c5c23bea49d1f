// The only way in which this page makes elements: strings become text nodes or attributes, never markup.

export type Child = Node | string | null | undefined | false;

interface Properties {
  class?: string | undefined;
  on?: Partial<{ [name in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[name]) => void }>;
  [attribute: string]: unknown;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  const { on = {}, ...attributes } = properties;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(attribute, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(attribute, String(value));
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener as EventListener);
  made.append(...keepNodes(children));
  return made;
}

/** An element of a drawing; the same rules hold. */
export function drawing<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number> = {},
  ...children: Node[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  made.append(...children);
  return made;
}

export function replaceContent(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...keepNodes(children));
}

/** A link that may leave the page, or the plain text where the address is not one of the web. */
export function outsideLink(address: string, text: string, properties: Properties = {}): HTMLElement {
  if (!isWebAddress(address)) return element("span", properties, text);
  return element("a", { ...properties, href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

export function isWebAddress(address: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

function keepNodes(children: readonly Child[]): (Node | string)[] {
  const kept = children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false && child !== "");
  return kept.flatMap((child) => (typeof child === "string" && child.length > LONGEST_RUN ? breakRuns(child) : [child]));
}

/** Accents and invisible characters in a row, far more than any script has: browsers take time that grows with their square. */
const LONGEST_RUN = 500;
const RUN = new RegExp(`[\\p{M}\\p{Cf}]{2,${LONGEST_RUN}}`, "gu");

/** The text, with a place where a line may break wherever such a run gets too long. */
function breakRuns(text: string): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  let start = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (run.length < LONGEST_RUN) continue;
    const end = index + run.length;
    pieces.push(text.slice(start, end), document.createElement("wbr"));
    start = end;
  }
  return [...pieces, text.slice(start)];
}
