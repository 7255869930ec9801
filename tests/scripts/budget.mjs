// What the artefacts may weigh, and that they do not tell who built them.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

// The aim is 300 kB. This is what the page weighs today with a little room, so that it can only shrink unnoticed.
const BROTLI_LIMIT = 1_310_000;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const builderFolders = [root, os.homedir(), process.env.CARGO_HOME].filter((folder) => folder && folder !== "/");
const failures = [];

for (const name of ["index.html", "ziping.html"]) {
  const html = fs.readFileSync(path.join(root, "dist", name));
  const payload = /id="ziping-wasm">([A-Za-z0-9+/=]+)</.exec(html.toString("utf8"));
  if (!payload) {
    failures.push(`${name}: no wasm found in it`);
    continue;
  }
  const wasm = zlib.gunzipSync(Buffer.from(payload[1], "base64"));
  for (const folder of builderFolders) {
    if (html.includes(folder)) failures.push(`${name}: names the builder's folder ${folder}`);
    if (wasm.includes(folder)) failures.push(`${name}: its wasm names the builder's folder ${folder}`);
  }
  const brotli = zlib.brotliCompressSync(html).length;
  console.log(`${name}: ${html.length} bytes, brotli ${brotli}, wasm ${wasm.length}`);
  if (name === "index.html" && brotli > BROTLI_LIMIT) {
    failures.push(`${name}: brotli ${brotli} bytes, the budget is ${BROTLI_LIMIT}`);
  }
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length ? 1 : 0;
