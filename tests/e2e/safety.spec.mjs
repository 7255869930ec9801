// Nothing is lost and nothing leaks: files that are no reports, two windows, storage that fails, a page that stops.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import { closeAll, download, dropFile, scratchFolder, started, withPage } from "./harness.mjs";
import { cell, content, exported, goTo, importFile, newReport, openSample, refusal, writable } from "./pages.mjs";

after(closeAll);

const write = (name, text) => {
  const file = path.join(scratchFolder(), name);
  fs.writeFileSync(file, text);
  return file;
};

const exportJson = async (page) => (await exported(page)).text;

test("files that are no reports are refused in words, and what is open stays open", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    const sample = await exportJson(page);
    const newer = sample.replace('"version": 1', '"version": 99');
    const wrong = sample.replace('"contact": null', '"contact": [1]');
    assert.notEqual(wrong, sample);
    const cases = [
      ["photo.json", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /没有打开“photo\.json”/],
      ["other.json", '{"hello": 1}', /不是|自评/],
      ["cut.json", sample.slice(0, sample.length / 2), /第 ?\d+ ?行|不完整|中断/],
      ["newer.json", newer, /更新|新版/],
      ["wrong.json", wrong, /联系人/],
      ["unicode.json", Buffer.from(`\ufeff${sample}`, "utf16le"), /UTF-16[\s\S]*UTF-8/],
      ["empty.json", "", /空/],
      ["page.html", "<!doctype html><p>hello</p>", /没有打开“page\.html”/],
      ["deep.json", "[".repeat(100_000), /没有打开“deep\.json”/],
    ];
    for (const [name, text, words] of cases) {
      await importFile(page, write(name, text));
      assert.match(await refusal(page, name), words, name);
      await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    }
    assert.deepEqual(content(await exportJson(page)), content(sample));
  });
});

test("a file over 50 MB is refused before it is read", async () => {
  await withPage({}, async ({ page }) => {
    const file = path.join(scratchFolder(), "huge.json");
    fs.closeSync(fs.openSync(file, "w"));
    fs.truncateSync(file, 51 * 1024 * 1024);
    await importFile(page, file);
    assert.match(await refusal(page, "huge.json"), /51 MB[\s\S]*50 MB/);
  });
});

test("what was typed is there again after a reload, and the same report is not opened twice by accident", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await page.getByLabel("联系人").fill("李强");
    await page.getByLabel("联系人").blur();
    await page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
    const json = await exportJson(page);
    await page.reload();
    await started(page);
    await page.getByLabel("联系人").waitFor();
    assert.equal(await page.getByLabel("联系人").inputValue(), "李强");
    await writable(page);
    await page.getByLabel("联系人").fill("赵敏");
    await page.getByLabel("联系人").blur();
    await importFile(page, write("same.ziping.json", json));
    const dialog = page.getByRole("dialog", { name: /已有这份报告/ });
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "替换草稿" }).click();
    await page.waitForFunction(() => document.querySelector('input[id$="contact"]').value === "李强");
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelector('input[id$="contact"]').value === "赵敏");
  });
});

for (const locks of [true, false]) {
  test(`two windows, ${locks ? "with" : "without"} locks: one writes, the other reads and may take over`, async () => {
    const init = (keep) => {
      if (!keep) Object.defineProperty(navigator, "locks", { value: undefined });
    };
    await withPage({ init, initArgument: locks }, async ({ page, context }) => {
      await openSample(page);
      const second = await context.newPage();
      await second.addInitScript(init, locks);
      await second.goto(page.url());
      await started(second);
      await second.getByText("正在另一个窗口里编辑").waitFor();
      assert.equal(await second.getByLabel("联系人").getAttribute("readonly"), "");
      await page.getByLabel("联系人").fill("甲");
      await page.getByLabel("联系人").blur();
      await second.waitForFunction(() => document.querySelector('input[id$="contact"]').value === "甲");
      await second.getByRole("button", { name: "接管编辑" }).click();
      await page.getByText("正在另一个窗口里编辑").waitFor();
      await writable(second);
      await second.getByLabel("联系人").fill("乙");
      await second.getByLabel("联系人").blur();
      await page.waitForFunction(() => document.querySelector('input[id$="contact"]').value === "乙");
    });
  });
}

test("a file dropped anywhere is opened or refused in place, on 首页 too: the browser never leaves the page for it", async () => {
  await withPage({}, async ({ page, address }) => {
    assert.equal(await dropFile(page, "note.txt", "hello", "header"), true);
    assert.match(await refusal(page, "note.txt"), /没有打开/);
    await openSample(page);
    const json = await exportJson(page);
    assert.equal(await dropFile(page, "note.txt", "hello", ".shell__bar"), true);
    assert.match(await refusal(page, "note.txt"), /没有打开/);
    await page.goto(address);
    await page.getByRole("heading", { name: "我的报告" }).waitFor();
    assert.equal(await dropFile(page, "same.json", json, ".drop"), true);
    await page.getByRole("dialog", { name: /已有这份报告/ }).waitFor();
    assert.equal(page.url(), address);
  });
});

test("a draft that is damaged in the storage is listed and handed out as it is, and the others open", async () => {
  await withPage({}, async ({ page, address }) => {
    await openSample(page);
    await page.evaluate(() => localStorage.setItem("cn.ziping/draft/damaged001", '{"app":"ziping"}\n{"cut'));
    await page.goto(address);
    const line = page.getByRole("listitem").filter({ hasText: "打不开的草稿" });
    const { text } = await download(page, () => line.getByRole("button", { name: "下载原始内容" }).click());
    assert.equal(text, '{"app":"ziping"}\n{"cut');
    await page.getByRole("link", { name: /^打开 信丰县/ }).click();
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
  });
});

test("where storage is denied, work goes on and can be exported", async () => {
  const init = () => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  };
  await withPage({ init }, async ({ page }) => {
    await page.getByText("浏览器不允许本页存储数据").first().waitFor();
    await page.getByRole("button", { name: "新建自评报告" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /新建|确定/ }).click();
    await page.waitForFunction(() => document.querySelector('input[id$="unit_name"]')?.readOnly === false);
    await page.getByLabel("单位全称").fill("甲局");
    await page.getByLabel("单位全称").blur();
    assert.match(await page.locator(".save").innerText(), /未保存/);
    assert.equal(JSON.parse(await exportJson(page)).profile.unit_name, "甲局");
  });
});

test("a full storage is said in words and nothing that was typed is gone", async () => {
  await withPage({}, async ({ page }) => {
    await newReport(page);
    await page.evaluate(() => {
      const block = "x".repeat(100_000);
      try {
        for (let at = 0; ; at++) localStorage.setItem(`filler${at}`, block);
      } catch {
        try {
          for (let at = 0; ; at++) localStorage.setItem(`small${at}`, "x".repeat(500));
        } catch {
          // Full now.
        }
      }
    });
    await page.getByLabel("单位全称").fill("甲".repeat(3_000));
    await page.getByLabel("单位全称").blur();
    await page.getByText("草稿没有存上").waitFor();
    assert.match(await page.locator(".save").innerText(), /未保存/);
    assert.equal(JSON.parse(await exportJson(page)).profile.unit_name, "甲".repeat(3_000));
    await page.evaluate(() => Object.keys(localStorage).filter((k) => /^(filler|small)/.test(k)).forEach((k) => localStorage.removeItem(k)));
    await page.getByLabel("联系人").fill("乙");
    await page.getByLabel("联系人").blur();
    await page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
  });
});

test("markup in every kind of text stays text: in the page, the preview and the exported file", async () => {
  const evil = `<img src=x onerror="window.__hacked=1"></script><script>window.__hacked=1</script>`;
  await withPage({}, async ({ page }) => {
    await newReport(page);
    await page.getByLabel("单位全称").fill(evil);
    await page.getByLabel("主要职责与组织架构").fill(`${evil} {单位全称}`);
    await page.getByLabel("主要职责与组织架构").blur();
    await goTo(page, "预览与导出");
    await page.locator(".report").getByText(evil).first().waitFor();
    const html = await exported(page, /网页报告/);
    assert.equal(await page.evaluate(() => window.__hacked), undefined);
    await withPage({ origin: "file", file: html.file, ready: false }, async ({ page: alone }) => {
      await alone.getByText(evil).first().waitFor();
      assert.equal(await alone.evaluate(() => window.__hacked), undefined);
    });
  });
});

test("the saved copy asks the network for nothing while it is worked with", async () => {
  await withPage({ origin: "file" }, async ({ page, requests, address }) => {
    await openSample(page);
    await goTo(page, "收支执行");
    await cell(page, "收入情况", "一般公共预算", "决算").type("1470.95");
    await goTo(page, "预览与导出");
    await exportJson(page);
    await page.getByRole("button", { name: "帮助" }).click();
    const build = await page.locator('meta[name="ziping-build"]').getAttribute("content");
    const about = await page.getByRole("dialog", { name: "帮助与关于" }).innerText();
    for (const part of build.split(" ")) assert.ok(about.includes(part), `关于 shows ${part}`);
    assert.deepEqual(requests.filter((url) => !/^(blob|data):/.test(url)), [address]);
  });
});

test("Ctrl+S says that the draft is saved and offers the file; a page that stops hands the draft over", async () => {
  await withPage({ allow: [/forced/] }, async ({ page }) => {
    await openSample(page);
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", { name: "保存" });
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /已保存/);
    await page.keyboard.press("Escape");
    await page.evaluate(() => window.__zipingCrash("forced"));
    await page.getByRole("alertdialog").waitFor();
    const { text } = await download(page, () => page.getByRole("button", { name: "下载最近草稿" }).click());
    assert.equal(JSON.parse(text).profile.unit_name, "信丰县科学技术局");
  });
});
