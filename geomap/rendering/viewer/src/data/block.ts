// A block is a JSON document as gzip in base64 inside a script element that no browser runs.

export async function readBlock(id: string): Promise<unknown> {
  const block = document.getElementById(id);
  if (block === null) throw new Error(`The page has no block of data named ${id}.`);
  const bytes = decodeBase64((block.textContent ?? "").trim());
  block.textContent = ""; // the base64 text is not needed again
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as unknown;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
