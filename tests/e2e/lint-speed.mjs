// How long 数字体检 takes for a long text: `node tests/e2e/lint-speed.mjs [CHARACTERS]`. Run by hand, as machines are
// noisy; no test depends on it. "engine" is the handler of the button, which reads and checks the whole text before it
// returns; "painted" ends with the frame that shows the text with its marks.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { closeAll, withPage } from "./harness.mjs";

const LENGTH = Number(process.argv[2] ?? 100_000);
const ROUNDS = 7;

const dev = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../lint/dev");
const names = fs.readdirSync(dev).filter((name) => name.endsWith(".txt"));
const all = names.map((name) => fs.readFileSync(path.join(dev, name), "utf8")).join("\n");
const text = [...all.repeat(Math.ceil(LENGTH / all.length) + 1)].slice(0, LENGTH).join("");

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

await withPage({}, async ({ page }) => {
  await page.getByRole("link", { name: /数字体检/ }).click();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.getByLabel("报告文字").fill(text);
    const measured = await page.getByRole("button", { name: "开始体检" }).evaluate(
      (button) =>
        new Promise((resolve) => {
          const start = performance.now();
          button.click();
          const engine = performance.now() - start;
          const seen = () => {
            if (!document.querySelector(".check__text")) return requestAnimationFrame(seen);
            const painted = performance.now() - start;
            resolve({ engine, painted });
          };
          seen();
        }),
    );
    rounds.push(measured);
    await page.getByRole("button", { name: "重新粘贴" }).click();
  }
  const show = (key) => `median ${median(rounds.map((one) => one[key])).toFixed(1)} ms, least ${Math.min(...rounds.map((one) => one[key])).toFixed(1)} ms`;
  console.log(`${LENGTH} characters on ${os.cpus().length} × ${os.cpus()[0].model}`);
  console.log(`engine:  ${show("engine")}`);
  console.log(`painted: ${show("painted")}`);
});
await closeAll();
