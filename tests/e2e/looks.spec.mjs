// Every screen for everybody: what axe finds, what fits, what the keyboard reaches.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { axe, closeAll, withPage } from "./harness.mjs";
import { goTo, openSample } from "./pages.mjs";

after(closeAll);

const SCREENS = [
  "封面与基本信息", "人员编制", "资产", "目标任务", "绩效目标", "预算绩效管理", "收支执行", "“三公”经费", "政府采购",
  "履职完成", "履职效果", "满意度", "主要问题", "改进措施", "结果应用与公开", "校验", "预览与导出",
];

for (const [width, colorScheme] of [[1280, "light"], [768, "dark"]]) {
  test(`axe finds nothing at ${width}, ${colorScheme}, and no screen is wider than the window`, async () => {
    await withPage({ context: { viewport: { width, height: 900 }, colorScheme } }, async ({ page }) => {
      const check = async (name) => {
        assert.deepEqual(await axe(page), [], name);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        assert.equal(wide, false, `${name} fits`);
      };
      await check("首页, first visit");
      await openSample(page);
      for (const name of SCREENS) {
        await goTo(page, name);
        await page.waitForTimeout(150);
        await check(name);
      }
      await page.keyboard.press("F1");
      await page.getByRole("dialog").waitFor();
      await check("帮助");
      await page.keyboard.press("Escape");
      await page.goto(page.url().replace(/#.*/, "#/"));
      await page.getByRole("heading", { name: "我的报告" }).waitFor();
      await check("首页");
    });
  });
}

test("at 200 % zoom of 1280 every page still fits", async () => {
  await withPage({ context: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } }, async ({ page }) => {
    await openSample(page);
    for (const name of ["人员编制", "收支执行", "校验", "预览与导出"]) {
      await goTo(page, name);
      await page.waitForTimeout(100);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(wide, false, name);
    }
  });
});

test("the keyboard alone leads from the first visit to a filled cell", async () => {
  await withPage({}, async ({ page }) => {
    const press = async (key, times = 1) => {
      for (let at = 0; at < times; at++) await page.keyboard.press(key);
    };
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        return element === document.body ? "" : element.innerText || element.getAttribute("aria-label");
      });
    for (let at = 0; at < 20 && !/打开示例/.test((await focused()) ?? ""); at++) await press("Tab");
    assert.match(await focused(), /打开示例/);
    await press("Enter");
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    for (let at = 0; at < 60 && !/^人员编制/.test((await focused()) ?? ""); at++) await press("Tab");
    await press("Enter");
    await page.getByRole("heading", { level: 1, name: "人员编制" }).waitFor();
    for (let at = 0; at < 60 && !(await page.evaluate(() => !!document.activeElement?.closest("[role=grid]"))); at++) await press("Tab");
    await press("ArrowDown");
    await press("ArrowRight");
    await page.keyboard.type("9");
    await press("Enter");
    const grid = await page.getByRole("grid", { name: "人员编制情况" }).innerText();
    assert.match(grid, /9/);
    // Tab leaves the table in the end.
    for (let at = 0; at < 60 && (await page.evaluate(() => !!document.activeElement?.closest('[aria-labelledby="table-T1"] [role=grid], [role=grid][aria-labelledby="table-T1"]'))); at++) await press("Tab");
    assert.equal(await page.evaluate(() => !!document.activeElement?.closest('[role=grid][aria-labelledby="table-T1"]')), false);
  });
});
