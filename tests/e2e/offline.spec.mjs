// Without a network: the hosted page after its first visit, a newer version that waits, and copies with a report.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import { DIST, closeAll, scratchFolder, started, until, withPage } from "./harness.mjs";
import { exported, openSample } from "./pages.mjs";
import { serve } from "../tools/serve.mjs";

after(closeAll);

/** Waits until the page is kept by its service worker. */
const kept = (page) =>
  until(page, async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.active?.state === "activated" && (await caches.keys()).length === 1;
  });

test("works without a server after the first visit; a newer version waits until it is asked for", async () => {
  const folder = path.join(scratchFolder(), "site");
  fs.cpSync(DIST, folder, { recursive: true });
  const { server, url } = await serve({ folder, port: 0 });
  after(() => server.close());
  await withPage({ ready: false, allow: [/ERR_/] }, async ({ page, context }) => {
    await page.goto(url);
    await started(page);
    await kept(page);
    await context.setOffline(true);
    await page.reload();
    await started(page);
    await openSample(page);
    await context.setOffline(false);
    // Another build: another name of the cache, another page.
    const renew = (name, change) => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, change(fs.readFileSync(file, "utf8")));
    };
    renew("sw.js", (text) => text.replace(/"ziping-[^"]+"/, '"ziping-next"'));
    renew("index.html", (text) => text.replace(/(ziping-build" content=")[^"]+/, "$19.9.9 abcdef01"));
    await page.getByLabel("联系人").fill("换用之前");
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one.update()));
    await page.getByText("自评通有新版本").waitFor();
    const build = () => page.locator('meta[name="ziping-build"]').getAttribute("content");
    assert.doesNotMatch(await build(), /^9\.9\.9/);
    await page.getByRole("button", { name: "现在换用" }).click();
    await page.waitForFunction(() => /^9\.9\.9/.test(document.querySelector('meta[name="ziping-build"]')?.content));
    await started(page);
    assert.equal(await page.getByLabel("联系人").inputValue(), "换用之前");
    assert.deepEqual(await page.evaluate(() => caches.keys()), ["ziping-next"]);
    await page.getByRole("banner").getByRole("button", { name: "帮助" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "强制更新" }).click();
    await page.waitForFunction(() => document.documentElement.dataset.ziping === "ready" && performance.now() < 5000);
    await page.getByLabel("联系人").waitFor();
    assert.equal(await page.getByLabel("联系人").inputValue(), "换用之前");
  });
});

test("can be installed", async () => {
  await withPage({}, async ({ page, context }) => {
    await kept(page);
    const cdp = await context.newCDPSession(page);
    const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
    const real = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
    assert.deepEqual(real, []);
  });
});

for (const origin of ["http", "file"]) {
  test(`a copy with the report in it, made ${origin === "http" ? "by the hosted page" : "by a copy"}, opens with it, and a script can replace it`, async () => {
    let file;
    await withPage({ origin }, async ({ page }) => {
      await openSample(page);
      ({ file } = await exported(page, /副本/));
    });
    const html = fs.readFileSync(file, "utf8");
    assert.match(html, /<meta name="ziping-kind" content="copy">/);
    assert.doesNotMatch(html, /manifest/i);
    await withPage({ origin: "file", file }, async ({ page, requests, address }) => {
      await page.getByRole("heading", { level: 1, name: "封面与基本信息" }).waitFor();
      assert.equal(await page.getByLabel("单位全称").inputValue(), "信丰县科学技术局");
      assert.deepEqual(requests.filter((url) => !/^(blob|data):/.test(url)), [address]);
      // Opened again, it goes on with its draft without asking.
      await page.getByLabel("联系人").fill("接着填");
      await page.getByLabel("联系人").blur();
      await page.waitForFunction(() => /已保存/.test(document.querySelector(".save").textContent));
      await page.goto("about:blank");
      await page.goto(address);
      await started(page);
      await page.getByLabel("联系人").waitFor();
      assert.equal(await page.getByLabel("联系人").inputValue(), "接着填");
    });
    const script = path.resolve(DIST, "../examples/report_in_copy.py");
    const json = path.join(scratchFolder(), `${origin}.json`);
    execFileSync("python3", [script, "read", file, json]);
    const report = JSON.parse(fs.readFileSync(json, "utf8"));
    assert.equal(report.profile.unit_name, "信丰县科学技术局");
    report.doc_id = "byscript01";
    report.profile.unit_name = "甲局</script><b>";
    fs.writeFileSync(json, JSON.stringify(report));
    execFileSync("python3", [script, "write", file, json]);
    await withPage({ origin: "file", file }, async ({ page }) => {
      await page.getByLabel("单位全称").waitFor();
      assert.equal(await page.getByLabel("单位全称").inputValue(), "甲局</script><b>");
    });
  });
}

test("a copy that the browser saved while it was open starts with its report, and of a newer report it says so", async () => {
  let file;
  let saved;
  await withPage({ origin: "file" }, async ({ page }) => {
    await openSample(page);
    ({ file } = await exported(page, /副本/));
  });
  await withPage({ origin: "file", file }, async ({ page }) => {
    await page.getByLabel("单位全称").waitFor();
    saved = await page.content();
  });
  const whole = path.join(scratchFolder(), "saved.html");
  fs.writeFileSync(whole, saved);
  await withPage({ origin: "file", file: whole }, async ({ page }) => {
    await page.getByLabel("单位全称").waitFor();
    assert.equal(await page.locator("#app > *").count() > 0, true);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  });
  const newer = path.join(scratchFolder(), "newer.html");
  fs.writeFileSync(newer, fs.readFileSync(file, "utf8").replace(/(id="ziping-report">[\s\S]*?"version": )1/, "$199"));
  await withPage({ origin: "file", file: newer }, async ({ page }) => {
    await page.getByText("由更新版本的自评通保存").waitFor();
  });
});

test("清除本机全部数据 leaves nothing behind: no draft, no journal, no kept program", async () => {
  await withPage({}, async ({ page }) => {
    await kept(page);
    await openSample(page);
    await page.evaluate(() => (location.hash = "#/"));
    await page.getByRole("button", { name: "清除本机全部数据" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "全部清除" }).click();
    await until(page, async () => {
      const texts = await new Promise((resolve) => {
        const request = indexedDB.open("cn.ziping");
        request.onsuccess = () => {
          const act = request.result.transaction(["texts", "records"]);
          const counts = ["texts", "records"].map((name) => act.objectStore(name).count());
          act.oncomplete = () => resolve(counts.reduce((sum, one) => sum + one.result, 0));
        };
      });
      const workers = await navigator.serviceWorker.getRegistrations();
      return texts + localStorage.length + (await caches.keys()).length + workers.length === 0;
    });
  });
});
