// Every screen for everybody: what axe finds, what fits, what the keyboard reaches.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { axe, closeAll, dropFile, pasteInto, withPage } from "./harness.mjs";
import { cell, goTo, newReport, openSample } from "./pages.mjs";

after(closeAll);

const SCREENS = [
  "封面与基本信息", "人员编制", "资产", "目标任务", "绩效目标", "预算绩效管理", "收支执行", "“三公”经费", "政府采购", "决算公开表",
  "履职完成", "履职效果", "满意度", "主要问题", "改进措施", "结果应用与公开", "自评表", "校验", "预览与导出",
];

/** What lies over a report: the key that opens it, and its name. */
const OVER = [["F1", "帮助与关于"], ["Control+s", "保存"], ["Control+f", "查找"]];

/** Shows every screen and state once: first visit, pages, what lies over them, 首页 with drafts. */
async function everywhere(page, look) {
  await look("首页, first visit");
  await page.getByRole("button", { name: "新建自评报告" }).click();
  await page.getByRole("dialog", { name: "新建自评报告" }).waitFor();
  await look("新建");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "新建自评报告" }).waitFor({ state: "hidden" });
  await page.getByRole("link", { name: /^数字体检/ }).click();
  await page.getByRole("heading", { level: 1, name: "数字体检" }).waitFor();
  await look("数字体检");
  await page.getByRole("link", { name: "自评通" }).click();
  await openSample(page);
  for (const name of SCREENS) {
    await goTo(page, name);
    await page.locator("main h1, main h2, main .preview__title").first().waitFor();
    await page.waitForTimeout(150);
    await look(name);
  }

  await goTo(page, "人员编制");
  await cell(page, "人员编制情况", "上报合计", "编制数").focus();
  await page.locator(".inspector .finding").first().waitFor({ state: "attached" });
  await look("a cell with a finding, explained");
  const block = page.locator("section").filter({ has: page.getByRole("grid", { name: "在职人员按学历", exact: true }) });
  await block.getByRole("button", { name: "表单视图" }).click();
  await look("one row as a form");
  await page.getByRole("button", { name: "返回表格" }).click();
  await page.getByRole("button", { name: "插入数据" }).click();
  await look("the list of data");
  await page.keyboard.press("Escape");

  await goTo(page, "收支执行");
  await cell(page, "项目支出明细", "高质量发展专项经费", "项目").focus();
  await pasteInto(page, "序号\t项目\t决算\n1\t甲\t7\n2\t乙\tx\n");
  await page.getByRole("dialog").waitFor();
  await look("what will be pasted");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });

  await dropFile(page, "note.txt", "hello");
  await page.getByRole("alert").waitFor();
  await look("a file that was refused");
  await page.getByRole("button", { name: "关闭这条消息" }).click();
  await goTo(page, "封面与基本信息");
  for (const [key, name] of OVER) {
    await page.keyboard.press(key);
    await page.getByRole("dialog", { name }).waitFor();
    if (name === "查找") {
      await page.getByRole("combobox", { name: "在整份报告里查找" }).fill("三公经费");
      await page.getByText(/^找到 \d+ 处/).waitFor();
    }
    await look(name);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name }).waitFor({ state: "hidden" });
  }
  await page.getByRole("button", { name: "换模板" }).click();
  await page.getByRole("dialog", { name: "换模板" }).waitFor();
  await look("换模板");
  await page.keyboard.press("Escape");
  const wide = page.getByRole("banner").getByRole("button", { name: "版本" });
  if (await wide.isVisible()) {
    await wide.click();
  } else {
    await page.getByRole("banner").getByRole("button", { name: "更多" }).click();
    await page.getByRole("menuitem", { name: "版本" }).click();
  }
  await page.getByRole("dialog", { name: "版本" }).waitFor();
  await look("版本");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "版本" }).waitFor({ state: "hidden" });
  await goTo(page, "自评表");
  await page.getByRole("button", { name: "选用模板" }).click();
  await page.getByText(/^总分/).first().waitFor();
  await look("自评表 with its indicators");
  await page.goto(page.url().replace(/#.*/, "#/"));
  await page.getByRole("heading", { name: "我的报告" }).waitFor();
  await look("首页 with a draft");
}

const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

// Colours differ between light and dark, all else between widths: two full looks and two at the colours.
for (const [width, colorScheme, rules] of [
  [1280, "light", undefined],
  [768, "dark", undefined],
  [1280, "dark", ["color-contrast"]],
  [768, "light", ["color-contrast"]],
]) {
  test(`${width}, ${colorScheme}: axe finds nothing${rules ? " of colours" : ""}, and no screen is wider than the window`, async () => {
    await withPage({ context: { viewport: { width, height: 900 }, colorScheme } }, async ({ page }) => {
      await everywhere(page, async (name) => {
        assert.deepEqual(await axe(page, rules), [], name);
        assert.equal(await tooWide(page), false, `${name} fits`);
      });
    });
  });
}

// 640 is 1280 at 200 % zoom, 390 a phone.
for (const [width, height, deviceScaleFactor] of [[1024, 768, 1], [640, 450, 2], [390, 844, 2]]) {
  for (const [which, open] of [["filled", openSample], ["empty", newReport]]) {
    test(`${width}: every screen of a report that is ${which} fits, and of the bar the whole verdict and the save state are seen`, async () => {
      await withPage({ context: { viewport: { width, height }, deviceScaleFactor } }, async ({ page }) => {
        assert.equal(await tooWide(page), false, "首页, first visit");
        await open(page);
        for (const name of SCREENS) {
          await goTo(page, name);
          await page.waitForTimeout(50);
          assert.equal(await tooWide(page), false, name);
        }
        const cut = await page.locator(".verdict, .save, .bar__report-name").evaluateAll((all) =>
          all.filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > window.innerWidth).map((one) => one.textContent),
        );
        assert.deepEqual(cut, [], "the bar says all that it says");
        await page.keyboard.press("F1");
        await page.getByRole("dialog", { name: "帮助与关于" }).waitFor();
        assert.equal(await tooWide(page), false, "帮助");
        await page.keyboard.press("Escape");
        await page.goto(page.url().replace(/#.*/, "#/"));
        await page.getByRole("heading", { name: "我的报告" }).waitFor();
        assert.equal(await tooWide(page), false, "首页 with a draft");
      });
    });
  }
}

test("a figure in a table is never cut short", async () => {
  await withPage({ context: { viewport: { width: 1280, height: 800 } } }, async ({ page }) => {
    await openSample(page);
    for (const name of ["人员编制", "收支执行", "“三公”经费"]) {
      await goTo(page, name);
      await page.locator(".grid .cell").first().waitFor();
      const cut = await page
        .locator(".grid .cell:not(.cell--text):not(.cell--choice)")
        .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent));
      assert.deepEqual(cut, [], name);
    }
  });
});

test("the preview leaves nothing in the bar that does nothing", async () => {
  await withPage({ context: { viewport: { width: 1280, height: 800 } } }, async ({ page }) => {
    await newReport(page);
    await goTo(page, "预览与导出");
    await page.locator(".report").first().waitFor();
    assert.equal(await page.getByRole("banner").getByRole("button", { name: "说明", exact: true }).count(), 0);
  });
});

test("in running text no line begins with a mark that ends a clause", async () => {
  await withPage({ context: { viewport: { width: 1280, height: 800 } } }, async ({ page }) => {
    await openSample(page);
    for (const name of ["人员编制", "收支执行", "“三公”经费"]) {
      await goTo(page, name);
      await page.locator(".narrative__text").first().waitFor();
      const wrong = await page.locator(".narrative__text").evaluateAll((paragraphs) =>
        paragraphs.flatMap((paragraph) => {
          const found = [];
          const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(), line; node; node = walker.nextNode()) {
            for (let at = 0; at < node.length; at++) {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const { bottom } = range.getBoundingClientRect();
              if (line !== undefined && bottom - line > 10 && "，。；、）”".includes(node.data[at])) {
                found.push(paragraph.textContent.slice(0, 20) + "…" + node.data.slice(at, at + 5));
              }
              line = bottom;
            }
          }
          return found;
        }),
      );
      assert.deepEqual(wrong, [], name);
    }
  });
});

test("the keyboard alone leads from the first visit to a filled cell and to the printer", async () => {
  const init = () => {
    window.print = () => {
      window.dispatchEvent(new Event("beforeprint"));
      window.paper = document.getElementById("print-root").textContent;
      window.dispatchEvent(new Event("afterprint"));
    };
  };
  await withPage({ init }, async ({ page }) => {
    const named = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        return element === document.body ? "" : (element.innerText || element.getAttribute("aria-label") || "").trim();
      });
    const tabTo = async (wanted) => {
      for (let at = 0; at < 160 && !wanted.test(await named()); at++) await page.keyboard.press("Tab");
      assert.match(await named(), wanted);
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none", "the focus is seen");
    };
    const inTable = () => page.evaluate(() => document.activeElement?.closest("[role=grid]") !== null);
    const tabUntil = async (reached) => {
      for (let at = 0; at < 80 && !(await reached()); at++) await page.keyboard.press("Tab");
      assert.equal(await reached(), true);
    };
    await tabTo(/打开示例/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    await tabTo(/^人员编制/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "人员编制" }).waitFor();
    await tabUntil(inTable);
    // From the table's first cell, wherever it let the focus in.
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.type("5");
    await page.keyboard.press("Enter");
    assert.equal(await cell(page, "人员编制情况", "机关工勤", "编制数").text(), "5");
    await tabUntil(async () => !(await inTable()));
    await page.keyboard.press("Control+Home");
    // Round the page to the bar.
    await page.evaluate(() => document.activeElement.blur());
    await tabTo(/^打印$/);
    await page.keyboard.press("Enter");
    assert.match(await page.evaluate(() => window.paper), /信丰县科学技术局[\s\S]*机关工勤/);
  });
});
