// The whole job by the keyboard alone: from the first visit to the printer, and what is done with reports on 首页.
// At each step the focus is somewhere, and is seen.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { closeAll, download, withPage } from "./harness.mjs";
import { cell, verdict, writable } from "./pages.mjs";

after(closeAll);

/** Whoever works by the keyboard alone. */
function hands(page) {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return { name: "", lost: true, seen: false };
      const label = element.labels?.[0]?.innerText;
      const style = getComputedStyle(element);
      const cell = element.closest(".cell[data-focus]");
      // A segmented choice and a radio show the ring on what stands for them.
      const ring = (of) => of && getComputedStyle(of).outlineStyle !== "none";
      const seen =
        style.outlineStyle !== "none" || ring(cell) || ring(element.nextElementSibling) || style.boxShadow !== "none" || element.tagName === "MAIN";
      return { name: (element.getAttribute("aria-label") ?? label ?? element.innerText ?? "").trim(), lost: false, seen };
    });
  /** The focus is somewhere and seen; what it is on. */
  const held = async (step) => {
    // What takes something out of the page has a moment to say where the focus goes.
    await page.waitForTimeout(150);
    const at = await focused();
    assert.equal(at.lost, false, `${step}: the focus is somewhere`);
    assert.equal(at.seen, true, `${step}: the focus is seen on ${at.name}`);
    return at.name;
  };
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const tabTo = async (wanted, { back = false, most = 400 } = {}) => {
    for (let at = 0; at < most; at++) {
      const { name, lost, seen } = await focused();
      if (wanted.test(name)) return;
      assert.equal(lost || seen, true, `on the way to ${wanted} the focus is seen on ${name}`);
      await press(back ? "Shift+Tab" : "Tab");
    }
    assert.fail(`Tab does not reach ${wanted}`);
  };
  const type = (text) => page.keyboard.type(text);
  /** Opens 查找 and goes to the first hit. */
  const find = async (words) => {
    await press("Control+f");
    const box = page.getByRole("combobox", { name: "在整份报告里查找" });
    await box.waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
    await type(words);
    await page.getByText(/^找到 \d+ 处/).waitFor();
    await press("Enter");
    await box.waitFor({ state: "detached" });
    await held(`found ${words}`);
  };
  const heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor();
  return { focused, held, press, tabTo, type, find, heading };
}

const inGrid = (page) => page.evaluate(() => document.activeElement?.closest("[role=grid]") !== null);

/** A report is made, filled, checked and printed. */
test("from 新建 to the printer by the keyboard alone", async () => {
  const init = () => {
    window.print = () => {
      window.dispatchEvent(new Event("beforeprint"));
      window.paper = document.getElementById("print-root").textContent;
      window.dispatchEvent(new Event("afterprint"));
    };
  };
  await withPage({ init, context: { viewport: { width: 1280, height: 800 } } }, async ({ page }) => {
    const { held, press, tabTo, type, find, heading } = hands(page);

    // 新建 from a template: the dialog begins at its first question.
    await tabTo(/^新建自评报告$/);
    await press("Enter");
    await page.getByRole("dialog", { name: "新建自评报告" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "radio");
    await held("新建");
    await tabTo(/^单位全称/);
    await type("甲县科技局");
    await tabTo(/^评价年度/);
    await press("Control+a");
    await type("2023");
    await press("Enter");
    await heading("封面与基本信息");
    await writable(page);
    await held("a new report");

    // Cover and profile.
    await tabTo(/^去第一处没填的$/);
    await press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "field-profile-contact");
    await type("张三");
    await tabTo(/^联系电话/);
    await type("0797-1234567");
    await tabTo(/^填报日期/);
    await type("2024-3-15");
    await tabTo(/^主要职责与组织架构/);
    await type("负责全县科技工作。");
    await tabTo(/^下一节：人员编制/);
    await press("Enter");
    await heading("人员编制");
    await held("the next page");
    await page.getByText("必填 7 项，已填 0 项，还有 7 项没填。").waitFor();

    // A table: what is typed replaces, Tab goes on, Enter goes down to where the run of Tabs began.
    for (let at = 0; at < 60 && !(await inGrid(page)); at++) await press("Tab");
    await press("Control+Home");
    await type("20");
    await press("Tab");
    await type("18");
    await press("Enter");
    await type("5");
    await press("ArrowRight");
    await type("4");
    await press("Enter");
    assert.equal(await cell(page, "人员编制情况", "行政", "编制数").text(), "20");
    assert.equal(await inGrid(page), true);
    await held("a cell");
    await press("Escape");
    await held("out of the table");
    assert.equal(await inGrid(page), false);

    // A table without rows: the search leads to the offer of its first one.
    await find("项目支出明细");
    await heading("收支执行");
    await page.waitForFunction(() => /^添加项目$/.test(document.activeElement?.innerText.trim() ?? ""));
    await press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest("[role=grid]"));
    await type("高新技术企业奖补");
    await press("Tab");
    await type("100");
    await press("Enter");
    // Enter on the last row added one.
    const projects = page.getByRole("grid", { name: "项目支出明细", exact: true });
    assert.equal(await projects.locator("tbody tr[data-line^=r]").count(), 2);
    assert.equal(await inGrid(page), true);
    await press("Control+-");
    await page.waitForFunction(() => document.querySelectorAll('[aria-labelledby="table-T7"] tbody tr[data-line^=r]').length === 1);
    assert.equal(await held("a deleted row") !== "", true);
    assert.equal(await inGrid(page), true, "the row beside it has the focus");

    // The same row as a labelled form, where another is added and deleted.
    await press("Escape");
    await tabTo(/^表单视图$/, { back: true });
    await press("Enter");
    await held("表单视图");
    await tabTo(/^决算/);
    await type("88");
    await tabTo(/^添加项目$/);
    await press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest(".record"));
    await type("科普活动");
    await held("a row added in the form");
    await tabTo(/^删除这一行$/, { back: true });
    await press("Enter");
    await held("a row deleted in the form");
    await tabTo(/^返回表格$/);
    await press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest("[role=grid]"));
    // The name under the focus stands in its input; from the next cell the row is read by it.
    await press("ArrowRight");
    assert.match(await cell(page, "项目支出明细", "高新技术企业奖补", "决算").text(), /^88/);
    // The last row goes, and what was around it has the focus.
    await press("Control+-");
    await page.getByText("还没有项目").waitFor();
    await held("the last row deleted");
    await press("Control+z");
    await page.getByText("还没有项目").waitFor({ state: "detached" });
    await held("the last row is back");

    // Prose with a figure in it. In a table Ctrl+F would look through the table.
    await press("Escape");
    await find("预算及执行情况说明");
    await page.waitForFunction(() => document.activeElement?.id === "text-execution");
    await type("项目支出");
    await tabTo(/^插入数据/, { back: true });
    await press("Enter");
    await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
    await type("项目支出.年初预算");
    await press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "text-execution");
    assert.match(await page.locator("#text-execution").inputValue(), /^项目支出\{[^}]*年初预算[^}]*\}$/);
    await tabTo(/^插入数据/, { back: true });
    await press("Enter");
    await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
    await press("Escape");
    await held("插入数据 closed");
    await tabTo(/^预算及执行情况说明/);

    // Esc leaves 查找 to where one was, and gives the browser its own.
    await press("Control+f");
    await page.getByRole("dialog", { name: "查找" }).waitFor();
    await press("Escape");
    await page.getByRole("dialog", { name: "查找" }).waitFor({ state: "hidden" });
    await held("查找 left");
    const taken = () =>
      page.evaluate(
        () => !document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "f", ctrlKey: true, bubbles: true, cancelable: true })),
      );
    assert.equal(await taken(), false, "right after Esc the key is the browser's");
    assert.equal(await taken(), true, "afterwards it is the page's again");
    await press("Escape");
    await page.getByRole("dialog", { name: "查找" }).waitFor({ state: "hidden" });

    // 校验: to what is missing and back.
    await tabTo(/校验$/, { back: true });
    await press("Enter");
    await heading("校验");
    await held("校验");
    assert.match(await verdict(page), /处未核对|处错误/);
    await tabTo(/^去填：/);
    await press("Enter");
    await heading(/./);
    await page.waitForFunction(() => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName) || document.activeElement?.closest("[role=grid], section"));
    await held("a missing figure");

    // 自评表, then the preview and the printer.
    await tabTo(/^自评表$/, { back: true });
    await press("Enter");
    await heading("自评表");
    await held("自评表");
    await tabTo(/^预览与导出$/, { back: true });
    await press("Enter");
    await heading("预览与导出");
    await page.locator(".report").first().waitFor();
    await held("预览");
    await tabTo(/^导出网页报告$/);
    const html = await download(page, () => press("Enter"));
    assert.match(html.name, /\.html$/);
    await held("exported");
    await tabTo(/^打印$/);
    await press("Enter");
    assert.match(await page.evaluate(() => window.paper), /甲县科技局[\s\S]*高新技术企业奖补/);
    await held("printed");

    // What lies over the page closes to where one was.
    for (const [key, name] of [["F1", "帮助与关于"], ["Control+s", "保存"]]) {
      await press(key);
      await page.getByRole("dialog", { name }).waitFor();
      await held(name);
      await press("Escape");
      await page.getByRole("dialog", { name }).waitFor({ state: "hidden" });
      assert.equal(await held(`${name} closed`), "打印");
    }
  });
});

test("a finding is gone to and come back from by the keyboard alone", async () => {
  await withPage({ context: { viewport: { width: 1280, height: 800 } } }, async ({ page }) => {
    const { held, press, tabTo, heading } = hands(page);
    await tabTo(/打开示例/);
    await press("Enter");
    await heading("封面与基本信息");
    await writable(page);
    await held("the sample");
    await tabTo(/^看哪里对不上$/, { back: true });
    await press("Enter");
    await heading("校验");
    await page.waitForFunction(() => document.activeElement?.id === "main");
    for (let at = 0; at < 60 && !(await page.evaluate(() => document.activeElement.closest(".finding__places, .finding__actions"))); at++) {
      await press("Tab");
    }
    await press("Enter");
    await page.getByRole("link", { name: "回到校验" }).waitFor();
    await held("a place of a finding");
    await tabTo(/^回到校验$/, { back: true });
    await press("Enter");
    await heading("校验");
    await held("back at the finding");
    assert.equal(await page.evaluate(() => document.activeElement.closest(".finding") !== null), true);
  });
});

test("首页 by the keyboard alone: 复制, 结转, 删除, 恢复, 清除", async () => {
  await withPage({ context: { viewport: { width: 1280, height: 800 } } }, async ({ page }) => {
    const { held, press, tabTo, heading } = hands(page);
    const home = async () => {
      await tabTo(/^自评通$/, { back: true });
      await press("Enter");
      await heading("我的报告");
      await held("首页");
    };
    const command = async (name) => {
      await tabTo(/^更多：/);
      await press("Enter");
      await page.locator("[role=menuitem]:focus").waitFor();
      await tabToItem(name);
      await press("Enter");
    };
    const tabToItem = async (name) => {
      const item = page.getByRole("menuitem", { name });
      for (let at = 0; at < 6 && !(await item.evaluate((it) => it === document.activeElement)); at++) await press("ArrowDown");
    };
    const drafts = () => page.locator("main .drafts > li").count();
    await tabTo(/打开示例/);
    await press("Enter");
    await heading("封面与基本信息");
    await writable(page);
    await held("the sample");
    await home();
    await command("复制");
    await page.getByText("已复制").waitFor();
    assert.equal(await drafts(), 2);
    await held("复制");
    await command("结转到下一年度");
    await heading("封面与基本信息");
    await writable(page);
    await held("结转");
    await home();
    assert.equal(await drafts(), 3);
    for (let left = 2; left >= 0; left--) {
      await command("删除");
      await page.waitForFunction((count) => document.querySelectorAll("main .drafts > li").length === count, left);
      await held("删除");
    }
    await tabTo(/^回收站（3）$/);
    await press("Enter");
    await page.getByRole("dialog", { name: "回收站" }).waitFor();
    await tabTo(/^彻底删除/);
    await press("Enter");
    await held("彻底删除 asks");
    await tabTo(/^不删$/);
    await press("Enter");
    await held("不删");
    await tabTo(/^恢复/);
    await press("Enter");
    await held("恢复");
    await press("Escape");
    await page.getByRole("dialog", { name: "回收站" }).waitFor({ state: "hidden" });
    await held("回收站 closed");
    assert.equal(await drafts(), 1);
    await tabTo(/^清除本机全部数据$/);
    await press("Enter");
    await page.getByRole("dialog", { name: "清除本机全部数据" }).waitFor();
    await tabTo(/^全部清除$/);
    await press("Enter");
    await heading("部门整体支出绩效自评");
    await held("清除");
    await tabTo(/^新建自评报告$/, { back: true });
  });
});

test("side columns that lie over a narrow page take the focus, and Esc gives it back", async () => {
  await withPage({ context: { viewport: { width: 768, height: 900 } } }, async ({ page }) => {
    const { held, press, tabTo, heading } = hands(page);
    await tabTo(/打开示例/);
    await press("Enter");
    await heading("封面与基本信息");
    await writable(page);
    for (const [button, inside] of [["目录", "outline"], ["说明", "inspector"]]) {
      await tabTo(new RegExp(`^${button}$`), { back: button === "目录" });
      await press("Enter");
      await page.waitForFunction((id) => document.activeElement?.closest(`#${id}`), inside);
      await held(button);
      await press("Escape");
      await page.locator(`#${inside}`).waitFor({ state: "hidden" });
      assert.equal(await held(`${button} closed`), button);
    }
  });
});
