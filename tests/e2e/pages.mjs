// The page as its user names things: screens, fields, cells. Specs speak through this and know no markup.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

import { download, scratchFolder } from "./harness.mjs";

/** Opens the sample from 首页 and waits for its first page. */
export async function openSample(page) {
  await page.getByRole("button", { name: /打开示例/ }).click();
  await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
  await writable(page);
}

/** Makes a new report from 首页. */
export async function newReport(page) {
  await page.getByRole("button", { name: /新建/ }).first().click();
  const choose = page.getByRole("dialog").getByRole("button", { name: /新建|确定/ });
  const heading = page.getByRole("heading", { level: 1, name: "封面与基本信息" });
  await Promise.race([heading.waitFor(), choose.waitFor().then(() => choose.click())]);
  await heading.waitFor();
  await writable(page);
}

/** Waits until this tab may write. */
export async function writable(page) {
  await page.waitForFunction(() => /已保存/.test(document.querySelector(".save")?.textContent ?? ""));
}

/** Goes to a page of the report by its name in the outline. */
export async function goTo(page, name) {
  const toggle = page.getByRole("button", { name: "目录", exact: true });
  if (await toggle.isVisible()) await toggle.click();
  await page.getByRole("navigation", { name: "报告目录" }).getByRole("link", { name }).click();
  // What is asked next is asked of that page, not of the one that is just being left.
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** A cell of a grid, by the grid's name, the words of its row and its column. */
export function cell(page, table, row, column) {
  const grid = page.getByRole("grid", { name: table, exact: true });
  return {
    grid,
    async locator() {
      const heads = await grid.locator("thead tr").last().locator("th").allTextContents();
      const at = heads.findIndex((head) => head.startsWith(column));
      assert.notEqual(at, -1, `${table} has a column ${column}: ${heads.join(", ")}`);
      const line = grid.locator("tr").filter({ has: page.locator("th, td", { hasText: new RegExp(`^${row}`) }) }).first();
      return line.locator("> th, > td").nth(at);
    },
    async text() {
      const found = await this.locator();
      const input = found.locator("input, textarea");
      return ((await input.count()) ? await input.inputValue() : await found.innerText()).trim();
    },
    /** Puts the focus there, in the moving state: all is selected. */
    async focus() {
      await (await this.locator()).click();
    },
    /** Types a new value and leaves with Enter. */
    async type(text) {
      await this.focus();
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
    },
  };
}

/** The text of the right-hand column. */
export async function inspector(page) {
  return page.getByRole("complementary", { name: "当前字段说明" }).innerText();
}

/** What the top bar says of the report. */
export async function verdict(page) {
  return (await page.locator(".verdict").innerText()).trim();
}

/** The paragraphs under a narrative field as they will print. */
export async function printed(page) {
  return (await page.locator(".narrative__text").allInnerTexts()).join("\n");
}

/** The report's data as the page would hand it out, without what belongs to the handing-out. */
export function content(json) {
  const { export: _, doc_id: __, ...rest } = JSON.parse(json);
  return rest;
}

/** Hands a file to 导入. */
export async function importFile(page, file) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: /^(导入|选择文件)$/ }).first().click(),
  ]);
  await chooser.setFiles(file);
}

/** Makes the open report one of more than two million characters: another report, opened from a file. */
export async function openLarge(page) {
  const report = JSON.parse((await exported(page)).text);
  // Under a key that no version knows, so that nothing has to be shown.
  Object.assign(report, { doc_id: "large00001", from_elsewhere: "长".repeat(2_200_000) });
  const file = path.join(scratchFolder(), "large.json");
  fs.writeFileSync(file, JSON.stringify(report));
  await importFile(page, file);
  await page.waitForURL(/large00001/);
  await writable(page);
}

/** Downloads the open report, through the menu 导出: `/数据文件/` or `/网页报告/`. */
export async function exported(page, item = /数据文件/) {
  await page.getByRole("banner").getByRole("button", { name: /^导出/ }).click();
  return download(page, () => page.getByRole("menuitem", { name: item }).click());
}

/** Waits for the top bar to say this of the report. */
export async function waitForVerdict(page, words) {
  await page.locator(".verdict").filter({ hasText: words }).waitFor();
}

/** The message about a file that was not opened, closed again. */
export async function refusal(page, name) {
  const notice = page.getByRole("alert").filter({ hasText: name });
  await notice.waitFor();
  const words = await notice.innerText();
  await notice.getByRole("button", { name: "关闭这条消息" }).click();
  await notice.waitFor({ state: "detached" });
  return words;
}
