// Corrections from the form to the map, the browser's storage, and the project's table.
import type { LiveCorpus } from "./live";
import { formatCount } from "../formats";
import { saveFile } from "../export/save";
import { texts } from "../texts";
import { CorrectionBar } from "./bar";
import { findDone } from "./concerned";
import type { Correction } from "./correction";
import { CorrectionForm, type FormActions } from "./form";
import type { Entry } from "./entry";
import { Ledger } from "./ledger";
import type { Subject } from "./options";
import { findSave, type Save } from "./saving";
import { openStorage } from "./storage";
import { writeTable } from "./table";

const FILE_NAME = "corrections.csv";

export interface DeskActions extends Pick<FormActions, "suggest" | "pick" | "showOthers"> {
  /** The corpus has changed: whatever was made from it is out of date. */
  refresh(): void;
  /** A correction has been made; go where its name is now. */
  follow(correction: Correction): void;
  say(text: string): void;
}

/** Where a form stands, and the button that has opened it. */
interface Room {
  readonly element: HTMLElement;
  readonly button: HTMLElement | null;
}

export class CorrectionDesk {
  readonly bar: CorrectionBar;
  private readonly ledger = new Ledger(openStorage());
  private readonly save: Save | null = findSave();
  private form: CorrectionForm | null = null;
  private room: Room | null = null;
  private isBusy = false;
  private failure = "";

  constructor(
    private readonly corpus: LiveCorpus,
    private readonly actions: DeskActions,
  ) {
    this.bar = new CorrectionBar(corpus, { undo: (entries) => this.undo(entries), download: () => this.download(), save: this.save && (() => void this.saveAll()) });
    this.dropDone();
    corpus.correct(this.ledger.entries);
    this.showBar();
  }

  /** Follow what other windows and late texts bring; save what an earlier visit could not. */
  start(): void {
    this.ledger.follow(() => this.apply());
    this.corpus.onTextsLoaded(() => {
      if (this.ledger.entries.length === 0) return;
      this.dropDone();
      this.apply();
    });
    if (this.save !== null) void this.saveAll();
  }

  /** Open the form for these names in a room, or close it where it is open there. */
  toggle(subjects: readonly Subject[], element: HTMLElement, button: HTMLElement | null): void {
    const isSame = this.room?.element === element;
    this.close();
    if (isSame || subjects.length === 0) return;
    const form = new CorrectionForm(this.corpus, subjects, { ...this.actions, apply: (correction) => this.add(correction), cancel: () => this.close(true) });
    [this.form, this.room] = [form, { element, button }];
    button?.setAttribute("aria-expanded", "true");
    element.replaceChildren(form.root);
    element.hidden = false;
    form.focus();
  }

  /** False where no form is open. */
  close(isByHand = false): boolean {
    const { room } = this;
    if (room === null) return false;
    [this.form, this.room] = [null, null];
    room.button?.setAttribute("aria-expanded", "false");
    room.element.hidden = true;
    room.element.replaceChildren();
    this.actions.showOthers(null);
    if (isByHand) room.button?.focus({ preventScroll: true });
    return true;
  }

  /** An alternative was clicked on the map. */
  pointAt(alternative: number): void {
    this.form?.pointAt(alternative);
  }

  private add(correction: Correction): void {
    this.close();
    this.failure = "";
    this.ledger.add(correction);
    this.actions.follow(correction);
    const { length } = this.ledger.entries;
    this.actions.say(this.save === null ? texts.correcting.doneUnsaved(texts.correcting.corrections(length, formatCount(length))) : texts.correcting.done);
    if (this.save !== null) void this.saveAll();
  }

  private undo(entries: readonly Entry[]): void {
    this.ledger.remove(entries);
    this.actions.say(texts.correcting.undone);
  }

  private download(): void {
    const { entries } = this.ledger;
    saveFile(FILE_NAME, "text/csv;charset=utf-8", [writeTable(entries)]);
    this.ledger.mark(entries.filter(({ progress }) => progress === "new"), "downloaded");
  }

  private async saveAll(): Promise<void> {
    const open = this.ledger.entries.filter(({ progress }) => progress !== "saved");
    if (this.save === null || this.isBusy || open.length === 0) return;
    this.tellSaving(true, "");
    try {
      await this.save(open);
      this.isBusy = false;
      this.ledger.mark(open, "saved");
    } catch (error) {
      const isUnreachable = error instanceof TypeError; // what fetch throws where nobody answers
      return this.tellSaving(false, isUnreachable ? texts.correcting.unreachable : error instanceof Error ? error.message : String(error));
    }
    this.tellSaving(false, "");
    if (this.ledger.entries.some(({ progress }) => progress === "new")) await this.saveAll(); // made while these were sent
  }

  private tellSaving(isBusy: boolean, failure: string): void {
    [this.isBusy, this.failure] = [isBusy, failure];
    this.showBar();
  }

  private dropDone(): void {
    this.ledger.remove(findDone(this.corpus.base, this.ledger.entries));
  }

  private apply(): void {
    this.close();
    this.corpus.correct(this.ledger.entries);
    this.showBar();
    this.actions.refresh();
  }

  private showBar(): void {
    this.bar.show(this.ledger.entries, this.ledger.isLasting, { isBusy: this.isBusy, failure: this.failure });
  }
}
