// How long a keystroke takes in a table of many rows: `node tests/e2e/keystroke.mjs [ROWS]`. A measurement to be read
// beside others of the same run, not a test.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { closeAll, scratchFolder, withPage } from "./harness.mjs";
import { goTo } from "./pages.mjs";

const rows = Number(process.argv[2] ?? 10_000);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

await withPage({ origin: "file" }, async ({ page }) => {
  const report = { format: "ziping.report", version: 1, doc_id: "keystrokes" };
  report.projects = Array.from({ length: rows }, (_, at) => ({
    id: `row${String(at).padStart(7, "0")}`,
    name: `项目${at + 1}`,
    initial_budget: `${at % 97}.50`,
    outturn: `${at % 89}.25`,
  }));
  const file = path.join(scratchFolder(), "many.ziping.json");
  fs.writeFileSync(file, JSON.stringify(report));
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: /^(导入|选择文件)$/ }).first().click(),
  ]);
  await chooser.setFiles(file);
  await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
  await goTo(page, "收支执行");
  const grid = page.getByRole("grid", { name: "项目支出明细" });
  await grid.locator("tbody tr[aria-rowindex] td[role=gridcell]").nth(4).click();
  // From the key to the end of the frame that shows its effect: script, style and layout.
  await page.evaluate(() => {
    window.times = [];
    addEventListener(
      "keydown",
      (event) => {
        if (!/^\d$/.test(event.key)) return;
        const start = performance.now();
        requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - start), 0));
      },
      true,
    );
  });
  for (let at = 0; at < 30; at++) {
    await page.keyboard.press(String(at % 10));
    await page.waitForTimeout(120);
    if (at % 8 === 7) {
      await page.keyboard.press("Escape");
      await page.waitForTimeout(60);
    }
  }
  const times = await page.evaluate(() => window.times);
  console.log(`${rows} rows, ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}`);
  console.log(`keystroke to painted frame: median ${median(times).toFixed(1)} ms, best ${Math.min(...times).toFixed(1)} ms`);
});
await closeAll();
