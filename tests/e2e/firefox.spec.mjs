// A smoke run in Firefox, over http and from the saved copy: the page starts, a figure is typed and everything
// follows it, and it is still there after the page was loaded anew. Driven by WebDriver BiDi, as Firefox speaks
// no other protocol that needs no patched browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, test } from "node:test";

import puppeteer from "puppeteer-core";

import { addressOf, closeAll } from "./harness.mjs";

let browser;
const firefox = () => {
  const executablePath = execFileSync("sh", ["-c", "command -v firefox-esr || command -v firefox"], { encoding: "utf8" }).trim();
  // As users have it: each local file is an origin of its own.
  const extraPrefsFirefox = { "security.fileuri.strict_origin_policy": true };
  browser ??= puppeteer.launch({ browser: "firefox", executablePath, headless: true, extraPrefsFirefox });
  return browser;
};

after(async () => {
  await (await browser)?.close();
  await closeAll();
});

const ready = (page) => page.waitForSelector('html[data-ziping="ready"]', { timeout: 20_000 });
const saved = (page) => page.waitForFunction(() => /已保存/.test(document.querySelector(".save")?.textContent ?? ""));
/** The cell of the first grid in the row of that name, second column. */
const posts = (page, row) =>
  page.waitForFunction(
    (name) =>
      [...document.querySelectorAll('[role="grid"] tr')]
        .find((line) => line.firstElementChild?.textContent.startsWith(name))
        ?.children.item(1),
    {},
    row,
  );
const words = async (page, row) => (await (await posts(page, row)).evaluate((cell) => cell.textContent)).trim();

for (const origin of ["http", "file"]) {
  test(`Firefox, ${origin}: a figure is typed, all follows it, and it is kept`, async () => {
    const page = await (await firefox()).newPage();
    const problems = [];
    const requests = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("request", (request) => requests.push(request.url()));
    await page.setViewport({ width: 1280, height: 900 });
    const address = await addressOf(origin);
    await page.goto(address);
    await ready(page);
    await (await page.waitForSelector("button ::-p-text(打开示例)")).click();
    await saved(page);

    const link = await page.waitForSelector('nav[aria-label="报告目录"] a[href$="/staffing"]');
    await link.click();
    assert.equal(await words(page, "合计"), "15");
    await (await posts(page, "机关工勤")).click();
    await page.keyboard.type("2");
    await page.keyboard.press("Enter");
    assert.equal(await words(page, "合计"), "16");
    await page.keyboard.down("Control");
    await page.keyboard.press("z");
    await page.keyboard.up("Control");
    assert.equal(await words(page, "合计"), "15");
    await page.keyboard.down("Control");
    await page.keyboard.press("y");
    await page.keyboard.up("Control");
    assert.equal(await words(page, "合计"), "16");
    await saved(page);

    await page.reload();
    await ready(page);
    assert.equal(await words(page, "合计"), "16");

    const preview = await page.waitForSelector('nav a[href$="/preview"]');
    await preview.click();
    await page.waitForFunction(() => document.querySelector(".report")?.textContent.includes("信丰县科学技术局"));
    assert.deepEqual(problems, []);
    const elsewhere = requests.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(address));
    assert.deepEqual(elsewhere, []);
    await page.close();
  });
}
