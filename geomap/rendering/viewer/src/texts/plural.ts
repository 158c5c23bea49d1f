// Words in the form that goes with a number: languages differ in how many forms they have.

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Return a function that puts a number, as the reader's locale writes it, before the right form of a word. */
export function makeCounter(language: string): (forms: Forms) => (count: number, shown: string) => string {
  const rules = new Intl.PluralRules(language);
  return (forms) => (count, shown) => `${shown} ${forms[rules.select(count)] ?? forms.other}`;
}
