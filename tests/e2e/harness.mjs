// What the end-to-end tests share: servers, browsers, and a page that is watched while a test uses it.
//
// It knows how to reach the built page and how to act as a keyboard, an input method or a clipboard does. It
// must not know what is on the page: that is for the specs. A spec ends with `after(closeAll)`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";
// Newer versions ask the page for `Element.checkVisibility`, which came with Chromium 105.
import { chromium as olderDriver } from "playwright-core-103";

import { serve } from "../tools/serve.mjs";
import { OLD, oldChromium } from "./old-chromium.mjs";

export const DIST = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../dist");

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const browsers = new Map();
const servers = new Map();
let scratch;

/** A folder for files of this run, removed by `closeAll`. */
export function scratchFolder() {
  scratch ??= fs.mkdtempSync(path.join(os.tmpdir(), "ziping-e2e-"));
  return scratch;
}

/** Ends browsers and servers and removes the scratch folder. */
export async function closeAll() {
  for (const browser of browsers.values()) await (await browser).close();
  for (const server of servers.values()) (await server).server.close();
  browsers.clear();
  servers.clear();
  if (scratch) fs.rmSync(scratch, { recursive: true, force: true });
  scratch = undefined;
}

/** What starts a Chromium of that engine: for tests that need a browser process of their own. */
export function launchOptions(engine = "current") {
  if (OLD.includes(engine)) {
    const { executablePath, env, args } = oldChromium(engine);
    return { executablePath, env, args: [...ARGS, ...args] };
  }
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  return { executablePath, args: ARGS };
}

/** Playwright's Chromium for that engine. */
export function driverOf(engine = "current") {
  return OLD.includes(engine) ? olderDriver : chromium;
}

function browserOf(engine) {
  if (!browsers.has(engine)) browsers.set(engine, driverOf(engine).launch(launchOptions(engine)));
  return browsers.get(engine);
}

/** The address of dist/ at the root of a site ("/") or below it ("/a/b/"). */
export async function siteUrl(base = "/") {
  if (!servers.has(base)) servers.set(base, serve({ base, port: 0 }));
  return (await servers.get(base)).url;
}

/** The address of a page: `origin` is "http", "sub" (a sub-path of a site) or "file" (the copy to save). */
export async function addressOf(origin, file) {
  if (origin === "file") return pathToFileURL(path.resolve(DIST, file ?? "ziping.html")).href;
  return (await siteUrl(origin === "sub" ? "/a/b/" : "/")) + (file ?? "");
}

/**
 * Opens the page in a fresh browser context and runs `use(app)`. Afterwards fails on every console error and
 * page error that no pattern of `allow` fits.
 *
 * - `origin`: see `addressOf`; `file`: another file than the origin's own, for "file" with any folder
 * - `engine`: "current", "103", "109" or "117"
 * - `hash`: the part of the address from "#" on
 * - `ready`: wait for the app to have started
 * - `init`: a function that runs in the page before its own scripts, with `initArgument`
 * - `context`: options for Playwright's `newContext`
 *
 * `app` has `page`, `context`, `requests` (addresses) and `problems` (texts so far).
 */
export async function withPage(options, use) {
  const { origin = "http", engine = "current", file, hash = "", ready = true, init, initArgument, allow = [] } = options;
  const browser = await browserOf(engine);
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true, ...options.context });
  const requests = [];
  const problems = [];
  try {
    context.on("request", (request) => requests.push(request.url()));
    const watch = (page) => {
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(String(error)));
    };
    context.on("page", watch);
    const page = await context.newPage();
    if (init) await page.addInitScript(init, initArgument);
    const address = (await addressOf(origin, file)) + hash;
    await page.goto(address);
    if (ready) await started(page);
    await use({ page, context, requests, problems, address });
  } finally {
    await context.close();
  }
  const unexpected = problems.filter((text) => !allow.some((pattern) => pattern.test(text)));
  assert.deepEqual(unexpected, [], "errors on the console or in the page");
}

/** Asks the page again and again until the answer, which may come later, is true. */
export async function until(page, ask, argument) {
  for (let end = Date.now() + 15_000; Date.now() < end; await page.waitForTimeout(50)) {
    if (await page.evaluate(ask, argument)) return;
  }
  throw new Error(`did not come true: ${ask}`);
}

/** Of the addresses that were asked for, those that are neither the page nor a file of its own beside it. */
export function outside(requests, address) {
  const own = ["sw.js", "manifest.webmanifest", "icon.svg", "icon-192.png", "icon-512.png"].map((name) => new URL(name, address).href);
  return requests.filter((url) => !/^(data|blob):/.test(url) && url !== address && !own.includes(url));
}

/** Waits until the app has said that it is mounted. */
export async function started(page) {
  await page.waitForSelector('html[data-ziping="ready"]', { timeout: 20_000 });
}

/** Types as an input method does into what has the focus: each of `steps` is shown as not yet chosen, then `text` is. */
export async function ime(page, text, steps = ["n", "ni"]) {
  const cdp = await page.context().newCDPSession(page);
  for (const step of steps) {
    await cdp.send("Input.imeSetComposition", { text: step, selectionStart: step.length, selectionEnd: step.length });
  }
  await cdp.send("Input.insertText", { text });
  await cdp.detach();
}

/**
 * Pastes into what has the focus, as plain text and, if given, as HTML too. Resolves to whether the page took
 * the paste over; if it did not, the text is put in as the browser would.
 */
export async function pasteInto(page, text, html) {
  const taken = await page.evaluate(
    ([plain, markup]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", plain);
      if (markup !== undefined) clipboardData.setData("text/html", markup);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true });
      return !(document.activeElement ?? document.body).dispatchEvent(event);
    },
    [text, html],
  );
  if (!taken) await page.keyboard.insertText(text);
  return taken;
}

/** Does `action` and resolves to the file that it makes the browser download: `{ name, file, text }`. */
export async function download(page, action) {
  const [item] = await Promise.all([page.waitForEvent("download"), action()]);
  const name = item.suggestedFilename();
  const file = path.join(fs.mkdtempSync(path.join(scratchFolder(), "download-")), name);
  await item.saveAs(file);
  return { name, file, text: fs.readFileSync(file, "utf8") };
}

/** The text of a PDF file, laid out as on paper. */
export function pdfText(file) {
  return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** The pages of a PDF file, each "upright" or "lying", all of them A4. */
export function pdfPages(file) {
  const told = execFileSync("pdfinfo", ["-f", "1", "-l", "9999", file], { encoding: "utf8", maxBuffer: 1 << 26 });
  return [...told.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+)/gm)].map(([, width, height]) => {
    const sides = [Math.round(width), Math.round(height)];
    assert.deepEqual([...sides].sort((a, b) => a - b), [595, 842], "A4");
    return sides[0] < sides[1] ? "upright" : "lying";
  });
}

/** Drops files onto the middle of the window, and resolves to whether the page took them. */
export async function dropFile(page, name, text, onto = "main") {
  return page.evaluate(
    ([fileName, content, selector]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], fileName));
      const target = document.querySelector(selector);
      const send = (kind) =>
        !target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
      return [send("dragover"), send("drop")].every(Boolean);
    },
    [name, text, onto],
  );
}

/**
 * What axe finds against WCAG 2.2 AA, one line each; with `rules`, by these rules alone. Evaluated, as the page's
 * policy keeps script tags out.
 */
export async function axe(page, rules) {
  const source = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const options = { runOnly, resultTypes: ["violations"], preload: false, iframes: false };
  const { violations } = await page.evaluate((how) => globalThis.axe.run(how), options);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" ")}`);
}
