// Runs the unit tests of src/: each file of tests/ is bundled, as the page is, and given to Node's own runner.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = await mkdtemp(path.join(here, "node_modules", ".tests-"));
try {
  const files = (await readdir(path.join(here, "tests"))).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: files.map((name) => path.join(here, "tests", name)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["node:*", "leaflet"],
    logLevel: "warning",
  });
  const tests = files.map((name) => path.join(folder, name.replace(/\.ts$/, ".mjs")));
  process.exitCode = spawnSync(process.execPath, ["--test", ...tests], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
