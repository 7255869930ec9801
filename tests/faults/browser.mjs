// A browser process of its own over a profile that outlives it, so that it can be killed and started again.
//
// It knows processes and the debugging port. It must not know what is on the page.

import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { driverOf, launchOptions } from "../e2e/harness.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts Chromium on a profile and opens one page: `{ page, kill, close }`. */
export async function start(profile) {
  const { executablePath, args } = launchOptions();
  const port = path.join(profile, "DevToolsActivePort");
  fs.rmSync(port, { force: true });
  const all = [...args, `--user-data-dir=${profile}`, "--window-size=1280,800", "--remote-debugging-port=0", "--lang=zh-CN", "about:blank"];
  // A group of its own, so that nothing of it is left.
  const child = spawn(executablePath, all, { stdio: "ignore", detached: true });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  // A trial that fails half-way leaves no browser behind.
  const end = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  };
  process.once("exit", end);
  gone.then(() => process.off("exit", end));
  for (let waited = 0; !fs.existsSync(port) || !fs.readFileSync(port, "utf8").includes("\n"); waited += 50) {
    if (waited > 30_000) throw new Error("the browser did not start");
    await pause(50);
  }
  const browser = await driverOf().connectOverCDP(`http://127.0.0.1:${fs.readFileSync(port, "utf8").split("\n")[0]}`);
  const context = browser.contexts()[0];
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    /** As when the power fails: no process of the browser runs on. */
    async kill() {
      process.kill(-child.pid, "SIGKILL");
      await gone;
      await browser.close().catch(() => {});
    },
    async close() {
      const cdp = await browser.newBrowserCDPSession();
      await cdp.send("Browser.close").catch(() => {});
      await Promise.race([gone, pause(5_000)]);
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // Gone already.
      }
      await gone;
      await browser.close().catch(() => {});
    },
  };
}
