// Pictures of the built page: `node tests/e2e/screenshot.mjs FOLDER`. The README shows `page.png`.

import fs from "node:fs";
import path from "node:path";

import { closeAll, withPage } from "./harness.mjs";
import { cell, goTo, openSample } from "./pages.mjs";

const [folder = "tests/e2e/screenshots"] = process.argv.slice(2);
fs.mkdirSync(folder, { recursive: true });

await withPage({ context: { viewport: { width: 1280, height: 800 }, colorScheme: "light" } }, async ({ page }) => {
  await openSample(page);
  await goTo(page, "人员编制");
  // The contradiction of the sample, with its reasons beside it.
  await cell(page, "人员编制情况", "上报合计", "编制数").focus();
  await page.locator(".inspector .finding").first().waitFor();
  const file = path.join(folder, "page.png");
  await page.screenshot({ path: file });
  console.log(file);
});
await closeAll();
