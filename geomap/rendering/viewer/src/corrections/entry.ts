// A correction and how far it has come on its way into the project.
import type { Correction } from "./correction";

/** How far a correction has come: made, in a file that was downloaded, in the project's own table. */
export type Progress = "new" | "downloaded" | "saved";

export interface Entry extends Correction {
  readonly progress: Progress;
}
