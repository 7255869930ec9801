// Drafts under trouble: a page that stops on any screen, two windows over a large report, a crash seen from 首页, texts
// that were set aside, a browser without a database.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { axe, closeAll, download, started, until, withPage } from "./harness.mjs";
import { cell, content, exported, goTo, openLarge, openSample, writable } from "./pages.mjs";

after(closeAll);

const contact = (page) => page.getByLabel("联系人");

async function type(page, text) {
  await contact(page).fill(text);
  await contact(page).blur();
}

const home = async (page) => {
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("heading", { name: "我的报告" }).waitFor();
};

/** What a panic looks like from outside: its message on the console, then a trap that nobody catches. */
async function panic(page) {
  await page.evaluate(() => {
    console.error("panicked at src/forced.rs:1:1:\nforced");
    setTimeout(() => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
  });
  await page.getByRole("alertdialog").waitFor();
}

const handedOver = async (page) => download(page, () => page.getByRole("button", { name: "下载最近草稿" }).click());

async function reload(page) {
  await page.getByRole("button", { name: "重新载入" }).click();
  await started(page);
}

/** Calls `act` with the draft's key and text in localStorage, in the page. */
const withDraft = (page, act, argument) =>
  page.evaluate(
    ([source, given]) => {
      const key = Object.keys(localStorage).find((one) => one.startsWith("cn.ziping/draft/"));
      return new Function("key", "text", "given", source)(key, localStorage.getItem(key), given);
    },
    [act, argument],
  );

/** Waits until the journal has a record that says this. */
const recorded = (page, text) =>
  until(
    page,
    (wanted) =>
      new Promise((resolve) => {
        const request = indexedDB.open("cn.ziping");
        request.onsuccess = () => {
          const asked = request.result.transaction("records").objectStore("records").getAll();
          asked.onsuccess = () => {
            request.result.close();
            resolve(asked.result.some((one) => one.includes(wanted)));
          };
        };
      }),
    text,
  );

test("a page that stops on any screen hands the draft over, and after a restart nothing older than 100 ms is missing", async () => {
  await withPage({ allow: [/forced|unreachable/] }, async ({ page }) => {
    await openSample(page);
    const report = page.url().replace(/\/[^/]*$/, "");
    const links = page.getByRole("navigation", { name: "报告目录" }).getByRole("link");
    const screens = await links.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.ok(screens.length > 15 && ["/score", "/findings", "/preview", "#/check"].every((end) => screens.some((one) => one.endsWith(end))), screens.join());
    for (const [at, screen] of [...new Set([...screens, "#/"])].entries()) {
      const said = `停在第${at}处`;
      await type(page, said);
      const typed = Date.now();
      await page.evaluate((hash) => (location.hash = hash), screen);
      await page.waitForTimeout(Math.max(0, 100 - (Date.now() - typed)));
      await panic(page);
      const { name, text } = await handedOver(page);
      assert.match(name, /^信丰县科学技术局-2021-草稿\.ziping\.json$/);
      assert.equal(JSON.parse(text).profile.contact, said, `handed over on ${screen}`);
      await reload(page);
      await page.goto(`${report}/basics`);
      await contact(page).waitFor();
      await writable(page);
      assert.equal(await contact(page).inputValue(), said, `after a restart on ${screen}`);
    }
  });
});

test("what a stopped page hands over has every kind of change, typed right before", async () => {
  await withPage({ allow: [/forced|unreachable/] }, async ({ page }) => {
    await openSample(page);
    // From here on localStorage takes nothing: the journal alone has what follows.
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {};
    });
    await type(page, "换了人");
    await goTo(page, "收支执行");
    const grid = page.getByRole("grid", { name: "项目支出明细", exact: true });
    const name = (line) => grid.locator(`tr[data-line=${line}] > th, tr[data-line=${line}] > td`).nth(1);
    const press = async (line, ...keys) => {
      await name(line).click();
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("r28ecuk5wau", "Enter");
    await page.keyboard.type("新项目");
    await page.keyboard.press("Enter");
    await press("rvhgxp2n5vg", "Alt+ArrowUp");
    await press("r94594ygafu", "Control+Shift++");
    await press("rq39n2cbv2z", "Control+-");
    await press("r68zg82wuw4", "Control+-", "Control+z");
    await cell(page, "收入情况", "一般公共预算", "决算").type("13.5");
    await page.waitForTimeout(100);
    await panic(page);
    const { text } = await handedOver(page);
    await reload(page);
    await page.locator("main h1").waitFor();
    await writable(page);
    const kept = await exported(page);
    // Cells that are not filled in may be absent in what is handed over.
    const bare = (json) => JSON.parse(JSON.stringify(content(json)), (_, value) => (value === null ? undefined : value));
    assert.deepEqual(bare(text), bare(kept.text));
    assert.match(text, /新项目/);
    assert.match(text, /13\.5/);
  });
});

test("two windows over a large report: the second follows, takes over, and the first follows", async () => {
  await withPage({}, async ({ page, context }) => {
    await openSample(page);
    await openLarge(page);
    const second = await context.newPage();
    await second.goto(page.url());
    await started(second);
    await second.getByText("正在另一个窗口里编辑").waitFor();
    const says = (window, text) => window.waitForFunction((wanted) => document.querySelector('input[id$="contact"]').value === wanted, text);
    for (const text of ["甲一", "甲二"]) {
      await type(page, text);
      await says(second, text);
    }
    await second.getByRole("button", { name: "接管编辑" }).click();
    await page.getByText("正在另一个窗口里编辑").waitFor();
    await second.waitForFunction(() => document.querySelector('input[id$="contact"]')?.readOnly === false);
    assert.equal(await contact(second).inputValue(), "甲二");
    for (const text of ["乙一", "乙二"]) {
      await type(second, text);
      await says(page, text);
    }
    assert.equal(await page.getByText("没有存进草稿").count(), 0);
  });
});

test("a window that lost the draft unawares keeps its changes in sight, and overwrites nothing", async () => {
  // Neither locks nor channels: both believe that they write, and the stored draft alone decides.
  const init = () => {
    Object.defineProperty(navigator, "locks", { value: undefined });
    window.BroadcastChannel = function () {
      throw new Error("none");
    };
  };
  await withPage({ init }, async ({ page, context }) => {
    await openSample(page);
    const second = await context.newPage();
    await second.addInitScript(init);
    await second.goto(page.url());
    await started(second);
    await writable(second);
    await type(second, "后来的");
    await second.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
    await type(page, "先来的");
    await page.getByRole("alert").filter({ hasText: "最后的改动没有存进草稿" }).waitFor();
    await type(second, "后来的又改");
    await second.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
    await page.waitForTimeout(500);
    assert.equal(await contact(page).inputValue(), "先来的");
    const banner = page.getByRole("alert").filter({ hasText: "最后的改动没有存进草稿" });
    const { text } = await download(page, () => banner.getByRole("button", { name: "导出数据文件" }).click());
    assert.equal(JSON.parse(text).profile.contact, "先来的");
    await second.reload();
    await started(second);
    await writable(second);
    assert.equal(await contact(second).inputValue(), "后来的又改");
  });
});

test("复制, 导出, 结转 and 删除 on 首页 take the last change, also where only the journal has it", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    const before = await withDraft(page, "return text");
    const crash = async (text) => {
      await type(page, text);
      await recorded(page, text);
      await page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
      await home(page);
      await withDraft(page, "localStorage.setItem(key, given)", before);
    };
    await crash("只在修改记录里");
    const line = page.getByRole("listitem").filter({ hasText: "信丰县科学技术局" });
    const { text } = await download(page, () => line.getByRole("button", { name: /^导出/ }).click());
    assert.equal(JSON.parse(text).profile.contact, "只在修改记录里");
    const menu = async (item) => {
      await line.first().getByRole("button", { name: /^更多/ }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    await menu("删除");
    await page.getByRole("button", { name: "撤销" }).click();
    await line.getByRole("link", { name: /^打开/ }).click();
    await contact(page).waitFor();
    await writable(page);
    assert.equal(await contact(page).inputValue(), "只在修改记录里");
    await crash("又一次");
    await menu("复制");
    await page.getByText("已复制").waitFor();
    assert.equal(await line.count(), 2);
    const texts = await page.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.startsWith("cn.ziping/draft/")).map((key) => localStorage.getItem(key)),
    );
    assert.equal(texts.filter((one) => one.includes("又一次")).length, 1);
  });
});

test("the text of a damaged draft is set aside: it can be downloaded, and deleted alone", async () => {
  await withPage({}, async ({ page, address }) => {
    await openSample(page);
    await type(page, "没有损坏");
    await recorded(page, "没有损坏");
    await page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
    const report = page.url();
    await home(page);
    const torn = await withDraft(page, 'localStorage.setItem(key, text.replace("没有损坏", "已经损坏")); return localStorage.getItem(key)');
    await page.goto("about:blank");
    await page.goto(report);
    await started(page);
    await page.getByText("“打不开的内容”里可以下载").waitFor();
    await page.goto("about:blank");
    await page.goto(address);
    await started(page);
    await page.getByRole("button", { name: "打不开的内容（1）" }).click();
    const dialog = page.getByRole("dialog", { name: "打不开的内容" });
    assert.deepEqual(await axe(page), []);
    const { text } = await download(page, () => dialog.getByRole("button", { name: /^下载 信丰县科学技术局/ }).click());
    assert.equal(text, torn);
    await dialog.getByRole("button", { name: /^删除 / }).click();
    await dialog.getByRole("button", { name: "删掉" }).click();
    await dialog.waitFor({ state: "detached" }).catch(() => {});
    assert.equal(await page.getByRole("button", { name: /^打不开的内容/ }).count(), 0);
    await page.getByRole("link", { name: /^打开 信丰县/ }).click();
    await contact(page).waitFor();
    assert.equal(await contact(page).inputValue(), "没有损坏");
  });
});

test("without a database the page says that there are no versions, and why", async () => {
  const init = () => {
    indexedDB.constructor.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  };
  await withPage({ init }, async ({ page }) => {
    await openSample(page);
    await page.getByRole("banner").getByRole("button", { name: "版本" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("这里没有版本").waitFor();
    assert.deepEqual(await axe(page), []);
    assert.equal(await dialog.getByRole("button", { name: "保存为版本" }).count(), 0);
  });
});

test("where nothing can be saved, a narrow window still offers 导出, and a page on a disk says where its drafts are", async () => {
  const full = () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  };
  await withPage({ origin: "file", context: { viewport: { width: 768, height: 800 } } }, async ({ page }) => {
    await openSample(page);
    await page.evaluate(full);
    await type(page, "存不上");
    await page.getByText("草稿没有存上").waitFor();
    const bar = await page.getByRole("banner").boundingBox();
    for (const button of await page.getByRole("banner").getByRole("button").all()) {
      const box = await button.boundingBox();
      if (box) assert.ok(box.x >= 0 && box.x + box.width <= bar.width, `${await button.innerText()} ends at ${box.x + box.width}`);
    }
    await home(page);
    await page.getByText("现在是用文件方式打开的").waitFor();
  });
});
