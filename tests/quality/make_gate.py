"""Turn the marked-up reports of gate.md into gate.jsonl.

    python make_gate.py [--check]

With --check nothing is written; the exit status is 1 when gate.jsonl differs.
Offsets count code points of the body text, from 0, end exclusive.
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = re.compile(r"\[\[([^\[\]|]+)\|(-?[\d.]+)\|(-?[\d.]+)\|(\d*)\|(Literal|Associative|Demonym)\|([A-Z]{2})?\]\]")


def parse_body(marked):
    text, gold, pos = "", [], 0
    for m in MARK.finditer(marked):
        text += marked[pos : m.start()]
        start = len(text)
        text += m.group(1)
        pos = m.end()
        gold.append(
            {
                "start": start,
                "end": len(text),
                "phrase": m.group(1),
                "lat": float(m.group(2)),
                "lon": float(m.group(3)),
                "geonameid": int(m.group(4)) if m.group(4) else None,
                "type": m.group(5),
                "country": m.group(6) or "",
            }
        )
    text += marked[pos:]
    if "[[" in text or "]]" in text:
        raise ValueError("bad mark in: " + text[:80])
    return text, gold


def build(source):
    reports = []
    for chunk in re.split(r"(?m)^## ", source)[1:]:
        head, _, body = chunk.partition("\n")
        title, outlet, domain, date = [x.strip() for x in head.split(" | ")]
        text, gold = parse_body(body.strip())
        reports.append(
            {
                "id": f"gate-{len(reports) + 1:03d}",
                "title": title,
                "text": text,
                "source": outlet,
                "domain": domain,
                "date": date,
                "gold": gold,
            }
        )
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in reports)


def main():
    out = build((HERE / "gate.md").read_text(encoding="utf-8"))
    target = HERE / "gate.jsonl"
    if "--check" in sys.argv[1:]:
        return 0 if target.exists() and target.read_text(encoding="utf-8") == out else 1
    target.write_text(out, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
