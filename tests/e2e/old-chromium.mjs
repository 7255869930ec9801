// Older engines: Chromium 103, the oldest that the page promises to run on, and 109 and 117, between which printing
// changed (npm `@sparticuz/chromium` ships the binaries).
//
// Its files come brotli-compressed and are unpacked once into the tools cache, beside each other, as the
// binary looks for its graphics library in its own folder.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";

const PACKAGES = { 103: "@sparticuz/chromium", 109: "chromium-109", 117: "chromium-117" };

/** The engines that there are. */
export const OLD = Object.keys(PACKAGES);

/** What Playwright needs to start that Chromium: `{ executablePath, env, args }`. */
export function oldChromium(engine) {
  const manifest = createRequire(import.meta.url).resolve(`${PACKAGES[engine]}/package.json`);
  const { version } = JSON.parse(fs.readFileSync(manifest, "utf8"));
  const cache = process.env.ZIPING_TOOLS || path.join(os.homedir(), ".cache", "ziping-tools");
  const folder = path.join(cache, `chromium-${version}`);
  if (!fs.existsSync(folder)) unpack(path.dirname(manifest), cache, folder);
  return {
    executablePath: path.join(folder, "chromium"),
    env: { ...process.env, LD_LIBRARY_PATH: path.join(folder, "lib"), FONTCONFIG_PATH: "/etc/fonts" },
    args: ["--no-zygote"],
  };
}

function unpack(packed, cache, folder) {
  fs.mkdirSync(cache, { recursive: true });
  // Made under another name and moved, so that an interrupted unpacking is never taken for a whole one.
  const staging = fs.mkdtempSync(path.join(cache, "chromium-"));
  const read = (name) => zlib.brotliDecompressSync(fs.readFileSync(path.join(packed, "bin", name)));
  fs.writeFileSync(path.join(staging, "chromium"), read("chromium.br"), { mode: 0o755 });
  for (const name of ["aws.tar.br", "swiftshader.tar.br"]) {
    execFileSync("tar", ["-x", "-C", staging], { input: read(name) });
  }
  fs.renameSync(staging, folder);
}
