// Runs the specs in this folder with Node's own test runner, one after the other: they share two cores with
// the browsers. `node tests/e2e/run.mjs smoke` runs only the specs whose name contains "smoke".

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv[2] ?? "";
const specs = fs.readdirSync(folder).filter((name) => name.endsWith(".spec.mjs") && name.includes(wanted)).sort();

if (!fs.existsSync(path.join(folder, "../../dist/ziping.html"))) {
  console.error("There is no built page in dist/: run `make build` first.");
  process.exit(1);
}
if (specs.length === 0) {
  console.error(`No spec's name contains ${JSON.stringify(wanted)}.`);
  process.exit(1);
}
const options = ["--test", "--test-concurrency=1", "--test-reporter=spec"];
const { status } = spawnSync(process.execPath, [...options, ...specs.map((name) => path.join(folder, name))], {
  stdio: "inherit",
});
process.exit(status ?? 1);
