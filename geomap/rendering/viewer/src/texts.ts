// The texts of the interface in the reader's language; each language has a file of its own in texts/.
import { en, type Texts } from "./texts/en";
import { uk } from "./texts/uk";

const LANGUAGES: readonly Texts[] = [en, uk];

/** The first language that the reader understands and the interface has; else English. */
export function chooseTexts(languages: readonly string[]): Texts {
  for (const language of languages) {
    const base = language.toLowerCase().split("-")[0];
    const found = LANGUAGES.find((texts) => texts.language === base);
    if (found) return found;
  }
  return en;
}

export const texts: Texts = chooseTexts(globalThis.navigator?.languages ?? []);
