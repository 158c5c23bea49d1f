// What lies on the map: zoom, the way home, the time line's switch on narrow screens, and the switch of online tiles.
import { element } from "../elements";
import { icon, type IconName } from "../icons";
import { texts } from "../texts";

export interface ControlActions {
  zoom(steps: number): void;
  home(): void;
  toggleTime(): boolean;
}

export function makeControls(actions: ControlActions): HTMLElement {
  const button = (name: IconName, label: string, act: () => void): HTMLElement =>
    element("button", { type: "button", "aria-label": label, title: label, on: { click: act } }, icon(name));
  const time = button("time", texts.showTime, () => time.setAttribute("aria-pressed", String(actions.toggleTime())));
  time.classList.add("geomap-time-switch");
  time.setAttribute("aria-pressed", "false");
  return element(
    "div",
    { class: "geomap-controls" },
    button("plus", texts.zoomIn, () => actions.zoom(1)),
    button("minus", texts.zoomOut, () => actions.zoom(-1)),
    button("home", texts.home, actions.home),
    time,
  );
}

/** Tiles come from a server that learns who looks at what: off until the reader switches them on. */
export function makeTileSwitch(host: string, change: (isOn: boolean) => void): HTMLElement {
  const box = element("input", { type: "checkbox", "aria-describedby": "geomap-tiles-warning" });
  box.addEventListener("change", () => change(box.checked));
  return element(
    "div",
    { class: "geomap-tiles" },
    element("label", { class: "geomap-check" }, box, element("span", {}, texts.tiles(host))),
    element("p", { id: "geomap-tiles-warning", class: "geomap-hint" }, texts.tilesWarning(host)),
  );
}
