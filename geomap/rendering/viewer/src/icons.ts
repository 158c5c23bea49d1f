// Small drawings on buttons; they are hidden from screen readers, the buttons have names.
import { drawing } from "./elements";

const PATHS = {
  earlier: "M10 3 5 8l5 5",
  later: "M6 3l5 5-5 5",
  play: "M4.5 2.5v11l9-5.5z",
  pause: "M5 3v10M11 3v10",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  back: "M9 3 4 8l5 5M4 8h9",
  filter: "M2 4h12M4.5 8h7M7 12h2",
  share: "M8 10V2M5 4.5 8 1.5l3 3M3 8v5.5h10V8",
  info: "M8 7.2v4.3M8 4.6v.2M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z",
  home: "M2.5 8 8 3l5.5 5M4 7v6h8V7",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  time: "M8 4.5V8l2.5 2M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z",
  outside: "M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11 9v4.5H2.5V5H7",
  pen: "M2.5 13.5l.8-3.2 7.6-7.6a1.4 1.4 0 0 1 2 0l.4.4a1.4 1.4 0 0 1 0 2l-7.6 7.6zM9.6 4l2.4 2.4",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.5 10.5 14 14",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGSVGElement {
  const path = drawing("path", { d: PATHS[name] });
  return drawing("svg", { viewBox: "0 0 16 16", class: `geomap-drawn is-${name}`, "aria-hidden": "true", focusable: "false" }, path);
}
