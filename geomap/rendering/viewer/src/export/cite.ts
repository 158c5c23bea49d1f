// An excerpt with its origin, as one would quote it.
import type { Corpus } from "../data/corpus";
import type { Excerpt } from "../data/cuts";
import { isWebAddress } from "../elements";
import { formatDate } from "../formats";
import { nameReport, nameSource } from "../panels/names";
import { texts } from "../texts";

export function citeExcerpt(corpus: Corpus, { report, start, end }: Excerpt): string {
  const text = corpus.reports.text(report) ?? "";
  const quote = text.slice(start, end).trim().replace(/\s+/g, " ");
  const address = corpus.reports.url[report] ?? "";
  const date = formatDate(corpus.reports.date[report] ?? "");
  const parts = [nameReport(corpus, report), nameSource(corpus, report), date, isWebAddress(address) && address];
  return texts.citation(quote, parts.filter(Boolean).join(", "));
}
