// 首页 and what keeps reports: new ones from a template, copies, the next year's, 回收站, and clearing all.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { axe, closeAll, download, started, withPage } from "./harness.mjs";
import { cell, content, goTo, openSample, writable } from "./pages.mjs";

after(closeAll);

const drafts = (page) => page.locator("main .drafts > li");
const names = (page) => drafts(page).locator(".draft__name").allInnerTexts();
const toHome = async (page) => {
  await page.getByRole("link", { name: "自评通" }).click();
  await page.locator(".home").waitFor();
};

/** Chooses a command of a draft's menu by the keyboard. */
async function command(page, at, name) {
  await drafts(page).nth(at).getByRole("button", { name: /^更多/ }).focus();
  await page.keyboard.press("ArrowDown");
  const item = page.getByRole("menuitem", { name });
  // The first item has the focus a frame after the menu opened.
  await page.locator("[role=menuitem]:focus").waitFor();
  for (let step = 0; step < 5 && !(await item.evaluate((it) => it === document.activeElement)); step++) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}

const exported = (page, at) => download(page, () => drafts(page).nth(at).getByRole("button", { name: /^导出/ }).click());

/** Opens the sample and goes back to 首页, where it is a draft. */
async function withSample(page) {
  await openSample(page);
  await toHome(page);
}

test("a draft is handed out without being opened, and a copy has the same content under another id", async () => {
  await withPage({}, async ({ page }) => {
    await withSample(page);
    const one = await exported(page, 0);
    assert.match(one.name, /^信丰县科学技术局-2021年度-绩效自评\.ziping\.json$/);
    await command(page, 0, "复制");
    await page.getByText("已复制").waitFor();
    assert.equal(await drafts(page).count(), 2);
    const both = [await exported(page, 0), await exported(page, 1)];
    both.forEach(({ text }) => assert.deepEqual(content(text), content(one.text)));
    const ids = both.map(({ text }) => JSON.parse(text).doc_id);
    assert.equal(new Set(ids).size, 2);
    assert.equal(ids.includes(JSON.parse(one.text).doc_id), true);
  });
});

test("结转: this year's figures become last year's, the rest waits to be filled in", async () => {
  await withPage({}, async ({ page }) => {
    await withSample(page);
    const old = JSON.parse((await exported(page, 0)).text);
    await command(page, 0, "结转到下一年度");
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    await page.getByText("已由2021年度报告结转").waitFor();
    assert.match(await page.locator(".bar__report-name").innerText(), /2022年度/);
    await goTo(page, "“三公”经费");
    assert.equal(await cell(page, "“三公”经费", "公务接待费", "决算").text(), "未填");
    await toHome(page);
    assert.deepEqual(await names(page), ["信丰县科学技术局 · 2022年度", "信丰县科学技术局 · 2021年度"]);
    const next = JSON.parse((await exported(page, 0)).text);
    assert.deepEqual(next.previous, { doc_id: old.doc_id, year: "2021" });
    assert.deepEqual(next.projects.map((row) => [row.id, row.name]), old.projects.map((row) => [row.id, row.name]));
    assert.deepEqual(next.projects.map((row) => row.last_outturn), old.projects.map((row) => row.outturn));
    assert.equal(next.profile.filled_on, null);
  });
});

test("a click on 删除 loses nothing: 撤销, 回收站, 恢复; 彻底删除 and 清空 ask once", async () => {
  await withPage({}, async ({ page }) => {
    await withSample(page);
    const before = await exported(page, 0);
    await command(page, 0, "删除");
    await page.getByRole("button", { name: "撤销" }).click();
    await drafts(page).first().waitFor();
    assert.equal(await drafts(page).count(), 1);
    await command(page, 0, "删除");
    await page.getByRole("button", { name: "回收站（1）" }).waitFor();
    await page.reload();
    await started(page);
    assert.equal(await drafts(page).count(), 0);
    await page.getByRole("button", { name: "回收站（1）" }).click();
    const dialog = page.getByRole("dialog", { name: "回收站" });
    assert.deepEqual(await axe(page), []);
    await dialog.getByRole("button", { name: /^恢复/ }).click();
    await dialog.waitFor({ state: "hidden" });
    const after = await exported(page, 0);
    assert.deepEqual(content(after.text), content(before.text));
    assert.equal(JSON.parse(after.text).doc_id, JSON.parse(before.text).doc_id);

    await command(page, 0, "删除");
    await page.getByRole("button", { name: "回收站（1）" }).click();
    await dialog.getByRole("button", { name: /^彻底删除/ }).click();
    await dialog.getByRole("button", { name: "不删" }).click();
    await dialog.getByRole("button", { name: "清空回收站" }).click();
    await dialog.getByText("1 份报告会永远删掉").waitFor();
    await dialog.getByRole("button", { name: "清空 1 份" }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.getByRole("button", { name: /回收站/ }).count(), 0);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  });
});

test("a damaged draft is downloaded and deleted alone", async () => {
  await withPage({}, async ({ page }) => {
    await withSample(page);
    await page.evaluate(() => localStorage.setItem("cn.ziping/draft/torn", '{"app":"ziping","schema":1}\n{'));
    await page.reload();
    await started(page);
    const bad = drafts(page).filter({ hasText: "打不开的草稿" });
    const raw = await download(page, () => bad.getByRole("button", { name: "下载原始内容" }).click());
    assert.equal(raw.text, '{"app":"ziping","schema":1}\n{');
    await bad.getByRole("button", { name: /^删除/ }).click();
    await bad.waitFor({ state: "hidden" });
    assert.deepEqual(await names(page), ["信丰县科学技术局 · 2021年度"]);
    await page.getByRole("button", { name: "回收站（1）" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "下载原始内容" }).waitFor();
  });
});

test("清除本机全部数据 names what goes, and takes that and nothing of other pages", async () => {
  await withPage({}, async ({ page }) => {
    await withSample(page);
    await command(page, 0, "复制");
    await drafts(page).nth(1).waitFor();
    await command(page, 0, "删除");
    await page.getByRole("button", { name: "回收站（1）" }).waitFor();
    await page.evaluate(() => localStorage.setItem("other", "kept"));
    await page.getByRole("button", { name: "清除本机全部数据" }).click();
    const dialog = page.getByRole("dialog", { name: "清除本机全部数据" });
    await dialog.getByText("1 份报告、 1 份回收站里的报告").waitFor();
    assert.deepEqual(await axe(page), []);
    await dialog.getByRole("button", { name: "不清除" }).click();
    assert.equal(await drafts(page).count(), 1);
    await page.getByRole("button", { name: "清除本机全部数据" }).click();
    await dialog.getByRole("button", { name: "全部清除" }).click();
    await page.getByRole("heading", { name: "部门整体支出绩效自评" }).waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["other"]);
  });
});

test("新建 asks for template, unit and year; another template later loses nothing and is one step", async () => {
  await withPage({}, async ({ page }) => {
    await page.getByRole("button", { name: "新建自评报告" }).click();
    const dialog = page.getByRole("dialog", { name: "新建自评报告" });
    await dialog.getByRole("radio", { name: /四川省/ }).check();
    await dialog.getByRole("textbox", { name: "单位全称" }).fill("甲县科技局");
    await dialog.getByRole("textbox", { name: "评价年度" }).fill("2023");
    assert.deepEqual(await axe(page), []);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    await writable(page);
    assert.equal(await page.locator(".bar__report-name").textContent(), "甲县科技局 · 2023年度");
    const outline = page.getByRole("navigation", { name: "报告目录" });
    assert.match(await outline.innerText(), /部门资金收支情况/);
    assert.doesNotMatch(await outline.innerText(), /资产/);
  });
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await goTo(page, "资产");
    await cell(page, "资产情况", "设备", "原值").type("12.34");
    await goTo(page, "封面与基本信息");
    await page.getByRole("button", { name: "换模板" }).click();
    const dialog = page.getByRole("dialog", { name: "换模板" });
    await dialog.getByRole("radio", { name: /四川省/ }).check();
    await dialog.getByText(/没有位置，会保留：.*资产情况/).waitFor();
    await dialog.getByRole("button", { name: "换模板" }).click();
    const outline = page.getByRole("navigation", { name: "报告目录" });
    await page.getByText("以下内容在本模板中没有位置，已保留").waitFor();
    assert.doesNotMatch(await outline.innerText(), /资产/);
    // What the template asks for of its own stands on the page of its section and prints on the cover.
    await page.getByLabel("财务负责人").fill("王会计");
    await goTo(page, "结转结余");
    await page.getByRole("heading", { level: 1, name: "结转结余" }).waitFor();
    await goTo(page, "预览与导出");
    await page.getByText("部门资金收支情况").first().waitFor();
    await page.locator(".report").getByText("王会计").first().waitFor();
    await page.keyboard.press("Control+z");
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    assert.equal(await page.getByLabel("财务负责人").inputValue(), "");
    await page.keyboard.press("Control+z");
    await goTo(page, "资产");
    await page.getByRole("heading", { level: 1, name: "资产" }).waitFor();
    assert.equal(await cell(page, "资产情况", "设备", "原值").text(), "12.34");
  });
});

test("查找 finds fields, rows out of view, prose and help over all pages, and leads there by the keyboard", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await page.keyboard.press("Control+f");
    const dialog = page.getByRole("dialog", { name: "查找" });
    const box = dialog.getByRole("combobox");
    await box.fill("高质量发展");
    await dialog.getByText("收支执行 · 项目支出明细").waitFor();
    assert.deepEqual(await axe(page), []);
    const chosen = dialog.getByRole("option", { selected: true });
    const wanted = /^高质量发展专项经费 · 项目/;
    for (let at = 0; at < 20 && !wanted.test(await chosen.innerText()); at++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "收支执行" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.closest("[role=grid]"));
    assert.match(await page.evaluate(() => document.activeElement.value ?? document.activeElement.innerText), /高质量发展/);
    // In a table the key is the table's.
    await page.keyboard.press("Control+f");
    await page.getByPlaceholder("在表内查找").waitFor();
    await page.keyboard.press("Escape");
    // By the button; what is a label or a help is found too, and one key down is the next hit.
    await page.getByRole("banner").getByRole("button", { name: "查找" }).click();
    await box.fill("与公章一致");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "field-profile-unit_name");
    await page.keyboard.press("Control+f");
    await box.fill("没有这样的话");
    await dialog.getByText("没有找到").waitFor();
    // A second time the key is the browser's.
    const taken = await page.evaluate(
      () => !document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "f", ctrlKey: true, bubbles: true, cancelable: true })),
    );
    assert.equal(taken, false);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });
});

test("查找: what a clerk types leads to the field, page, column or help, with the focus there", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    const dialog = page.getByRole("dialog", { name: "查找" });
    /** Goes to the first hit with this label. */
    const go = async (words, label) => {
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("Control+f");
      await dialog.getByRole("combobox").fill(words);
      const option = dialog.getByRole("option", { name: label }).first();
      await option.waitFor();
      await option.click();
      await dialog.waitFor({ state: "hidden" });
    };
    const cellNow = () => page.evaluate(() => document.activeElement?.closest("[role=grid] .cell") && document.querySelector(".inspector__name").innerText);
    // Printed with quotation marks, typed without.
    await go("三公经费", /^“三公”经费 ?打开这一页/);
    await page.getByRole("heading", { level: 1, name: "“三公”经费" }).waitFor();
    // A row and a column apart are a cell.
    await go("接待费 上年决算", /^公务接待费 · 上年决算/);
    await page.waitForFunction(() => document.activeElement?.closest("[role=grid]"));
    assert.match(await cellNow(), /公务接待费.*上年决算/);
    await go("编制数", /^编制数（一列）/);
    await page.getByRole("heading", { level: 1, name: "人员编制" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.closest("[role=grid]"));
    // A figure without a cell: its table has the focus.
    await go("奖补台账", /^奖补台账/);
    await page.waitForFunction(() => /^添加对象$/.test(document.activeElement?.innerText.trim() ?? ""));
    for (const [words, title] of [["打印", "打印和导出"], ["结转到下一年度", "复制、结转到下一年度"]]) {
      await go(words, new RegExp(`^${title}`));
      await page.getByRole("dialog", { name: "帮助与关于" }).waitFor();
      await page.waitForFunction((wanted) => document.activeElement?.innerText === wanted, title);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog", { name: "帮助与关于" }).waitFor({ state: "hidden" });
    }
    // From a table the whole report is one button away.
    await goTo(page, "收支执行");
    await cell(page, "项目支出明细", "高质量发展", "项目").focus();
    await page.keyboard.press("Control+f");
    await page.getByRole("button", { name: "查找整份报告" }).click();
    await dialog.getByRole("combobox").waitFor();
  });
});

test("a typed figure that equals one of the report becomes a reference by one click, which is one step", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await goTo(page, "收支执行");
    await cell(page, "项目支出明细", "高质量发展", "上年决算").type("4321.987");
    const text = page.getByRole("textbox", { name: "预算及执行情况说明" });
    const before = await text.inputValue();
    await text.fill(`${before}\n支出4321.987万元。`);
    await page.getByRole("heading", { level: 1 }).click();
    const offer = page.getByRole("listitem").filter({ hasText: "4321.987万元" });
    await offer.getByRole("button", { name: /改为引用/ }).first().click();
    assert.match(await text.inputValue(), /支出\{[^}]*上年决算\}。$/);
    await page.locator(".narrative__text", { hasText: "支出4,321.987万元。" }).waitFor();
    await page.keyboard.press("Control+z");
    assert.match(await text.inputValue(), /支出4321\.987万元。$/);
    await goTo(page, "校验");
    await page.getByText(/正文中的数字：引用 \d+，手填 \d+/).waitFor();
  });
});

test("a page says how much of what it must have is there, and leads to the first gap", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await page.getByText("必填 6 项，已填 3 项，还有 3 项没填。").waitFor();
    await page.getByRole("button", { name: "去第一处没填的" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "field-profile-contact");
    await page.keyboard.type("张三");
    await page.getByText("必填 6 项，已填 4 项，还有 2 项没填。").waitFor();
    // Outline and page say the same.
    const outline = page.getByRole("navigation", { name: "报告目录" });
    assert.match(await outline.getByRole("link", { name: "封面与基本信息" }).innerText(), /4\/6/);
    // A page on which nothing is required leads to its first field all the same.
    await goTo(page, "决算公开表");
    await page.getByText("没有必填项，如有则填。").waitFor();
    await page.getByRole("button", { name: "去第一处没填的" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "table-T19a");
    // What of the totals is missing is what the page says: 15 cells required, none of them begun.
    await goTo(page, "“三公”经费");
    await page.getByText(/^必填 15 项，已填 4 项，还有 11 项没填。/).waitFor();
    await page.getByText("另有 11 项未填").first().waitFor();
  });
});
