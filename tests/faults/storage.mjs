// Stores that are full, denied, emptied, damaged or lying: the work stays, and the page says so in words.

import assert from "node:assert/strict";
import { download, started, until, withPage } from "../e2e/harness.mjs";
import { exported, openLarge, openSample, writable } from "../e2e/pages.mjs";

const contactOf = (json) => JSON.parse(json).profile.contact;

/** Types a contact and leaves the field. */
async function type(page, text) {
  await page.getByLabel("联系人").fill(text);
  await page.getByLabel("联系人").blur();
}

const saved = (page) => page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));

/** Opens the page anew on what is stored and reads the contact. */
async function reopened(page) {
  await page.reload();
  await started(page);
  await page.getByLabel("联系人").waitFor();
  await writable(page);
  return page.getByLabel("联系人").inputValue();
}

/** Waits until the journal has a record or a whole text that says this. */
const journalled = (page, text) =>
  until(
    page,
    (wanted) =>
      new Promise((resolve) => {
        const request = indexedDB.open("cn.ziping");
        request.onsuccess = () => {
          const act = request.result.transaction(["texts", "records"]);
          const all = ["texts", "records"].map((name) => act.objectStore(name).getAll());
          act.oncomplete = () => {
            request.result.close();
            resolve(all.some((found) => found.result.some((one) => one.includes(wanted))));
          };
        };
      }),
    text,
  );

/** Runs in the page: every write of localStorage is dropped and answered as if it had been done. */
const lie = () => {
  Storage.prototype.setItem = () => {};
};
const withoutLocks = (keep) => {
  if (!keep) Object.defineProperty(navigator, "locks", { value: undefined });
};
const full = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "AnyNameWillDo");
  };
};
const deniedLocal = () => {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
};
const deniedDatabase = () => {
  indexedDB.constructor.prototype.open = () => {
    throw new DOMException("denied", "SecurityError");
  };
};

async function failing(page, fault, words) {
  await openSample(page);
  await page.evaluate(fault);
  await type(page, "写不进也在");
  await page.getByText("草稿没有存上").waitFor();
  assert.match(await page.locator(".save").innerText(), words);
  assert.equal(contactOf((await exported(page)).text), "写不进也在");
}

/** Name and one trial of each fault. */
export const FAULTS = [
  ["草稿存储满（localStorage）", () =>
    withPage({}, async ({ page }) => {
      await failing(page, full, /空间不足/);
      await journalled(page, "写不进也在");
      assert.equal(await reopened(page), "写不进也在");
    })],
  ["草稿存储说谎（写了不存）", () =>
    withPage({}, async ({ page }) => {
      await failing(page, lie, /没有保存住/);
      await journalled(page, "写不进也在");
      assert.equal(await reopened(page), "写不进也在");
    })],
  ["草稿存储被禁止", () =>
    withPage({ init: deniedLocal }, async ({ page }) => {
      await page.getByRole("button", { name: /打开示例/ }).click();
      await page.waitForFunction(() => document.querySelector('input[id$="contact"]')?.readOnly === false);
      await type(page, "内存里");
      assert.match(await page.locator(".save").innerText(), /未保存/);
      assert.equal(contactOf((await exported(page)).text), "内存里");
    })],
  ["修改记录被禁止（IndexedDB）", () =>
    withPage({ init: deniedDatabase }, async ({ page }) => {
      await openSample(page);
      await type(page, "只有草稿");
      await saved(page);
      assert.equal(await reopened(page), "只有草稿");
    })],
  ["修改记录写不进（空间满）", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await page.evaluate(() => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException("full", "QuotaExceededError");
        };
      });
      await type(page, "只有草稿");
      await page.getByText("修改记录没有写进去").first().waitFor();
      await saved(page);
      assert.equal(await reopened(page), "只有草稿");
    })],
  ["修改记录说谎（写了不存）", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await page.evaluate(() => {
        // Answers as if it had written.
        IDBObjectStore.prototype.put = function (_, key) {
          return this.get(key);
        };
      });
      await type(page, "只有草稿");
      await page.getByText("浏览器没有保存住写入的内容").first().waitFor();
      await saved(page);
      assert.equal(await reopened(page), "只有草稿");
    })],
  ["草稿被清空，页面开着", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await page.evaluate(() => localStorage.clear());
      await type(page, "清空之后");
      await page.getByText(/草稿被清空了.*重新存好/).waitFor();
      await saved(page);
      assert.equal(await reopened(page), "清空之后");
    })],
  ["草稿损坏，页面开着", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await page.evaluate(() => {
        const key = Object.keys(localStorage).find((one) => one.startsWith("cn.ziping/draft/"));
        localStorage.setItem(key, localStorage.getItem(key).slice(0, -9));
      });
      await type(page, "损坏之后");
      await page.getByText(/草稿损坏了.*重新存好/).waitFor();
      await saved(page);
      assert.equal(await reopened(page), "损坏之后");
      await page.goto(`${page.url().split("#")[0]}#/`);
      await page.getByRole("button", { name: "打不开的内容（1）" }).waitFor();
    })],
  ["两处存储被清空，页面开着", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await page.evaluate(() => {
        localStorage.clear();
        return new Promise((resolve) => {
          const request = indexedDB.deleteDatabase("cn.ziping");
          request.onsuccess = request.onerror = resolve;
        });
      });
      await type(page, "清空之后");
      await saved(page);
      await journalled(page, "清空之后");
      assert.equal(await reopened(page), "清空之后");
    })],
  ["草稿丢失，修改记录在", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await type(page, "还在另一处");
      await saved(page);
      await journalled(page, "还在另一处");
      const address = page.url();
      await page.goto("about:blank");
      await page.goto(`${address.split("#")[0]}?`);
      await started(page);
      await page.evaluate(() => localStorage.clear());
      await page.goto("about:blank");
      await page.goto(address);
      await started(page);
      await page.getByText("草稿不见了").waitFor();
      assert.equal(await page.getByLabel("联系人").inputValue(), "还在另一处");
    })],
  ["草稿损坏，修改记录在", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await type(page, "没有损坏");
      await saved(page);
      await journalled(page, "没有损坏");
      const address = page.url();
      await page.goto(`${address.split("#")[0]}#/`);
      await page.getByRole("heading", { name: "我的报告" }).waitFor();
      await page.evaluate(() => {
        const key = Object.keys(localStorage).find((one) => one.startsWith("cn.ziping/draft/"));
        localStorage.setItem(key, localStorage.getItem(key).replace("没有损坏", "已经损坏"));
      });
      await page.goto("about:blank");
      await page.goto(address);
      await started(page);
      await page.getByText("草稿损坏").first().waitFor();
      assert.equal(await page.getByLabel("联系人").inputValue(), "没有损坏");
    })],
  ["修改记录损坏，草稿在", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await type(page, "草稿完好");
      await saved(page);
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            const request = indexedDB.open("cn.ziping");
            request.onsuccess = () => {
              const act = request.result.transaction(["texts", "records"], "readwrite");
              for (const name of ["texts", "records"]) {
                act.objectStore(name).openCursor().onsuccess = ({ target }) => {
                  if (!target.result) return;
                  target.result.update("damaged");
                  target.result.continue();
                };
              }
              act.oncomplete = resolve;
            };
          }),
      );
      assert.equal(await reopened(page), "草稿完好");
    })],
  ["超过 200 万字符的报告", () =>
    withPage({}, async ({ page }) => {
      await openSample(page);
      await openLarge(page);
      await page.getByText("这份报告超过 200 万字符").waitFor();
      await type(page, "放得下");
      await saved(page);
      const inLocal = await page.evaluate(() => Object.keys(localStorage).some((key) => key.includes("/draft/large")));
      assert.equal(inLocal, false);
      assert.equal(await reopened(page), "放得下");
      assert.equal(JSON.parse((await exported(page)).text).from_elsewhere.length, 2_200_000);
      await page.goto(`${page.url().split("#")[0]}#/`);
      await page.getByRole("listitem").filter({ hasText: /MB/ }).waitFor();
    })],
  ["草稿损坏，没有别的存储", () =>
    withPage({ init: deniedDatabase }, async ({ page, address }) => {
      await openSample(page);
      await type(page, "另一份完好");
      await saved(page);
      const torn = await page.evaluate(() => {
        const key = Object.keys(localStorage).find((one) => one.startsWith("cn.ziping/draft/"));
        const text = localStorage.getItem(key).slice(0, -9);
        localStorage.setItem("cn.ziping/draft/torn000001", text);
        return text;
      });
      await page.goto("about:blank");
      await page.goto(address);
      await started(page);
      const bad = page.getByRole("listitem").filter({ hasText: "打不开的草稿" });
      const { text } = await download(page, () => bad.getByRole("button", { name: "下载原始内容" }).click());
      assert.equal(text, torn);
      await bad.getByRole("button", { name: /^删除/ }).click();
      await bad.waitFor({ state: "detached" });
      await page.getByRole("link", { name: /^打开 信丰县/ }).click();
      assert.equal(await page.getByLabel("联系人").inputValue(), "另一份完好");
    })],
  ...[["两个窗口改同一份（有 Web Locks）", true], ["两个窗口改同一份（没有 Web Locks）", false]].map(([name, locks]) => [
    name,
    () =>
      withPage({ init: withoutLocks, initArgument: locks }, async ({ page, context }) => {
        await openSample(page);
        const second = await context.newPage();
        await second.addInitScript(withoutLocks, locks);
        await second.goto(page.url());
        await started(second);
        await second.getByText("正在另一个窗口里编辑").waitFor();
        await type(page, "先改的");
        // Taken over at once: what was typed a moment ago goes along.
        await second.getByRole("button", { name: "接管编辑" }).click();
        await page.getByText("正在另一个窗口里编辑").waitFor();
        await second.waitForFunction(() => document.querySelector('input[id$="contact"]')?.readOnly === false);
        assert.equal(await second.getByLabel("联系人").inputValue(), "先改的");
        assert.equal(await page.getByLabel("联系人").getAttribute("readonly"), "");
        await type(second, "接着改的");
        await saved(second);
        await page.close();
        assert.equal(await reopened(second), "接着改的");
      }),
  ]),
  ["页面程序崩溃（panic）", () =>
    withPage({ allow: [/forced|unreachable/] }, async ({ page }) => {
      await openSample(page);
      await page.getByLabel("联系人").fill("崩溃之前");
      await page.waitForTimeout(100);
      await page.evaluate(() => {
        console.error("panicked at src/forced.rs:1:1:\nforced");
        setTimeout(() => {
          throw new WebAssembly.RuntimeError("unreachable");
        });
      });
      await page.getByRole("alertdialog").waitFor();
      const { text } = await download(page, () => page.getByRole("button", { name: "下载最近草稿" }).click());
      assert.equal(contactOf(text), "崩溃之前");
      assert.equal(await reopened(page), "崩溃之前");
    })],
];
