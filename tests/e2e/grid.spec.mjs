// The table, as people work in it who come from Excel and WPS: keys, pointer, input method, clipboard, rows.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import { DIST, axe, closeAll, ime, pasteInto, scratchFolder, withPage } from "./harness.mjs";

after(closeAll);

const TEMPLATE = JSON.parse(fs.readFileSync(new URL("../../src/domain/template/jiangxi.json", import.meta.url), "utf8"));

/** A report with projects, some totals stated, and a contradiction in the staff. */
function report(projects = 12) {
  const rows = Array.from({ length: projects }, (_, n) => ({
    id: `p${n}`,
    name: `项目${n}号`,
    key_project: "yes",
    initial_budget: `${n}.50`,
    outturn: `${n}.25`,
  }));
  return {
    format: "ziping.report",
    version: 1,
    doc_id: "gridgridgr",
    template: TEMPLATE,
    profile: { unit_name: "某县科学技术局", year: "2021" },
    staff: [
      { id: "admin", category: "行政", authorised_posts: "8", staff_in_post: "8" },
      { id: "support", category: "机关工勤", authorised_posts: "-", staff_in_post: "-" },
      { id: "public", category: "事业", authorised_posts: "17", staff_in_post: "13" },
    ],
    staff_stated: { staff_in_post: "25" },
    expenditure: [
      { id: "basic", item: "基本支出" },
      { id: "project", item: "项目支出" },
    ],
    basic: [
      { id: "301", item: "工资福利支出（301）", outturn: "190.94" },
      { id: "303", item: "对个人和家庭的补助（303）", outturn: "4.65" },
      { id: "302", item: "商品和服务支出（302）", outturn: "22.28" },
    ],
    three_public: [
      { id: "travel_abroad", item: "因公出国（境）费" },
      { id: "vehicle_purchase", item: "公务用车购置费" },
      { id: "vehicle_running", item: "公务用车运行维护费" },
      { id: "hospitality", item: "公务接待费", initial_budget: "8.00" },
    ],
    three_public_stated: { initial_budget: "12.88", outturn: "14.99" },
    rectifications: [
      { id: "k1", problem: "绩效目标设定不够细化，数量指标缺少可比口径，难以横向比较", cause: "申报时间紧", measure: "组织培训" },
    ],
    projects: rows,
  };
}

/** A window in which all rows of a short table are mounted, wherever on its page it stands. */
const TALL = { context: { viewport: { width: 1280, height: 2400 } } };

/** Opens a page of a report that is laid into the copy to save, and runs `use` with the page and ways to its cells. */
async function withTable(view, table, use, { rows, context, engine } = {}) {
  const slot = '<script type="application/json" id="ziping-report"></script>';
  const html = fs.readFileSync(path.join(DIST, "ziping.html"), "utf8");
  assert.ok(html.includes(slot));
  const file = path.join(scratchFolder(), `grid-${rows ?? "small"}.html`);
  fs.writeFileSync(file, html.replace(slot, () => slot.replace("></", `>${JSON.stringify(report(rows))}</`)));
  await withPage({ origin: "file", file, context, engine }, async (app) => {
    const { page } = app;
    await page.waitForFunction(() => location.hash.startsWith("#/report/"));
    await page.evaluate((name) => (location.hash = `#/report/gridgridgr/${name}`), view);
    const root = page.locator(`section[aria-labelledby="table-${table}"]`);
    await root.locator("table").waitFor();
    const cell = (line, column) => root.locator(`tr[data-line="${line}"] [data-column="${column}"]`);
    const at = async () =>
      page.evaluate(() => {
        const cell = document.activeElement.closest("[data-focus]");
        return cell ? `${cell.closest("tr").dataset.line}:${cell.dataset.column}` : null;
      });
    const keys = async (...names) => {
      for (const name of names) await page.keyboard.press(name);
    };
    const text = async (line, column) => (await cell(line, column).textContent()).trim();
    const value = () => page.evaluate(() => document.activeElement.value);
    const said = () => page.locator(".toasts").innerText();
    await use({ ...app, root, cell, at, keys, text, value, said });
  });
}

test("keys move, type, restore and lead out", async () => {
  await withTable("staffing", "T1", async ({ page, cell, at, keys, text, value }) => {
    await cell("radmin", 1).click();
    assert.equal(await at(), "radmin:1");
    await keys("ArrowDown", "ArrowRight");
    assert.equal(await at(), "rsupport:2");
    assert.equal(await value(), "无");

    // Figures follow each keystroke; the cell keeps its look; findings wait.
    const state = () => cell("rsupport", 2).getAttribute("data-state");
    const verdict = await page.locator(".verdict").innerText();
    await page.keyboard.type("4");
    assert.equal(await text("s0", 2), "25");
    assert.equal(await state(), "nil");
    assert.equal(await page.locator(".verdict").innerText(), verdict);
    await keys("Enter");
    assert.equal(await at(), "rpublic:2");
    assert.equal(await state(), "typed");
    await page.waitForFunction((before) => document.querySelector(".verdict").innerText !== before, verdict);

    // Esc restores; F2 lets the caret in.
    await page.keyboard.type("99");
    assert.equal(await text("s0", 2), "111");
    await keys("Escape");
    assert.equal(await text("s0", 2), "25");
    assert.equal(await value(), "13");
    await keys("F2", "ArrowLeft");
    await page.keyboard.type("0");
    await keys("Escape");
    assert.equal(await at(), "rpublic:2");

    // What cannot be read stays, with the reason.
    await page.keyboard.type("12x");
    await keys("Enter");
    assert.equal(await text("rpublic", 2), "12x");
    assert.equal(await cell("rpublic", 2).getAttribute("aria-invalid"), "true");
    assert.match(await cell("rpublic", 2).getAttribute("title"), /“12x”已原样保留/);
    await keys("Control+z");
    assert.equal(await at(), "rpublic:2", "undo leads to the place");
    assert.equal(await value(), "13");

    // Tab goes through what is typed, and leaves behind the last cell.
    await keys("Tab");
    assert.equal(await at(), "t0:1");
    await keys("Tab");
    assert.equal(await at(), "t0:2");
    await keys("Tab");
    assert.equal(await at(), null);
    await keys("Shift+Tab");
    assert.equal(await at(), "t0:2", "Tab comes back to where it left");
    await keys("Escape");
    assert.equal(await at(), null);
    await page.locator("section[aria-labelledby=table-T1] td[tabindex='0']").waitFor();
  });
});

test("an input method writes once, and its keys are its own", async () => {
  await withTable("execution", "T7", async ({ page, cell, at, keys, text }) => {
    await cell("rp2", 0).click();
    await page.evaluate(() => {
      window.inputs = 0;
      document.addEventListener("input", () => (window.inputs += 1), true);
    });
    await ime(page, "你好", ["n", "ni", "niha", "nihao"]);
    assert.equal(await at(), "rp2:0");
    assert.ok((await page.evaluate(() => window.inputs)) > 0);
    await keys("Enter");
    assert.equal(await text("rp2", 0), "你好");
    assert.equal(await at(), "rp3:0");
    await keys("Control+z");
    assert.equal(await text("rp3", 0), "项目3号");
    assert.equal(await page.evaluate(() => document.activeElement.value), "项目2号", "one step");
    // While composing, nothing that is not chosen reaches the report.
    await keys("Escape");
    await cell("rp4", 0).click();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Input.imeSetComposition", { text: "zhong", selectionStart: 5, selectionEnd: 5 });
    assert.doesNotMatch(await page.locator(".inspector").innerText(), /zhong/);
    await cdp.send("Input.insertText", { text: "中" });
    await keys("ArrowDown");
    assert.equal(await text("rp4", 0), "中");
  });
});

test("a block is selected, copied, emptied, filled down, each in one step", async () => {
  await withTable("execution", "T7", async ({ page, root, cell, at, keys, text }) => {
    const copied = () =>
      page.evaluate(() => {
        const clipboardData = new DataTransfer();
        document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
        return clipboardData.getData("text/plain");
      });
    await cell("rp2", 5).click();
    await keys("Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight");
    assert.equal(await root.locator("[aria-selected=true]").count(), 6);
    assert.equal(await copied(), "2.50\t\t2.25\r\n3.50\t\t3.25");
    await keys("Delete");
    assert.deepEqual([await text("rp3", 5), await text("rp3", 7), await text("rp4", 5)], ["未填", "未填", "4.50"]);
    await keys("Control+z");
    assert.deepEqual([await text("rp3", 5), await text("rp3", 7)], ["3.50", "3.25"]);

    const middle = async (line, column) => {
      const box = await cell(line, column).boundingBox();
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    await page.mouse.move(...(await middle("rp5", 5)));
    await page.mouse.down();
    await page.mouse.move(...(await middle("rp6", 5)));
    await page.mouse.move(...(await middle("rp7", 6)));
    await page.mouse.up();
    assert.equal(await root.locator("[aria-selected=true]").count(), 6);
    assert.equal(await at(), "rp5:5");
    await keys("Control+d");
    assert.deepEqual([await text("rp6", 5), await text("rp7", 5), await text("rp8", 5)], ["5.50", "5.50", "8.50"]);
    await keys("Control+z", "Control+a");
    assert.equal(await root.locator("[aria-selected=true]").count(), 12 * 12);
    await keys("Escape");
    assert.equal(await root.locator("[aria-selected=true]").count(), 0);

    // A second click lets the caret in.
    await cell("rp9", 5).click();
    await cell("rp9", 5).click();
    assert.notEqual(await cell("rp9", 5).getAttribute("data-editing"), null);
  });
});

test("a block from a spreadsheet fills cells, adds rows and knows totals", async () => {
  await withTable("execution", "T7", async ({ page, root, cell, keys, text, said }) => {
    const rows = () => root.locator("tbody tr[data-line^=r]").count();
    await cell("rp11", 0).click();
    const block = "甲\t是\t\"312\n补助\"\t2021年\t一般公共预算\t1,113\r\n乙\t否\t\t\t\t1OO\r\n合 计\t\t\t\t\t1,213\r\n";
    assert.equal(await pasteInto(page, block), true);
    assert.match(await said(), /已粘贴 2 行 6 列，上报合计 1 行，1 格无法识别/);
    assert.equal(await rows(), 13);
    assert.equal(await text("t0", 5), "1,213.00");
    assert.equal(await text("rp11", 2), "312 补助");
    assert.equal(await text("rp11", 5), "1,113.00");
    await page.locator(".toasts button", { hasText: "撤销" }).click();
    assert.equal(await rows(), 12);
    assert.equal(await text("rp11", 5), "11.50");

    // Columns that do not match are told first; nothing changes before.
    await keys("Escape");
    await cell("rp10", 0).click();
    await pasteInto(page, "序号\t项目\t决算\n1\t丙\t7\n2\t丁\tx\n");
    const dialog = page.getByRole("dialog", { name: "列对不上，请认一下" });
    await dialog.waitFor();
    assert.equal(await text("rp11", 0), "项目11号");
    assert.equal(await dialog.locator("td[data-state=unread]").count(), 1);
    await dialog.getByRole("combobox", { name: "第 3 列" }).selectOption({ label: "年初预算" });
    await dialog.getByRole("button", { name: "粘贴 2 行" }).click();
    assert.equal(await text("rp11", 0), "丁");
    assert.equal(await text("rp11", 5), "x");
    assert.equal(await text("rp11", 7), "11.25");
  }, TALL);
});

test("known rows are found by their names", async () => {
  await withTable("execution", "T6", async ({ page, cell, text, said }) => {
    await cell("r301", 1).click();
    await pasteInto(page, "经济分类\t年初预算（元）\n商品和服务支出\t215500\n301 工资福利支出\t1233600\n资本性支出\t10000\n人员经费\t1280100\n");
    assert.match(await said(), /已粘贴 3 行 2 列，上报合计 1 行/);
    assert.equal(await text("r302", 1), "21.5500");
    assert.equal(await text("r310", 1), "1.0000");
    assert.equal(await text("t0", 1), "128.0100");
  }, TALL);
});

test("rows are added, inserted, copied, moved and deleted", async () => {
  await withTable("execution", "T7", async ({ page, root, cell, at, keys, text, said }) => {
    const order = () => root.locator("tbody tr[data-line^=r]").evaluateAll((rows) => rows.map((row) => row.dataset.line));
    await cell("rp11", 0).click();
    await keys("Enter");
    assert.equal((await order()).length, 13);
    assert.equal(await at(), `${(await order())[12]}:0`);
    await page.keyboard.type("新项目");
    await keys("Control+z", "Control+z");
    assert.equal((await order()).length, 12);

    await cell("rp3", 0).click();
    await keys("Alt+ArrowUp");
    assert.deepEqual((await order()).slice(1, 4), ["rp1", "rp3", "rp2"]);
    await keys("Control+Shift++");
    assert.deepEqual((await order())[3], "rp3");
    await keys("Control+-");
    assert.match(await said(), /已删除“第3行”/);
    assert.equal(await at(), "rp3:0", "the row below has the focus");

    await cell("rp5", 0).hover();
    await root.locator("tr[data-line=rp5] .grid__row-menu").click();
    await page.getByRole("menuitem", { name: "复制一行" }).click();
    assert.equal((await order()).length, 13);
    const copy = (await order())[(await order()).indexOf("rp5") + 1];
    assert.equal(await text(copy, 5), "5.50");

    const number = async (line) => {
      const box = await root.locator(`tr[data-line=${line}] .grid__no`).boundingBox();
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    await root.locator("tr[data-line=rp8] .grid__no").scrollIntoViewIfNeeded();
    const [x, y] = await number("rp7");
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 12);
    const [, below] = await number("rp9");
    await page.mouse.move(x, below + 10);
    assert.equal(await root.locator("tr[data-dragged]").count(), 1);
    assert.equal(await root.locator("tr[data-drop=after]").getAttribute("data-line"), "rp9");
    await page.mouse.up();
    assert.deepEqual((await order()).slice(-4), ["rp9", "rp7", "rp10", "rp11"]);
    assert.equal(await page.getByRole("menu").filter({ visible: true }).count(), 0, "dragging opens no menu");
  }, TALL);
});

test("元 and 万元 are exact both ways; blanks become 无 in one step", async () => {
  await withTable("execution", "T7", async ({ page, root, cell, keys, text, said }) => {
    await page.locator(".segmented__item", { hasText: /^元$/ }).click();
    assert.equal(await text("rp1", 5), "15,000");
    await cell("rp1", 5).click();
    await page.keyboard.type("12345.6");
    await keys("Enter");
    await page.locator(".segmented__item", { hasText: "万元" }).click();
    assert.equal(await text("rp1", 5), "1.23456");
    await root.getByRole("button", { name: "空白填“无”" }).click();
    // 全年预算, 上年决算 and 受益对象数 of twelve rows.
    assert.match(await said(), /36 个空白格已填“无”/);
    assert.equal(await cell("rp4", 6).getAttribute("data-state"), "nil");
    await page.locator(".toasts button", { hasText: "撤销" }).click();
    assert.equal(await cell("rp4", 6).getAttribute("data-state"), "blank");
  });
});

test("a total from an outside paper stands below what is filled in; a cell of another table leads there", async () => {
  await withTable("three_public", "T9", async ({ root, text, cell }) => {
    assert.match(await root.locator("tr[data-line=s1] .grid__name").textContent(), /合计另有 \d+ 项未填/);
    assert.equal(await text("s1", 1), "8.00");
    assert.notEqual(await cell("s1", 1).getAttribute("data-partial"), null);
    assert.equal(await cell("t1", 1).getAttribute("data-state"), "stated");
    assert.equal(await text("t1", 6), "116.38%据上报");
  });
  await withTable("execution", "T5b", async ({ page, cell, keys }) => {
    await cell("rbasic", 3).click();
    await keys("Enter");
    await page.waitForFunction(() => document.activeElement.closest("section")?.getAttribute("aria-labelledby") === "table-T6");
    assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /基本支出合计 决算 217.87/);
  });
});

test("one row as a form, with the same rules", async () => {
  await withTable("execution", "T7", async ({ page, root, cell, text, keys }) => {
    await cell("rp2", 0).click();
    await root.getByRole("button", { name: "表单视图" }).click();
    const record = root.locator(".record");
    assert.match(await record.locator(".record__head").innerText(), /项目2号\s*第 3 行，共 12 行/);
    const outturn = record.getByLabel("决算", { exact: false }).first();
    await outturn.fill("12x");
    assert.equal(await record.locator(".field__message").count(), 0, "nothing is said while it is typed");
    await outturn.press("Tab");
    assert.match(await record.locator(".field__message").innerText(), /“12x”已原样保留/);
    await record.getByRole("button", { name: "下一行" }).click();
    assert.match(await record.locator(".record__title").innerText(), /项目3号/);
    assert.deepEqual(await axe(page), []);
    await record.getByRole("button", { name: "返回表格" }).click();
    assert.equal(await text("rp2", 7), "12x");
    await keys("Control+z");
    assert.equal(await cell("rp2", 7).locator("input").inputValue(), "2.25");
  });
});

test("rows are as high as their sentences, and keep their height while they are edited", async () => {
  await withTable("measures", "T12", async ({ page, root, cell, text, keys }) => {
    const height = async () => (await root.locator("tr[data-line=rk1]").boundingBox()).height;
    const before = await height();
    assert.ok(before > 40);
    await cell("rk1", 0).click();
    assert.ok(Math.abs((await height()) - before) <= 1);
    await page.keyboard.type("改写");
    await keys("Tab");
    assert.equal(await text("rk1", 0), "改写");
  });
});

test("eight thousand rows: those in view are mounted, all are found", async () => {
  const use = async ({ page, root, cell, at, keys, text }) => {
    const frame = root.locator(".grid");
    const mounted = () => root.locator("tbody tr[data-line]").count();
    await frame.scrollIntoViewIfNeeded();
    assert.ok((await mounted()) < 60);
    assert.equal(await root.locator("table").getAttribute("aria-rowcount"), "8003");
    await cell("rp5", 5).click();

    // The active row keeps the focus while it is out of view, and typing goes on there.
    await frame.evaluate((element) => (element.scrollTop = 7_000 * 34));
    await cell("rp7000", 0).waitFor();
    assert.equal(await at(), "rp5:5");
    assert.ok((await mounted()) < 60);
    await cell("rp7003", 5).click();
    assert.equal(await root.locator("tr[data-line=rp7003]").getAttribute("aria-rowindex"), "7005");
    await page.keyboard.type("1");
    await keys("Enter");
    assert.equal(await text("rp7003", 5), "1.00");
    await keys("Control+Home");
    assert.equal(await at(), "rp0:0");
    await keys("Control+z");
    assert.equal(await at(), "rp7003:5", "undo leads back to the row");
    await keys("PageUp", "Control+ArrowDown");
    assert.equal(await at(), "rp7999:5");

    await keys("Control+f");
    await page.keyboard.type("项目4321号");
    await page.keyboard.press("Enter");
    assert.match(await root.locator(".findbar__count").innerText(), /第 1 处，共 1 处/);
    assert.equal(await root.locator("tr[data-line=rp4321] mark").textContent(), "项目4321号");
    await keys("Escape");
    assert.equal(await at(), "rp4321:0");
    await keys("Delete");
    assert.equal(await text("rp4321", 5), "4,321.50");
  };
  await withTable("execution", "T7", use, { rows: 8_000 });
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in tables: ${colorScheme}`, async () => {
    const use = async ({ page, cell }) => {
      await cell("rp2", 5).click();
      assert.deepEqual(await axe(page), []);
    };
    await withTable("execution", "T7", use, { context: { colorScheme } });
  });
}

test("on Chromium 103 too", async () => {
  const use = async ({ page, cell, at, keys, text }) => {
    await cell("rp2", 5).click();
    await page.keyboard.type("77");
    await keys("Enter");
    assert.equal(await text("rp2", 5), "77.00");
    assert.equal(await at(), "rp3:5");
    await pasteInto(page, "1\t2\n3\t4\n");
    assert.equal(await text("rp4", 6), "4.00");
  };
  await withTable("execution", "T7", use, { engine: "103" });
});
