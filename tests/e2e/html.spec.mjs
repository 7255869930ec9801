// The exported page is HTML that the Nu checker (npm `vnu-jar`) finds nothing in.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { after, test } from "node:test";

import { closeAll, withPage } from "./harness.mjs";
import { exported, newReport, openSample } from "./pages.mjs";

after(closeAll);

const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** What the checker says of a file, one line each. */
function nu(file) {
  const run = spawnSync("java", ["-Xss2m", "-jar", JAR, "--format", "json", "--stdout", file], { encoding: "utf8" });
  assert.equal(run.error, undefined, "java is there (Debian: default-jre-headless)");
  const { messages } = JSON.parse(run.stdout);
  // The checker takes any script element and any style for one that the page's policy forbids: it knows neither that
  // data is not run, nor the hash.
  const real = messages.filter(({ type, message }) => type !== "info" || !/Content Security Policy/.test(message));
  return real.map(({ type, subType, message, extract }) => `${subType ?? type}: ${message}: ${extract}`);
}

for (const [name, open] of [["the sample", openSample], ["an empty report", newReport]]) {
  test(`${name}: the exported page is valid`, async () => {
    await withPage({ origin: "file" }, async ({ page }) => {
      await open(page);
      const { file } = await exported(page, /网页报告/);
      assert.deepEqual(nu(file), []);
    });
  });
}
