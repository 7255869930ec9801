// 校验: a sum is broken, seen at its cell, found in the list, explained, comes back with other values, and is printed.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { axe, closeAll, withPage } from "./harness.mjs";
import { cell, goTo, inspector, newReport, openSample, verdict, waitForVerdict } from "./pages.mjs";

after(closeAll);

const card = (page, ...words) =>
  words.reduce((found, word) => found.filter({ hasText: word }), page.getByRole("article")).first();

test("break a sum, leave the cell, go there from the list, explain it, change it, print the annex", async () => {
  await withPage({}, async ({ page }) => {
    await newReport(page);
    await goTo(page, "人员编制");
    for (const [row, posts] of [["行政", "8"], ["机关工勤", "1"], ["事业", "6"]]) {
      await cell(page, "人员编制情况", row, "编制数").type(posts);
    }
    const stated = cell(page, "人员编制情况", "上报合计", "编制数");
    // While the cell is being typed nothing speaks up.
    await stated.focus();
    await page.keyboard.type("16");
    assert.doesNotMatch(await verdict(page), /错误/);
    await page.keyboard.press("Enter");
    await waitForVerdict(page, "还有 1 处错误");
    await stated.focus();
    assert.equal(await (await stated.locator()).getAttribute("data-finding"), "error");
    assert.match(await inspector(page), /上报 16，各项相加 15，相差 1/);

    await page.locator(".verdict").click();
    await page.getByRole("heading", { level: 1, name: "校验" }).waitFor();
    const found = card(page, "各项相加 15");
    await found.getByRole("button", { name: /上报编制数/ }).click();
    await page.getByRole("heading", { level: 1, name: "人员编制" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.value === "16");
    await page.getByRole("link", { name: "回到校验" }).click();
    await found.waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent.includes("各项相加 15"));

    // A promise is no correction.
    await found.getByRole("button", { name: "已改正" }).click();
    await found.getByText("重新核对仍不一致").waitFor();
    assert.match(await verdict(page), /还有 1 处错误/);

    await found.getByRole("button", { name: "情况说明" }).click();
    await found.getByRole("button", { name: "保存" }).click();
    await found.getByText("请写明原因").waitFor();
    await found.getByLabel("情况说明").fill("1 名编制待批复。");
    await found.getByRole("button", { name: "保存" }).click();
    await found.getByText("1 名编制待批复。").waitFor();
    assert.doesNotMatch(await verdict(page), /错误/);
    await page.getByText("1 项已说明。").waitFor();
    assert.deepEqual(await axe(page), []);

    await page.keyboard.press("Control+z");
    await waitForVerdict(page, "还有 1 处错误");
    await page.keyboard.press("Control+y");
    await page.waitForFunction(() => !/错误/.test(document.querySelector(".verdict").textContent));

    await goTo(page, "人员编制");
    await stated.type("17");
    await waitForVerdict(page, "还有 1 处错误");
    await goTo(page, "校验");
    await page.getByText("1 项已说明，其中 1 项数值已变。").waitFor();
    const back = card(page, "各项相加 15");
    await back.getByText("数值已变").waitFor();
    await back.getByRole("button", { name: "沿用原说明" }).click();
    await page.waitForFunction(() => !/错误/.test(document.querySelector(".verdict").textContent));

    await goTo(page, "预览与导出");
    const annex = page.locator("table").filter({ hasText: "处理意见" });
    await annex.first().waitFor();
    const printed = await annex.first().innerText();
    assert.match(printed, /DF-23/);
    assert.match(printed, /情况说明（.*）：1 名编制待批复。/);

    // Corrected in truth: the finding is gone and said to be so.
    await goTo(page, "人员编制");
    await stated.type("15");
    await goTo(page, "校验");
    await page.getByText("已改正，重新核对一致。").waitFor();
  });
});

test("a finding of the prose is explained like one of the tables, and comes back with another figure", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await goTo(page, "收支执行");
    const text = page.getByLabel("预算及执行情况说明");
    const checked = () => page.getByText("正文核对中").first().waitFor({ state: "hidden" });
    await text.fill("本年安排高质量发展专项经费1173万元。");
    await text.blur();
    await checked();
    const errors = async () => Number((await verdict(page)).match(/(\d+) 处错误/)?.[1]);
    const before = await errors();
    await goTo(page, "校验");
    const told = card(page, "文中 1173万元", "预算及执行情况说明");
    await told.getByRole("button", { name: "情况说明", exact: true }).click();
    await told.getByRole("textbox", { name: "情况说明" }).fill("含上年结转60万元。");
    await told.getByRole("button", { name: "保存" }).click();
    await told.getByText("含上年结转60万元。").waitFor();
    await page.getByText(/。1 项已说明。/).waitFor();
    assert.equal(await errors(), before - 1);
    // Filters are for all findings alike.
    await page.getByLabel("状态").selectOption({ label: "已处理" });
    assert.equal(await page.getByRole("article").count(), 1);
    await page.getByLabel("状态").selectOption({ label: "全部" });
    await told.getByRole("button", { name: /预算及执行情况说明：/ }).click();
    await text.waitFor();
    await page.getByRole("link", { name: "回到校验" }).click();
    await page.waitForFunction(() => document.activeElement?.textContent.includes("文中 1173万元"));
    assert.deepEqual(await axe(page), []);

    await goTo(page, "预览与导出");
    const annex = page.locator("table").filter({ hasText: "处理意见" }).first();
    await annex.waitFor();
    assert.match(await annex.innerText(), /情况说明（.*）：含上年结转60万元。/);

    await goTo(page, "收支执行");
    await text.fill("本年安排高质量发展专项经费1175万元。");
    await text.blur();
    await checked();
    assert.equal(await errors(), before);
    await goTo(page, "校验");
    await page.getByText("1 项已说明，其中 1 项数值已变。").waitFor();
    await card(page, "文中 1175万元").getByText("数值已变").waitFor();
  });
});

test("checks of tables that nobody filled in are named as not applying", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await goTo(page, "校验");
    await page.getByText(/^收支、结转、人员和资产：一致/).click();
    const names = page.getByRole("region", { name: "收支、结转、人员和资产" });
    for (const id of ["DF-06", "DF-07", "DF-08", "DF-09", "DF-10", "DF-11", "DF-13"]) {
      const row = names.getByRole("row").filter({ hasText: `${id} ` });
      assert.match(await row.innerText(), /不适用：/, id);
    }
  });
});

test("the list is filtered by weight, section and state; what is missing and what was checked is named", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await goTo(page, "校验");
    const groups = () => page.getByRole("heading", { level: 2 }).allInnerTexts();
    assert.ok((await groups()).some((words) => /^错误 \d+ 处/.test(words)), String(await groups()));
    await page.getByLabel("级别").selectOption({ label: "提示" });
    assert.ok((await groups()).every((words) => !/^错误/.test(words)));
    await page.getByLabel("级别").selectOption({ label: "全部" });
    await page.getByLabel("章节").selectOption({ label: "人员编制" });
    assert.equal(await page.getByRole("article").filter({ hasText: "DF-23" }).count(), 1);
    assert.equal(await page.getByRole("article").filter({ hasText: "DF-12" }).count(), 0);
    await page.getByLabel("状态").selectOption({ label: "已处理" });
    await page.getByText("按这样筛选，没有要看的。").waitFor();
    await page.getByLabel("章节").selectOption({ label: "全部" });
    await page.getByLabel("状态").selectOption({ label: "全部" });
    const gap = card(page, "“三公”经费的“决算”：4 项未填");
    await gap.getByText(/因此有 \d+ 处没有核对/).click();
    assert.match(await gap.innerText(), /SG-01/);
    await page.getByText(/^收支、结转、人员和资产：一致/).click();
    assert.match(await page.getByRole("region", { name: "收支、结转、人员和资产" }).innerText(), /DF-15/);
    assert.deepEqual(await axe(page), []);
  });
});
