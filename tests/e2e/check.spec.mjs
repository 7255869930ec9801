// 数字体检: paste a report, see its contradictions, go from a figure to its finding and back, open a Word file, take
// figures over into a draft; and the prose of an open report, held against its own tables.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

import { axe, closeAll, scratchFolder, withPage } from "./harness.mjs";
import { cell, goTo, openSample, verdict, writable } from "./pages.mjs";

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

async function paste(page, text) {
  await page.getByRole("link", { name: /数字体检/ }).click();
  await page.getByLabel("报告文字").fill(text);
  await page.getByRole("button", { name: "开始体检" }).click();
  await page.getByText(/核对 \d+ 处：一致 \d+，提示 \d+，矛盾 \d+/).waitFor();
}

const write = (name, bytes) => {
  const file = path.join(scratchFolder(), name);
  fs.writeFileSync(file, bytes);
  return file;
};

/** A zip archive of one deflated file, without its own checksum of the whole. */
function zip(name, content) {
  const data = zlib.deflateRawSync(content);
  const crc = zlib.crc32(content);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(crc, 14);
  head.writeUInt32LE(data.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  head.copy(entry, 6, 4, 30);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + data.length, 16);
  return Buffer.concat([head, Buffer.from(name), data, entry, Buffer.from(name), end]);
}

const row = (...cells) => `<w:tr>${cells.map((words) => `<w:tc><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:tc>`).join("")}</w:tr>`;
const WORD =
  `<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>全局共有编制16名，其中行政编制8名，事业编制6名。</w:t></w:r></w:p>` +
  `<w:p><w:r><w:t>单位：万元</w:t></w:r></w:p><w:tbl>${row("项目", "金额")}${row("甲项目", "10")}${row("乙项目", "20")}${row("合计", "31")}</w:tbl></w:body></w:document>`;

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
      // From a mark to its finding, and from the finding back to the text, by keyboard and by mouse.
      const mark = page.locator('mark[data-mark="error"]').first();
      await mark.focus();
      await page.keyboard.press("Enter");
      const chosen = page.locator('.finding[aria-current="true"]');
      await chosen.waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.className), "finding");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "MARK");
      assert.ok((await page.locator('mark[aria-current="true"]').count()) >= 2, "all its places are lit");
      await page.keyboard.press("ArrowRight");
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "MARK");
      await findings.first().locator(".check__place").last().click();
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "MARK");
      await page.getByRole("button", { name: /^全部 \d+/ }).click();
      assert.ok((await page.locator('.finding[data-severity="holds"]').count()) >= 5);
      await page.getByText(/读到未核对的数字 \d+ 个/).click();
      assert.deepEqual(await axe(page), []);
      assert.equal((await page.locator(".check__text").textContent()).replaceAll("\r", ""), SAMPLE.replaceAll("\r\n", "\n"));
      await page.getByRole("button", { name: "重新粘贴" }).click();
      await page.getByLabel("报告文字").waitFor();
    });
  });
}

test("a Word file is read with its tables; files that are no text are refused in words, GBK and UTF-16 are read", async () => {
  await withPage({}, async ({ page }) => {
    await page.getByRole("link", { name: /数字体检/ }).click();
    await open(page, write("broken.docx", Buffer.from("PK\x03\x04 cut")));
    await page.locator(".banner").filter({ hasText: "broken.docx" }).waitFor();
    await open(page, write("old.doc.docx", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2])));
    assert.match(await page.locator(".banner").filter({ hasText: "old.doc" }).innerText(), /旧版|密码/);
    await open(page, write("picture.txt", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1])));
    await page.locator(".banner").filter({ hasText: "picture.txt" }).waitFor();
    const started = Date.now();
    await open(page, write("bomb.docx", zip("word/document.xml", Buffer.alloc(60_000_000, 32))));
    await page.locator(".banner").filter({ hasText: "bomb.docx" }).waitFor();
    assert.ok(Date.now() - started < 10_000, "refused before anybody gives up");
    // 编制16名，其中行政8名、事业6名。 in GBK.
    const gbk = "b1e0d6c63136c3fba3acc6e4d6d0d0d0d5fe38c3fba1a2cac2d2b536c3fba1a3";
    await open(page, write("gbk.txt", Buffer.from(gbk, "hex")));
    await page.locator(".check__text").getByText("编制").waitFor();
    await page.getByText(/按 GBK 编码读出/).waitFor();
    await page.getByRole("button", { name: "重新粘贴" }).click();
    await open(page, write("utf16.txt", Buffer.from("\ufeff编制16名，其中行政编制8名，事业编制6名。", "utf16le")));
    await page.locator(".check__text").getByText("编制").waitFor();
    await page.getByRole("button", { name: "重新粘贴" }).click();
    await open(page, write("report.docx", zip("word/document.xml", Buffer.from(WORD))));
    const list = page.locator(".check__list");
    await list.getByText(/8 \+ 6 = 14/).waitFor();
    await list.getByText(/10 \+ 20 = 30/).waitFor();
  });
});

test("提取数据: confirmed fields go into a new report as one step, and into the open one where they are missing", async () => {
  await withPage({}, async ({ page }) => {
    await paste(page, SAMPLE);
    await page.getByRole("button", { name: /提取数据/ }).click();
    const dialog = page.getByRole("dialog", { name: "提取数据" });
    const boxes = dialog.getByRole("checkbox");
    assert.ok((await boxes.count()) >= 40, `${await boxes.count()} offers`);
    assert.match(await dialog.innerText(), /全局共有编制16名/);
    assert.deepEqual(await axe(page), []);
    // What is not ticked is not written.
    await dialog.getByRole("checkbox", { name: /平均年龄/ }).uncheck();
    await dialog.getByRole("button", { name: /写入 \d+ 项/ }).click();
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    await writable(page);
    await page.getByText("提取的数据已写入草稿。").waitFor();
    await page.waitForFunction(() => document.querySelector(".bar__report-name").textContent.includes("信丰县科学技术局"));
    await goTo(page, "人员编制");
    assert.equal(await cell(page, "人员编制情况", "合计", "编制数").text(), "15");
    assert.equal(await cell(page, "人员编制情况", "上报合计", "编制数").text(), "16");
    assert.equal(await page.getByRole("textbox", { name: "平均年龄" }).inputValue(), "");
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelector(".bar__report-name").textContent.includes("未填单位"));
    await page.keyboard.press("Control+y");
    // Back to the text, which is still there: the open report is offered, and has all but one already.
    await page.getByRole("navigation", { name: "报告目录" }).getByRole("link", { name: "数字体检" }).click();
    await page.getByRole("button", { name: /提取数据/ }).click();
    assert.equal(await dialog.getByRole("checkbox", { checked: true }).count(), 1);
    assert.ok(await dialog.getByRole("checkbox", { name: /平均年龄/ }).isChecked());
  });
});

test("the prose of an open report: contradictions under the text and in 校验, a figure becomes a reference", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await goTo(page, "收支执行");
    const text = page.getByLabel("预算及执行情况说明");
    const line = page.getByRole("navigation", { name: "报告目录" }).getByRole("link", { name: /收支执行/ });
    const checked = () => page.getByText("正文核对中").first().waitFor({ state: "hidden" });
    // What stood there may have findings of its own.
    await text.fill("本年各项工作正常。");
    await checked();
    const before = Number((await line.innerText()).match(/(\d+) 处/)?.[1] ?? 0);
    await text.fill("本年安排高质量发展专项经费1173万元，支出100万元，其中培训30万元，会议60万元。");
    const section = page.locator(".narrative").filter({ has: text });
    const card = section.locator(".finding").filter({ hasText: "文中 1173万元" });
    await card.waitFor();
    assert.match(await card.innerText(), /表中 1,113/);
    await text.blur();
    await checked();
    assert.match(await verdict(page), /还有 \d+ 处错误/);
    // The outline counts it on its page.
    const counted = Number((await line.innerText()).match(/(\d+) 处/)?.[1]);
    assert.equal(counted, before + (await section.locator('.finding:not([data-severity="hint"])').count()));
    await goTo(page, "校验");
    const group = page.locator("section").filter({ has: page.getByRole("heading", { name: /^错误 \d+ 处/ }) });
    const listed = group.locator(".finding").filter({ hasText: "文中 1173万元" });
    await listed.getByRole("button", { name: /预算及执行情况说明：/ }).click();
    await text.waitFor();
    await page.waitForFunction(() => {
      const area = document.activeElement;
      return area.tagName === "TEXTAREA" && area.value.slice(area.selectionStart, area.selectionEnd) === "1173万元";
    });
    assert.deepEqual(await axe(page), []);
    await card.getByRole("button", { name: "改为引用" }).click();
    assert.match(await text.inputValue(), /\{高质量发展专项经费\.决算\}/);
    await card.waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    assert.match(await text.inputValue(), /1173万元/);
  });
});

test("Chromium 103: the sample's text is checked from the saved copy", async () => {
  await withPage({ engine: "103", origin: "file" }, async ({ page }) => {
    await paste(page, SAMPLE);
    assert.ok((await page.locator('mark[data-mark="error"]').count()) >= 10);
    await page.locator(".check__list .finding").first().locator(".check__place").first().click();
  });
});
