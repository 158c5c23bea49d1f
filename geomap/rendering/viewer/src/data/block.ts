// A block is gzip in base64 inside a script element that no browser runs: a JSON document, or one with columns of numbers.

/** A JSON document with columns of numbers behind it, as geomap/rendering/columns.py writes them. */
export class Block {
  readonly document: unknown;
  private readonly columns = new Map<string, { encoding: string; count: number; content: Uint8Array }>();

  constructor(bytes: Uint8Array) {
    const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const document = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size))) as { columns: [string, string, number, number][] };
    this.document = document;
    let at = 4 + size;
    for (const [name, encoding, count, length] of document.columns) {
      this.columns.set(name, { encoding, count, content: bytes.subarray(at, at + length) });
      at += length;
    }
  }

  bytes(name: string): Uint8Array {
    return this.columns.get(name)?.content ?? new Uint8Array();
  }

  /** A document of its own, null where there is none. */
  json(name: string): unknown {
    const { content } = this.columns.get(name) ?? {};
    return content === undefined ? null : (JSON.parse(new TextDecoder().decode(content)) as unknown);
  }

  /** Whole numbers from 0. */
  numbers(name: string): Uint32Array {
    const { content, count } = this.columns.get(name) ?? { content: new Uint8Array(), count: 0 };
    const values = new Uint32Array(count);
    readVarints(content, values);
    return values;
  }

  /** Where each row's part begins, from a column of sizes, and where the last one ends. */
  offsets(name: string): Uint32Array {
    const sizes = this.numbers(name);
    const offsets = new Uint32Array(sizes.length + 1);
    for (let row = 0; row < sizes.length; row++) offsets[row + 1] = offsets[row]! + sizes[row]!;
    return offsets;
  }

  /** Whole numbers of either sign. */
  signed(name: string): Int32Array {
    const values = this.numbers(name);
    const signed = new Int32Array(values.buffer);
    for (let row = 0; row < values.length; row++) signed[row] = (values[row]! >>> 1) ^ -(values[row]! & 1);
    return signed;
  }
}

/** The JSON document in an element of the page. */
export async function readBlock(id: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await readElement(id))) as unknown;
}

/** The document with columns in an element of the page. */
export async function readColumns(id: string): Promise<Block> {
  return new Block(await readElement(id));
}

export async function unpack(base64: string): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(decodeBase64(base64)), writer.close()]);
  const [bytes] = await Promise.all([new Response(readable).arrayBuffer(), written]);
  return new Uint8Array(bytes);
}

async function readElement(id: string): Promise<Uint8Array> {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no block of data named ${id}.`);
  const text = (element.textContent ?? "").trim();
  element.textContent = ""; // the base64 text is not needed again
  return unpack(text);
}

function readVarints(bytes: Uint8Array, values: Uint32Array): void {
  let at = 0;
  for (let row = 0; row < values.length; row++) {
    let value = 0;
    let shift = 0;
    let byte = bytes[at++]!;
    while (byte >= 128) {
      value |= (byte & 127) << shift;
      shift += 7;
      byte = bytes[at++]!;
    }
    values[row] = value | (byte << shift);
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native !== undefined) return native(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
