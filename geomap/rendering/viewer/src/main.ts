// What a page calls: the scripts that folium writes know the global name geomap and nothing else.
import { addReportLayer } from "./layer";
import { openWorkbench } from "./workbench";
import { texts } from "./texts";
import { receiveText } from "./data/texts";
import type { Corpus } from "./data/corpus";

declare global {
  interface Window {
    geomap: {
      addReportLayer: (...values: Parameters<typeof addReportLayer>) => void;
      openWorkbench: (...values: Parameters<typeof openWorkbench>) => void;
      /** Called by the files beside a large map. */
      receiveText: typeof receiveText;
      /** What is in the file, once it is drawn. */
      counts?: Corpus["counts"];
    };
  }
}

window.geomap = {
  receiveText,
  addReportLayer: (...values) => void addReportLayer(...values).then(announce, complain),
  openWorkbench: (...values) => void openWorkbench(...values).then(announce, complain),
};

function announce({ counts }: Corpus): void {
  window.geomap.counts = counts;
}

function complain(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const note = document.createElement("p");
  note.className = "geomap-broken";
  note.setAttribute("role", "alert");
  note.textContent = `${texts.broken} ${reason}`;
  document.body.prepend(note);
}
