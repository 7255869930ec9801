// How long the page takes from a key to the repainted totals: `node tests/e2e/keystroke.mjs [ROWS]`, once as it is and
// once without the journal, so that what the journal costs is seen. Run by hand, as machines are noisy; no test depends
// on it. "work" is the time in which the page can do nothing else; "painted"
// ends with the frame that shows the result.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { closeAll, scratchFolder, withPage } from "./harness.mjs";
import { exported, goTo, importFile, openSample } from "./pages.mjs";

const ROWS = Number(process.argv[2] ?? 10_000);
const KEYS = 20;

/** The sample with that many projects. */
async function report() {
  let text;
  await withPage({}, async ({ page }) => {
    await openSample(page);
    ({ text } = await exported(page));
  });
  const projects = Array.from({ length: ROWS }, (_, at) => ({
    id: `p${at}`,
    name: `项目${at + 1}`,
    initial_budget: `${(at % 900) + 1}.50`,
    outturn: `${(at % 900) + 1}.25`,
  }));
  const file = path.join(scratchFolder(), "large.ziping.json");
  fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(text), doc_id: "keystroke1", projects }));
  return file;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const largest = (values) => Math.max(...values);

const noDatabase = () => {
  indexedDB.constructor.prototype.open = () => {
    throw new DOMException("denied", "SecurityError");
  };
};

const file = await report();
console.log(`${ROWS} rows on ${os.cpus().length} × ${os.cpus()[0].model}, load ${os.loadavg()[0].toFixed(1)}`);
for (const [name, init] of [["as it is", undefined], ["without the journal", noDatabase]]) await measure(name, init);
await closeAll();

async function measure(name, init) {
  await withPage({ init, context: { viewport: { width: 1280, height: 800 } } }, async ({ page }) => {
    const from = Date.now();
    await importFile(page, file);
    // So many rows are more than a draft in localStorage may have; they are worked with all the same.
    await page.locator("main input:not([readonly])").first().waitFor();
    const opened = Date.now() - from;
    await goTo(page, "收支执行");
    const table = page.getByRole("grid", { name: "项目支出明细", exact: true });
    await table.scrollIntoViewIfNeeded();
    const middle = Math.floor(ROWS / 2);
    const row = table.locator(`tr[data-line="rp${middle}"]`);
    const frame = page.locator(".grid").filter({ has: table });
    await frame.evaluate((element, at) => (element.scrollTop = at * 34), middle);
    await row.waitFor();
    const heads = await table.locator("thead tr").last().locator("th").allTextContents();
    await row.locator("> th, > td").nth(heads.findIndex((head) => head.startsWith("决算"))).click();
    await page.evaluate(() => {
      window.measured = [];
      let start;
      // The first listener and the last: what lies between is the page's own work.
      window.addEventListener("input", () => (start = performance.now()), true);
      window.addEventListener("input", () => {
        const begun = start;
        queueMicrotask(() => {
          const worked = performance.now();
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => window.measured.push([worked - begun, performance.now() - begun]);
            channel.port2.postMessage(0);
          });
        });
      });
    });
    const total = table.locator('tr[data-line="s0"]');
    const before = await total.innerText();
    for (let at = 0; at < KEYS; at++) {
      await page.keyboard.press(String(at % 10));
      if (at % 6 === 5) await page.keyboard.press("Enter");
      await page.waitForTimeout(300);
    }
    const measured = await page.evaluate(() => window.measured);
    if ((await total.innerText()) === before) throw new Error("the total did not follow");
    const show = (at) => {
      const values = measured.map((one) => one[at]);
      return `median ${median(values).toFixed(1)} ms, largest ${largest(values).toFixed(1)} ms`;
    };
    console.log(`${name}, ${measured.length} keys in row ${middle}`);
    console.log(`opened from a file of ${(fs.statSync(file).size / 1e6).toFixed(1)} MB: ${opened} ms`);
    console.log(`work:    ${show(0)}`);
    console.log(`painted: ${show(1)}`);
  });
}
