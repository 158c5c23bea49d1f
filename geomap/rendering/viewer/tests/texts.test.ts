import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseTexts } from "../src/texts";
import { en } from "../src/texts/en";
import { uk } from "../src/texts/uk";

test("the first language that the interface has is taken, else English", () => {
  assert.equal(chooseTexts(["de-DE", "uk-UA", "en"]).language, "uk");
  assert.equal(chooseTexts(["UK"]).language, "uk");
  assert.equal(chooseTexts(["fr", "de"]).language, "en");
  assert.equal(chooseTexts([]).language, "en");
});

test("Ukrainian has its three forms", () => {
  const forms = [1, 2, 5, 11, 21, 22, 25, 111].map((count) => uk.mentions(count, String(count)));
  assert.deepEqual(forms, ["1 згадка", "2 згадки", "5 згадок", "11 згадок", "21 згадка", "22 згадки", "25 згадок", "111 згадок"]);
});

test("no text is empty, and no translation was forgotten", () => {
  const same = Object.keys(en).filter((key) => JSON.stringify(en[key as keyof typeof en]) === JSON.stringify(uk[key as keyof typeof uk]));
  const functions = Object.keys(en).filter((key) => typeof en[key as keyof typeof en] === "function");
  assert.deepEqual(same.filter((key) => !functions.includes(key)).sort(), ["asKml"]);
  assert.deepEqual(Object.entries(uk).filter(([, text]) => text === ""), []);
});
