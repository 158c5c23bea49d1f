// Files and the clipboard: the ways out of the page that need no network.

const PIECES = 2000;

/** Offer a file made of pieces for saving. */
export function saveFile(name: string, type: string, pieces: Iterable<string>): void {
  const address = URL.createObjectURL(new Blob(gather(pieces), { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Copy text; false where the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text); // older browsers, and those that allow it on https only
  }
}

/** The name of a file that any system takes, from a title. */
export function nameFile(title: string, ending: string): string {
  const stem = title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${stem || "geomap"}.${ending}`;
}

function copyByCommand(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "geomap-offscreen";
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}

/** Few large pieces: a Blob of a million small ones is slow to make. */
function gather(pieces: Iterable<string>): string[] {
  const gathered: string[] = [];
  let open: string[] = [];
  for (const piece of pieces) {
    if (open.push(piece) < PIECES) continue;
    gathered.push(open.join(""));
    open = [];
  }
  return [...gathered, open.join("")];
}
