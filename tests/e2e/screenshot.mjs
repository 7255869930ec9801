// Pictures of the built page as a person first sees it: `node tests/e2e/screenshot.mjs FOLDER [HASH]`.

import fs from "node:fs";
import path from "node:path";

import { closeAll, withPage } from "./harness.mjs";

const [folder = "target/screenshots", hash = ""] = process.argv.slice(2);
const views = {
  desktop: { viewport: { width: 1440, height: 900 } },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  narrow: { viewport: { width: 768, height: 1024 } },
};

fs.mkdirSync(folder, { recursive: true });
for (const [name, context] of Object.entries(views)) {
  await withPage({ hash, context }, async ({ page }) => {
    const file = path.join(folder, `${name}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  });
}
await closeAll();
