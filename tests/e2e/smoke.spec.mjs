// The page starts wherever it is promised to, keeps to itself, and fails in words. What it does once started is
// for the other specs.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import { DIST, axe, closeAll, download, outside, scratchFolder, started, withPage } from "./harness.mjs";
import { cell, goTo, openSample } from "./pages.mjs";

after(closeAll);

const PANEL = "#ziping-stopped";
const read = (name) => fs.readFileSync(path.join(DIST, name), "utf8");

/** Writes a changed copy of the page to save, and gives its path. */
function variant(name, change) {
  const original = read("ziping.html");
  const html = change(original);
  assert.notEqual(html, original, "the change fits the page");
  const file = path.join(scratchFolder(), name);
  fs.writeFileSync(file, html);
  return file;
}

/** A change that the policy refuses: the module no longer has the hash that it names. */
const blocked = (html) => html.replace('<script type="module">\n', '<script type="module">\n/* changed */\n');

for (const engine of ["current", "103"]) {
  for (const origin of ["http", "sub", "file"]) {
    test(`starts: ${origin}, Chromium ${engine}, and asks for nothing but the page`, async () => {
      await withPage({ engine, origin }, async ({ page, requests, address }) => {
        assert.equal(await page.locator(PANEL).isVisible(), false);
        assert.equal(await page.locator("#ziping-wait").isVisible(), false);
        assert.equal(await page.locator("#app > *").count() > 0, true, "something is mounted");
        const kind = await page.locator('meta[name="ziping-kind"]').getAttribute("content");
        assert.equal(kind, origin === "file" ? "copy" : "hosted");
        await page.waitForTimeout(300);
        assert.deepEqual(outside(requests, address), []);
      });
    });
  }
}

test("Chromium 103: the sample opens, a figure is typed, the preview fills, the file comes out", async () => {
  await withPage({ engine: "103", origin: "file" }, async ({ page }) => {
    await openSample(page);
    await goTo(page, "人员编制");
    await cell(page, "人员编制情况", "机关工勤", "编制数").type("2");
    assert.equal(await cell(page, "人员编制情况", "合计", "编制数").text(), "16");
    await goTo(page, "预览与导出");
    await page.getByText("这个浏览器要分两次打印").waitFor();
    assert.match(await page.locator(".report").first().innerText(), /部门整体支出绩效自评报告/);
    const { text } = await download(page, () => page.getByRole("button", { name: "导出数据文件" }).click());
    assert.equal(JSON.parse(text).profile.unit_name, "信丰县科学技术局");
  });
});

for (const name of ["index.html", "ziping.html"]) {
  test(`${name}: the policy names the hash of every program and style, and no way out`, () => {
    const html = read(name);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)[1];
    const directives = Object.fromEntries(policy.split("; ").map((one) => one.split(/ (.*)/s)));
    const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const scripts = [...html.matchAll(/<script(?: type="module")?>([\s\S]*?)<\/script>/g)].map((match) => hash(match[1]));
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((match) => hash(match[1]));
    assert.equal(scripts.length, 2);
    assert.equal(directives["script-src"], [...scripts, "'wasm-unsafe-eval'"].join(" "));
    assert.equal(directives["style-src"], styles.join(" "));
    assert.equal(directives["default-src"], "'none'");
    assert.equal(directives["connect-src"], "'none'");
    const hosted = name === "index.html" ? "'self'" : undefined;
    assert.deepEqual([directives["manifest-src"], directives["worker-src"]], [hosted, hosted]);
    assert.doesNotMatch(html, / (src|style|on[a-z]+)="/, "nothing inline that the policy would refuse, nothing from outside");
    assert.match(html, /<meta name="ziping-build" content="\d+\.\d+\.\d+ [0-9a-f]{8}">/);
    assert.match(html.slice(0, 4000), /<script type="application\/json" id="ziping-report"><\/script>/);
  });
}

test("the page cannot send anything: the browser refuses", async () => {
  const refused = /Content Security Policy|ERR_FAILED|Failed to fetch/;
  await withPage({ allow: [refused] }, async ({ page, requests }) => {
    const outcome = await page.evaluate(() => fetch("./index.html?leak").then(() => "sent", () => "refused"));
    assert.equal(outcome, "refused");
    assert.equal(requests.some((url) => url.includes("leak")), false);
  });
});

test("a page saved by the browser starts again, once", async () => {
  let saved;
  let mounted;
  await withPage({ origin: "file" }, async ({ page }) => {
    saved = await page.content();
    mounted = await page.locator("#app > *").count();
  });
  const file = variant("saved.html", () => saved);
  await withPage({ origin: "file", file }, async ({ page }) => {
    assert.equal(await page.locator("#app > *").count(), mounted);
  });
});

test("without script there is a sentence", async () => {
  await withPage({ ready: false, context: { javaScriptEnabled: false } }, async ({ page }) => {
    const text = await page.locator("body").innerText();
    assert.match(text, /需要运行脚本/);
    assert.doesNotMatch(text, /正在打开|页面出错|版本太旧/);
  });
});

for (const missing of ["WebAssembly", "DecompressionStream", "CSSLayerBlockRule"]) {
  test(`a browser without ${missing} is told what to use`, async () => {
    const init = (name) => delete window[name];
    await withPage({ ready: false, init, initArgument: missing }, async ({ page }) => {
      const text = await page.locator("body").innerText();
      assert.match(text, /版本太旧[\s\S]*Chrome 103[\s\S]*Firefox 115[\s\S]*草稿没有被改动/);
      assert.doesNotMatch(text, /正在打开|页面出错/);
      assert.equal(await page.locator("#app > *").count(), 0);
    });
  });
}

test("the first script is plain ES5", async () => {
  const boot = /<script>([\s\S]*?)<\/script>/.exec(read("index.html"))[1];
  // The words and signs by which newer grammar would show; a parser for ES5 alone is not worth a dependency.
  assert.doesNotMatch(boot.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"\n]*"/g, ""), /=>|`|\b(let|const|class|async|await)\b|\.\.\.|\?\.|\?\?|catch \{/);
});

const draft = (at, unit, body) =>
  `${JSON.stringify({ app: "ziping", epoch: 1, rev: 3, saved_at: at, sum: "0", unit, year: "2025" })}\n${body}`;
const BODY = '{"format":"ziping","unit":"甲县\\n教育局"}\n';

function storeDrafts([older, newer]) {
  localStorage.setItem("cn.ziping/draft/bbbbbbbbbb", newer);
  localStorage.setItem("cn.ziping/draft/aaaaaaaaaa", older);
  localStorage.setItem("cn.ziping/draft/damaged", "no second line");
  localStorage.setItem("other", "x\ny");
}

const withDrafts = {
  init: storeDrafts,
  initArgument: [draft("2026-11-23T18:30:00", "乙", "{}"), draft("2026-11-24T08:00:00", "甲县/教育局", BODY)],
};

for (const engine of ["current", "103"]) {
  test(`when the app dies the newest draft can be downloaded: Chromium ${engine}`, async () => {
    await withPage({ engine, ...withDrafts }, async ({ page }) => {
      await page.evaluate(() => {
        document.getElementById("app").append(Object.assign(document.createElement("dialog"), { id: "open" }));
        document.getElementById("open").showModal();
        window.lateSave = setTimeout(() => (window.saved = true), 50);
        window.__zipingCrash("panicked at src/x.rs:1:2: words");
      });
      const panel = page.getByRole("alertdialog", { name: "页面出错，已停止" });
      await panel.waitFor();
      assert.match(await panel.innerText(), /最近一次自动保存之前填写的内容都已留在本机/);
      assert.equal(await page.evaluate(() => document.activeElement.id), "ziping-stopped-title");
      const file = await download(page, () => page.getByRole("button", { name: "下载最近草稿" }).click());
      assert.equal(file.name, "甲县_教育局-2025-草稿.ziping.json");
      assert.equal(file.text, BODY);
      assert.match(await panel.innerText(), /已交给浏览器下载/);
      assert.match(await page.locator("#ziping-details").textContent(), /\d+\.\d+\.\d+ [0-9a-f]{8}[\s\S]*panicked at src\/x\.rs/);
      assert.equal(await page.evaluate(() => window.saved), undefined, "timers of the dead app are gone");
      assert.deepEqual(await axe(page), []);
      await page.getByRole("button", { name: "重新载入" }).click();
      await started(page);
      assert.equal(await page.locator(PANEL).isVisible(), false);
    });
  });
}

test("an error out of the wasm stops the page, another one does not", async () => {
  await withPage({ allow: [/unreachable|harmless/] }, async ({ page }) => {
    await page.evaluate(() => void setTimeout(() => { throw new Error("harmless"); }));
    await page.waitForTimeout(100);
    assert.equal(await page.locator(PANEL).isVisible(), false);
    await page.evaluate(() => void Promise.reject(new WebAssembly.RuntimeError("unreachable")));
    await page.locator(PANEL).waitFor();
    assert.match(await page.locator("#ziping-details").textContent(), /harmless[\s\S]*unreachable/);
  });
});

for (const engine of ["current", "103"]) {
  test(`a panic's message on the console stops the page: Chromium ${engine}`, async () => {
    await withPage({ engine, allow: [/panicked/] }, async ({ page }) => {
      await page.evaluate(() => console.error("panicked at src/x.rs:1:2:\nwords"));
      await page.locator(PANEL).waitFor();
      assert.match(await page.locator("#ziping-details").textContent(), /panicked at src\/x\.rs/);
    });
  });
}

test("no draft, or no access to storage, is said in words", async () => {
  const rescue = async ({ page }) => {
    await page.evaluate(() => window.__zipingCrash("x"));
    await page.getByRole("button", { name: "下载最近草稿" }).click();
    const said = page.locator("#ziping-rescue-result");
    // The database is asked too, which takes its time.
    await said.filter({ hasNotText: "正在取出草稿" }).filter({ hasText: "。" }).waitFor();
    return said.innerText();
  };
  await withPage({}, async (app) => {
    await app.page.evaluate(() => localStorage.clear());
    assert.match(await rescue(app), /没有找到草稿/);
  });
  await withPage({}, async (app) => {
    await app.page.evaluate(() =>
      Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } }),
    );
    assert.match(await rescue(app), /不允许本页读取本机存储/);
  });
});

test("a damaged payload stops the start at once", async () => {
  const file = variant("damaged.html", (html) => html.replace(/(id="ziping-wasm">.{2000})..../, "$1AAAA"));
  await withPage({ origin: "file", file, ready: false, ...withDrafts }, async ({ page }) => {
    await page.locator(PANEL).waitFor({ timeout: 5_000 });
    const { text } = await download(page, () => page.getByRole("button", { name: "下载最近草稿" }).click());
    assert.equal(text, BODY);
  });
});

test("a start that does not come is said after ten seconds, and taken back if it comes late", async () => {
  const file = variant("blocked.html", blocked);
  const allow = [/Content Security Policy/];
  await withPage({ origin: "file", file, ready: false, allow, ...withDrafts }, async ({ page }) => {
    assert.match(await page.locator("body").innerText(), /正在打开/);
    await page.locator(PANEL).waitFor({ timeout: 12_000 });
    assert.match(await page.locator(PANEL).innerText(), /页面没有打开[\s\S]*仍没有启动/);
    const { text } = await download(page, () => page.getByRole("button", { name: "下载最近草稿" }).click());
    assert.equal(text, BODY);
    await page.evaluate(() => document.documentElement.setAttribute("data-ziping", "ready"));
    await page.locator(PANEL).waitFor({ state: "hidden" });
  });
});
