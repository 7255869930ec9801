// Every row of every table is on paper exactly once, on the engines between which printing changed.
//
// Each row carries a mark that no other text has; the marks are looked for in the text of the PDF. What has no text of
// its own is marked by a figure, which formulas may repeat: it is on paper as often as in the tree that is printed.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import { closeAll, pdfPages, pdfText, scratchFolder, withPage } from "./harness.mjs";
import { exported, importFile, newReport, openSample } from "./pages.mjs";

after(closeAll);

/** Rows of the user's own: list, how many, the column with the mark, other columns. */
const FREE = [
  ["positions", 12, "group", { staff_in_post: "1" }],
  ["education", 12, "group", { staff_in_post: "1" }],
  ["ages", 12, "group", { staff_in_post: "1" }],
  ["targets", 60, "source_document", { operator: "ge", value: "3", actual: "3", unit: "项" }, "measure"],
  ["goals", 60, "basis", { operator: "ge", value: "3", actual: "3", unit: "项", task_target: "-" }, "measure"],
  ["funding", 20, "source", { due: "1", received: "1", used: "1" }],
  ["batches", 30, "document", {}],
  ["recipients", 400, "result", { name: "对象", due: "2", paid: "1", progress: "50", stage: "running" }],
  ["projects", 400, "basis", { initial_budget: "2", outturn: "1" }],
  ["adjustments", 40, "document", { added: "1", cut: "-", restructured: "-", cause: "other" }],
  ["surveys", 25, "subject", { issued: "9", valid: "9", satisfied: "9", basically: "-", dissatisfied: "-" }],
  ["rectifications", 40, "owner", { problem: "问题", cause: "原因", measure: "措施" }],
  ["accounts_income", 40, "item", { total: "1" }],
  ["accounts_spending", 40, "item", { total: "1" }],
  ["accounts_general", 40, "item", { total: "1" }],
  ["accounts_basic", 40, "item", { amount: "1" }],
  ["accounts_fund", 40, "item", { total: "1" }],
  ["accounts_capital", 40, "item", { total: "1" }],
  ["accounts_assets", 10, "item", { quantity: "1" }],
];

/** Rows that tables bring: list and the column with the mark, a text or a figure. */
const BROUGHT = [
  ["income", "deviation_cause"],
  ["expenditure", "deviation_cause"],
  ["basic", "deviation_cause"],
  ["three_public", "deviation_cause"],
  ["staff", "authorised_posts"],
  ["assets", "quantity"],
  ["carryover", "last_closing"],
  ["procurement", "budget"],
  ["accounts_summary", "amount"],
  ["accounts_fiscal", "government_fund"],
];
const FIGURES = ["staff", "assets", "carryover", "procurement", "accounts_summary", "accounts_fiscal"];

/** Marks every row of a report; returns the texts and the figures that do. */
function marked(report) {
  let next = 1000;
  const texts = [];
  const figures = [];
  // Prose may name a row too.
  for (const key of Object.keys(report.narratives)) report.narratives[key] = null;
  const text = () => texts[texts.push(`Q${++next}`) - 1];
  for (const [list, count, column, others, second] of FREE) {
    report[list] = Array.from({ length: count }, (_, at) => {
      const row = { id: `${list.slice(0, 4)}${String(at).padStart(6, "0")}`, ...others, [column]: text() };
      if (["targets", "goals", "projects", "batches"].includes(list)) row.name = `${list === "goals" ? "目标" : "第"}${at}`;
      if (second) row[second] = text();
      return row;
    });
  }
  for (const [list, column] of BROUGHT) {
    for (const row of report[list]) {
      row[column] = FIGURES.includes(list) ? figures[figures.push(String(70_000 + ++next)) - 1] : text();
    }
  }
  return { texts, figures };
}

/** The marks with the number of times that they stand in a text, of those that do not stand there `wanted` times. */
const wrong = (marks, text, wanted) =>
  marks.map((mark) => [mark, text.split(mark).length - 1]).filter(([mark, count]) => count !== wanted(mark));

const plain = (text) => text.replace(/,/g, "");

async function pdf(page, name) {
  const file = path.join(scratchFolder(), `${name}.pdf`);
  await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
  return { text: plain(pdfText(file)), pages: pdfPages(file) };
}

for (const engine of ["103", "109", "117", "current"]) {
  test(`Chromium ${engine}: every row of every table is on paper once`, async () => {
    const init = () => {
      // What the page has set up when it asks for the printer is kept for the PDF that is made afterwards.
      window.print = () => {
        window.job = {
          kind: document.documentElement.getAttribute("data-print"),
          sheets: [...(document.adoptedStyleSheets ?? [])],
        };
      };
    };
    await withPage({ engine, origin: "file", init }, async ({ page }) => {
      await openSample(page);
      const report = JSON.parse((await exported(page, /数据文件/)).text);
      const { texts, figures } = marked(report);
      report.doc_id = "papierpapr";
      const file = path.join(scratchFolder(), `paper-${engine}.ziping.json`);
      fs.writeFileSync(file, JSON.stringify(report));
      await page.evaluate(() => void (location.hash = "#/"));
      await importFile(page, file);
      await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
      await page.getByRole("link", { name: "预览与导出" }).click();
      await page.locator(".report table").first().waitFor();

      const tree = plain(await page.locator(".report").first().evaluate((report) => report.textContent));
      const often = (mark) => tree.split(mark).length - 1;
      assert.deepEqual(wrong(texts, tree, () => 1), [], "in the tree");
      for (const mark of figures) assert.ok(often(mark) > 0, `${mark} is in the tree`);

      const whole = await pdf(page, `whole-${engine}`);
      assert.deepEqual(wrong(texts, whole.text, () => 1), []);
      assert.deepEqual(wrong(figures, whole.text, often), []);
      const mixes = !["103", "109"].includes(engine);
      assert.equal(whole.pages.includes("lying"), mixes, "wide tables lie where the engine can mix");
      if (mixes) return;

      // Text and annex as two jobs, together the whole.
      const job = async (name) => {
        await page.getByRole("button", { name }).click();
        await page.evaluate(() => {
          document.documentElement.setAttribute("data-print", window.job.kind);
          document.adoptedStyleSheets = window.job.sheets;
        });
        const made = await pdf(page, `${name}-${engine}`);
        await page.evaluate(() => {
          document.documentElement.removeAttribute("data-print");
          document.adoptedStyleSheets = [];
        });
        return made;
      };
      const body = await job("打印正文");
      const annex = await job("打印附表");
      assert.deepEqual(new Set(body.pages), new Set(["upright"]));
      assert.deepEqual(new Set(annex.pages), new Set(["lying"]));
      assert.deepEqual(wrong(texts, body.text + annex.text, () => 1), []);
      assert.deepEqual(wrong(figures, body.text + annex.text, often), []);
    });
  });
}

test("an empty report prints too", async () => {
  await withPage({ origin: "file" }, async ({ page }) => {
    await newReport(page);
    assert.match((await pdf(page, "empty")).text, /人员编制情况/);
  });
});
