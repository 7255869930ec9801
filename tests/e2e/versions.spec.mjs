// 版本: kept by hand and before large steps, looked at, compared, brought back; the reminder; a page that stops.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { closeAll, started, withPage } from "./harness.mjs";
import { exported, openSample, writable } from "./pages.mjs";

after(closeAll);

const contact = (page) => page.getByLabel("联系人");

async function type(page, text) {
  await contact(page).fill(text);
  await contact(page).blur();
}

async function versions(page) {
  await page.getByRole("banner").getByRole("button", { name: "版本" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  return dialog;
}

test("a version is named, looked at, compared in words, and brought back as the next state", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await type(page, "甲某");
    let dialog = await versions(page);
    await dialog.getByLabel("给现在的内容起个名字").fill("送审稿");
    await dialog.getByRole("button", { name: "保存为版本" }).click();
    const line = dialog.getByRole("listitem").filter({ hasText: "送审稿" });
    await line.waitFor();
    await page.keyboard.press("Escape");
    await type(page, "乙某");
    dialog = await versions(page);
    await line.getByRole("button", { name: /与现在比较/ }).click();
    const row = dialog.getByRole("row").filter({ hasText: "联系人" });
    assert.match(await row.innerText(), /甲某[\s\S]*乙某/);
    assert.match(await dialog.innerText(), /共 1 处不同/);
    await dialog.getByRole("button", { name: "返回" }).click();
    await line.getByRole("button", { name: /^查看/ }).click();
    await dialog.locator(".report").getByText("信丰县科学技术局").first().waitFor();
    await dialog.getByRole("button", { name: "恢复这个版本" }).click();
    await page.waitForFunction(() => document.querySelector('input[id$="contact"]').value === "甲某");
    dialog = await versions(page);
    await dialog.getByText("恢复旧版本之前").waitFor();
    assert.match(await dialog.getByRole("listitem").first().innerText(), /封面与基本信息改 1 处/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelector('input[id$="contact"]').value === "乙某");
  });
});

test("fifty edits without a file are worth a reminder, which a file ends", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    for (let at = 0; at < 60; at++) await contact(page).fill(`第${at}人`);
    await contact(page).blur();
    await page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
    await page.reload();
    await started(page);
    const reminder = page.getByRole("status").filter({ hasText: "还没有导出过" });
    await reminder.waitFor();
    await exported(page);
    await reminder.waitFor({ state: "detached" });
  });
});

test("a page that stops at any moment loses nothing: the next start has the last edit", async () => {
  await withPage({ allow: [/forced|panicked/] }, async ({ page }) => {
    await openSample(page);
    for (const screen of ["", "findings", "preview"]) {
      if (screen) await page.evaluate((name) => (location.hash = location.hash.replace(/[^/]+$/, name)), screen);
      else await type(page, "停下之前");
      await page.waitForTimeout(100);
      await page.evaluate(() => window.__zipingCrash("forced"));
      await page.getByRole("alertdialog").waitFor();
      await page.getByRole("button", { name: "重新载入" }).click();
      await started(page);
      await page.evaluate(() => (location.hash = location.hash.replace(/[^/]+$/, "basics")));
      await contact(page).waitFor();
      await writable(page);
      assert.equal(await contact(page).inputValue(), "停下之前");
    }
  });
});
