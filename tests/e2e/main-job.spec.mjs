// The main job, as a clerk does it from the first visit to the colleague who goes on, on the hosted page and on the
// saved copy.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import Ajv from "ajv/dist/2020.js";

import { DIST, closeAll, dropFile, ime, outside, pasteInto, pdfPages, pdfText, scratchFolder, withPage } from "./harness.mjs";
import { cell, content, exported, goTo, importFile, inspector, newReport, openSample } from "./pages.mjs";
import { printed, verdict, waitForVerdict, writable } from "./pages.mjs";

after(closeAll);

const write = (name, text) => {
  const file = path.join(scratchFolder(), name);
  fs.writeFileSync(file, text);
  return file;
};

/** Both ways to have the page: from a site and as the saved copy. */
const both = (name, use) => {
  for (const origin of ["http", "file"]) test(`${origin}: ${name}`, () => use(origin));
};

both("from the first visit to a colleague's file", async (origin) => {
  let json;
  let html;
  await withPage({ origin }, async ({ page, requests, address }) => {
    await openSample(page);
    assert.match(await verdict(page), /6 处错误/);

    // A figure is changed: total, finding and the reason follow; undo leads back.
    await goTo(page, "人员编制");
    const posts = cell(page, "人员编制情况", "机关工勤", "编制数");
    const total = cell(page, "人员编制情况", "合计", "编制数");
    assert.equal(await total.text(), "15");
    await posts.type("2");
    assert.equal(await total.text(), "16");
    await waitForVerdict(page, "5 处错误");
    await total.focus();
    const reason = await inspector(page);
    assert.match(reason, /为什么是这个数/);
    assert.match(reason, /8 \+ 2 \+ 6/);
    assert.match(reason, /16 名/);
    await page.keyboard.press("Control+z");
    assert.equal(await total.text(), "15");
    assert.match(await verdict(page), /6 处错误/);
    assert.equal(await posts.text(), "1", "undo leads to the cell that it changed back");
    await page.keyboard.press("Control+y");
    assert.equal(await total.text(), "16");
    await page.keyboard.press("Control+z");

    // Text refers to figures and follows them.
    await goTo(page, "“三公”经费");
    const outturn = cell(page, "“三公”经费", "上报合计", "决算");
    const before = await printed(page);
    assert.match(before, /14\.99/);
    await outturn.type("15.99");
    assert.match(await printed(page), /15\.99/);
    await page.keyboard.press("Control+z");
    assert.match(await printed(page), /14\.99/);

    // 成文 and 插入数据, each one undo step.
    const text = page.getByLabel("“三公”经费情况说明");
    const typed = await text.inputValue();
    await text.click();
    await page.keyboard.press("Control+End");
    await page.getByRole("button", { name: "成文" }).click();
    assert.match(await text.inputValue(), /\{三公经费\.控制率（年初预算口径）\}/);
    assert.match(await printed(page), /完成年初预算的116\.38%/);
    await page.keyboard.press("Control+z");
    assert.equal(await text.inputValue(), typed);
    await page.getByRole("button", { name: "插入数据" }).click();
    await page.getByRole("combobox", { name: "查找数据" }).fill("在职人员控制率");
    await page.keyboard.press("Enter");
    assert.match(await text.inputValue(), /\{人员编制\.在职人员控制率\}/);
    await page.keyboard.press("Control+z");

    // Chinese through an input method: in a form field, in prose, in a cell.
    await goTo(page, "封面与基本信息");
    const contact = page.getByLabel("联系人");
    await contact.click();
    await ime(page, "王敏", ["w", "wang", "wang m"]);
    assert.equal(await contact.inputValue(), "王敏");
    await page.getByLabel("主要职责与组织架构").click();
    await page.keyboard.press("Control+End");
    await ime(page, "特此说明。", ["te", "te ci"]);
    assert.match(await page.getByLabel("主要职责与组织架构").inputValue(), /特此说明。$/);
    await goTo(page, "人员编制");
    const first = cell(page, "在职人员按学历", "研究生", "分组");
    await first.focus();
    await ime(page, "研究生及以上", ["yan", "yan jiu"]);
    await page.keyboard.press("Enter");
    assert.equal(await cell(page, "在职人员按学历", "研究生及以上", "分组").text(), "研究生及以上");

    ({ text: json } = await exported(page, /数据文件/));
    ({ text: html } = await exported(page, /网页报告/));
    assert.deepEqual(outside(requests, address), [], "nothing but the page and its own files was asked for");
  });

  const schema = JSON.parse(fs.readFileSync(path.join(DIST, "ziping.schema.json"), "utf8"));
  const ajv = new Ajv({ strict: false });
  assert.ok(ajv.validate(schema, JSON.parse(json)), JSON.stringify(ajv.errors));
  assert.equal(JSON.parse(json).profile.contact, "王敏");
  assert.doesNotMatch(html, /<script(?! type="application\/json")/);

  // A colleague with a fresh profile opens each of the two files: the same report.
  const choose = (page) => importFile(page, write(`${origin}-report.ziping.json`, json));
  const dropIt = async (page) => assert.equal(await dropFile(page, "report.html", html), true);
  for (const [name, give] of [["chosen JSON", choose], ["dropped HTML", dropIt]]) {
    await withPage({ origin }, async ({ page }) => {
      await give(page);
      await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
      await writable(page);
      const again = await exported(page, /数据文件/);
      assert.deepEqual(content(again.text), content(json), name);
    });
  }
});

both("a block from a spreadsheet fills rows, keeps what cannot be read, and goes back in one step", async (origin) => {
  await withPage({ origin }, async ({ page }) => {
    await newReport(page);
    await goTo(page, "收支执行");
    await page.getByRole("button", { name: "添加项目" }).first().click();
    // The new row has the focus.
    await page.locator('[role="grid"] [data-focus]').waitFor();
    const block =
      '项目\t重点\t年初预算\t决算\r\n"一期\n工程"\t是\t1,234.50\t１２３４\r\n二期\t否\t无\t12x\r\n合计\t\t1,234.50\t1234\r\n';
    assert.equal(await pasteInto(page, block), true);
    const dialog = page.getByRole("dialog");
    if (await dialog.isVisible()) await dialog.getByRole("button", { name: /粘贴/ }).click();
    await page.getByText(/已粘贴/).waitFor();
    const json = await exported(page, /数据文件/);
    const report = JSON.parse(json.text);
    const rows = report.projects.filter((row) => row.name !== null);
    assert.deepEqual(
      rows.map((row) => [row.name, row.key_project, row.initial_budget, row.outturn]),
      [
        ["一期 工程", "yes", "1234.50", "1234"],
        ["二期", "no", "-", { unread: "12x" }],
      ],
    );
    assert.equal(report.projects_stated.initial_budget, "1234.50");
    await page.keyboard.press("Control+z");
    const after = JSON.parse((await exported(page, /数据文件/)).text);
    assert.deepEqual(after.projects.filter((row) => row.name !== null), []);
    assert.equal(after.projects_stated.initial_budget, null);
  });
});

both("the printed report: cover, numbered headings, every table, sources, each page in its place", async (origin) => {
  await withPage({ origin }, async ({ page }) => {
    await openSample(page);
    const file = path.join(scratchFolder(), "report.pdf");
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    const text = pdfText(file).replace(/[ \t]+/g, "");
    for (const expected of [
      "2021年度",
      "部门整体支出绩效自评报告",
      "一、部门概况",
      "1.部门主要职责职能、组织架构、人员及资产等基本情况",
      "表1人员编制情况",
      "附表1",
      "单位：万元",
      "1,631.046",
      "财政拨款“三公”经费支出决算表",
      "数据来源与计算",
      "14.99÷12.88×100%",
      "116.38%",
    ]) {
      assert.ok(text.includes(expected), `the paper says ${expected}`);
    }
    assert.match(text, /—1—/, "page numbers");
    const pages = pdfPages(file);
    assert.equal(pages[0], "upright", "the cover");
    assert.ok(pages.includes("lying"), "wide tables lie");
    assert.equal(pages.at(-1), "upright", "the sources come last");
    assert.doesNotMatch(text, /还有 ?\d+ ?处错误/, "nothing of the interface is printed");
  });
});

test("the exported page stands alone: it opens without script and its links lead to the sources", async () => {
  let html;
  await withPage({}, async ({ page }) => {
    await openSample(page);
    ({ text: html } = await exported(page, /网页报告/));
  });
  const file = write("exported.html", html);
  await withPage({ origin: "file", file, ready: false, context: { javaScriptEnabled: false } }, async ({ page, requests }) => {
    await page.getByRole("heading", { name: /部门概况/ }).waitFor();
    const link = page.locator('a[href^="#"]').filter({ hasText: "116.38%" }).first();
    await link.click();
    assert.match(page.url(), /#.*src-/);
    assert.deepEqual(requests.filter((url) => !url.startsWith("file:")), []);
  });
});
