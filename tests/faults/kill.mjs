// The browser is killed while somebody types; afterwards the draft has every edit that was older than 100 ms.

import fs from "node:fs";
import path from "node:path";

import { scratchFolder, started } from "../e2e/harness.mjs";
import { openLarge, openSample, writable } from "../e2e/pages.mjs";
import { start } from "./browser.mjs";

/** Edits younger than this may be lost. */
const GRACE_MS = 100;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The revision of the draft in localStorage, before the page's own scripts run. */
const draftInLocalStorage = () => {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith("cn.ziping/draft/")) continue;
    const [, body] = localStorage.getItem(key).split("\n");
    globalThis.__before = JSON.parse(body).profile.contact;
  }
};

/** One trial: `{ typed, due, kept, alone }`, counts of edits; `alone` is what localStorage had by itself. */
export async function killOnce(address, { large = false, within = 2_000 } = {}) {
  const profile = fs.mkdtempSync(path.join(scratchFolder(), "profile-"));
  const first = await start(profile);
  const { page } = first;
  await page.goto(address);
  await started(page);
  await openSample(page);
  if (large) await openLarge(page);
  const report = page.url();
  const contact = page.getByLabel("联系人");
  await contact.fill("");
  await contact.focus();
  const end = Date.now() + Math.random() * within;
  const times = [];
  while (Date.now() < end || times.length === 0) {
    await page.keyboard.insertText("改");
    times.push(Date.now());
    await pause(Math.min(20 + Math.random() * 130, Math.max(0, end - Date.now())));
  }
  const killed = Date.now();
  await first.kill();
  const due = times.filter((time) => killed - time > GRACE_MS).length;
  const second = await start(profile);
  await second.page.addInitScript(draftInLocalStorage);
  await second.page.goto(report);
  await started(second.page);
  let kept = 0;
  let alone = 0;
  if (await second.page.getByLabel("联系人").waitFor({ timeout: 10_000 }).then(() => true, () => false)) {
    await writable(second.page);
    kept = (await second.page.getByLabel("联系人").inputValue()).length;
    alone = (await second.page.evaluate(() => globalThis.__before))?.length ?? 0;
  }
  await second.close();
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  return { typed: times.length, due, kept, alone };
}
