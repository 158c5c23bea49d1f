// English, for what is wrong on the map.
import { makeCounter } from "./plural";

const counted = makeCounter("en");

export const correcting = {
  wrong: "Wrong?",
  wrongName: (name: string) => `Wrong? ${name}`,
  place: "Where is it?",
  placeName: (name: string) => `Where is it? ${name}`,
  form: (name: string) => `Correct ${name}`,
  which: "Which one",
  question: (name: string) => `What is ${name} here?`,
  asNow: "as it is now",
  another: "Another place",
  anotherHint: "Another place, or 49.98, 36.25",
  nothingFound: "This map has no such place: type its coordinates, or click on the map.",
  onMap: "On the map",
  pickNow: (name: string) => `Click where ${name} is, or on a marker.`,
  stopPicking: "Cancel",
  point: (point: string) => `The point ${point}`,
  notAPlace: "Not a place",
  later: "A place that geomap is to find when the map is built again",
  indirect: "It stands for a government, people or team here",
  reach: "This holds",
  reaches: { here: "here", report: "in this report", everywhere: "everywhere" },
  note: "Note (optional)",
  apply: "Correct",
  cancel: "Cancel",

  // what the page cannot do as a build does
  marksOnly: "Only marked names change; a text that has the name unmarked stays as it is.",
  wholeWords: "It is marked wherever the reports write it so, as words of their own.",
  othersLater: "What other names mean without it is found when the map is built again.",
  foundLater: "The name is marked now; its place is found when the map is built again.",
  displaced: "“Here” puts this mention exactly there; otherwise its distance is measured anew from there.",
  narrowerStay: "Where corrections.csv says something narrower, that still holds after the next build.",
  notLoaded: (loaded: string, all: string) => `The texts of ${loaded} of ${all} reports are loaded; in the others this holds when the map is built again.`,

  // what was corrected
  corrections: counted({ one: "correction", other: "corrections" }),
  done: "Corrected.",
  doneUnsaved: (corrections: string) => `Corrected. Not saved yet: ${corrections}.`,
  undone: "Undone.",
  byBuild: "set by hand",
  here: "corrected here",
  set: (mentions: string) => `Set by hand: ${mentions}.`,
  marked: "corrected",

  // the list
  list: "Corrections",
  show: "Show",
  hide: "Hide",
  unsaved: "not saved yet",
  downloaded: "downloaded",
  saved: "saved",
  saving: "being saved …",
  rebuilding: "saved; the map is being built again",
  download: "Download corrections.csv",
  how: "Then run “geomap correct ~/Downloads/corrections.csv” and “geomap build”. What the new map says by itself leaves this list.",
  notKept: "This browser keeps nothing for this page: download them before you close it.",
  failed: (reason: string) => `Not saved: ${reason}`,
  unreachable: "geomap watch does not answer.",
  again: "Try again",
  undo: "Undo",
  undoOne: (what: string) => `Undo: ${what}`,
  undoAll: "Undo all",
  isNoPlace: "not a place",
  isFoundLater: "a place",

  // names that were missed
  missed: (name: string) => `Mark ${name} as a place`,
  missedHint: "A place is missing? Select its name in the text, or type it:",
  missedField: "Name that was missed",
  find: "Find",
  notInText: "The text has no such name that is not marked already.",
};
