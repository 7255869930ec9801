// 数字体检: paste a report, see its contradictions, go from a figure to its finding and back, open a Word file.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { axe, closeAll, scratchFolder, withPage } from "./harness.mjs";

after(closeAll);

const dev = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../lint/dev");
const SAMPLE = fs.readFileSync(path.join(dev, "xinfeng-2021.txt"), "utf8");

async function open(page, file) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: /打开 Word/ }).click(),
  ]);
  await chooser.setFiles(file);
}

for (const [width, colorScheme] of [[1280, "light"], [768, "dark"]]) {
  test(`the sample's text at ${width}, ${colorScheme}: contradictions are found and lead to their places`, async () => {
    await withPage({ context: { viewport: { width, height: 900 }, colorScheme } }, async ({ page }) => {
      await page.getByRole("link", { name: /数字体检/ }).click();
      assert.deepEqual(await axe(page), []);
      await page.getByLabel("报告文字").fill(SAMPLE);
      await page.getByRole("button", { name: "开始体检" }).click();
      await page.getByText(/核对 \d+ 处：一致 \d+，提示 \d+，矛盾 \d+/).waitFor();
      const findings = page.locator(".check__list .finding");
      const texts = (await findings.allInnerTexts()).join("\n");
      for (const figure of ["1701.046", "16", "103.77"]) assert.ok(texts.includes(figure), `a finding names ${figure}`);
      // From a mark to its finding, and from the finding back to the text.
      const mark = page.locator('mark[data-mark="error"]').first();
      await mark.focus();
      await page.keyboard.press("Enter");
      const chosen = page.locator('.finding[aria-current="true"]');
      await chosen.waitFor();
      await chosen.getByRole("button", { name: "看原文" }).click();
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "MARK");
      await page.getByRole("button", { name: "也列出一致的" }).click();
      assert.ok((await page.locator('.finding[data-severity="holds"]').count()) >= 5);
      assert.deepEqual(await axe(page), []);
      assert.equal((await page.locator(".check__text").innerText()).trim().slice(0, 10), SAMPLE.trim().slice(0, 10));
    });
  });
}

test("files that are no text are refused in words, a text file in GBK is read", async () => {
  await withPage({}, async ({ page }) => {
    await page.getByRole("link", { name: /数字体检/ }).click();
    const write = (name, bytes) => {
      const file = path.join(scratchFolder(), name);
      fs.writeFileSync(file, bytes);
      return file;
    };
    await open(page, write("broken.docx", Buffer.from("PK\x03\x04 cut")));
    await page.locator(".banner").filter({ hasText: "broken.docx" }).waitFor();
    await open(page, write("old.doc.docx", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2])));
    assert.match(await page.locator(".banner").filter({ hasText: "old.doc" }).innerText(), /旧版|密码/);
    // 编制16名，其中行政8名、事业6名。 in GBK.
    const gbk = "b1e0d6c63136c3fba3acc6e4d6d0d0d0d5fe38c3fba1a2cac2d2b536c3fba1a3";
    await open(page, write("gbk.txt", Buffer.from(gbk, "hex")));
    await page.locator(".check__text").getByText("编制").waitFor();
  });
});
