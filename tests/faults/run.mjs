// Faults on purpose, and what is left of the work afterwards: prints a table (fault, trials, survived, lost).
//
// `node tests/faults/run.mjs [trials] [word]`: so many kills for each way of opening the page (50), of the faults
// whose name contains the word. Ends with an error if anything was lost.

import { addressOf, closeAll } from "../e2e/harness.mjs";
import { killOnce } from "./kill.mjs";
import { FAULTS } from "./storage.mjs";

const trials = Number(process.argv[2] ?? 50);
const wanted = process.argv[3] ?? "";
const rows = [];

async function run(name, count, once) {
  if (!name.includes(wanted)) return;
  const row = { name, trials: 0, survived: 0, lost: 0, remark: "" };
  rows.push(row);
  const remarks = new Map();
  for (let trial = 0; trial < count; trial++) {
    row.trials++;
    try {
      const remark = await once();
      row.survived++;
      if (remark) remarks.set(remark, (remarks.get(remark) ?? 0) + 1);
    } catch (error) {
      row.lost++;
      console.error(`${name}, trial ${trial + 1}: ${error.message}`);
    }
  }
  row.remark = [...remarks].map(([words, times]) => `${words}${times}`).join("；");
  console.error(`${name}: ${row.survived} of ${row.trials}`);
}

const KILLS = [
  ["进程被杀（http）", "http", trials, false],
  ["进程被杀（本地文件）", "file", trials, false],
  ["进程被杀，报告超过 200 万字符", "http", Math.min(trials, 3), true],
];
for (const [name, origin, count, large] of KILLS) {
  const address = await addressOf(origin);
  await run(name, count, async () => {
    const { due, kept, alone } = await killOnce(address, { large });
    if (kept < due) throw new Error(`${kept} of ${due} edits older than 100 ms are there`);
    return alone < due && !large ? "其中仅靠 localStorage 会丢：" : "";
  });
}
for (const [name, once] of FAULTS) await run(name, 3, once);
await closeAll();

console.log("| 故障 | 次数 | 保住 | 丢失 | 说明 |");
console.log("|---|---:|---:|---:|---|");
for (const row of rows) console.log(`| ${row.name} | ${row.trials} | ${row.survived} | ${row.lost} | ${row.remark} |`);
process.exit(rows.some((row) => row.lost > 0) ? 1 : 0);
