// 自评表: a template is chosen, a weight goes wrong and is mended, points are lost and a cause is asked for, and the
// sheet stands in the printed report.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, test } from "node:test";

import { axe, closeAll, download, pdfPages, pdfText, scratchFolder, withPage } from "./harness.mjs";
import { content, exported, goTo, openSample } from "./pages.mjs";

after(closeAll);

const line = (page, name) => page.getByRole("listitem").filter({ has: page.getByRole("strong").filter({ hasText: name }) });
const weight = (page, name) => page.getByRole("textbox", { name: `${name}的分值`, exact: true });

/** Chooses a scoring template of the open report. */
async function choose(page, name) {
  await goTo(page, "自评表");
  await page.getByRole("radio", { name }).check();
  await page.getByRole("button", { name: "选用模板" }).click();
  await page.getByText("总分", { exact: true }).waitFor();
}

test("a template is chosen, weights are checked as they are edited, lost points ask for their cause, and it prints", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await choose(page, /江西四维/);
    await page.getByText("各级分值相符，共 100 分。").waitFor();
    await page.getByText("分值为示例，以当年财政通知附件为准", { exact: true }).waitFor();

    // The rule with this report's numbers.
    const control = line(page, "“三公经费”控制率");
    await control
      .getByText("“三公经费”控制率 116.38%，超过 100% 计 16.38 个百分点，每个百分点扣 1 分，扣完为止：0 分")
      .waitFor();
    await control.getByRole("button", { name: "为什么" }).click();
    await page.getByRole("complementary", { name: "当前字段说明" }).getByText(/14\.99 ÷ 12\.88/).waitFor();

    // A wrong sum is said with its difference, at once, and goes when it is mended.
    await weight(page, "在职人员控制率").fill("3");
    await page.getByText("管理 › 预算配置：各部分共 5 分，应为 4 分，多 1 分").waitFor();
    await weight(page, "在职人员控制率").fill("2");
    await page.getByText("各级分值相符，共 100 分。").waitFor();

    // Whoever loses points is asked why.
    await control.getByRole("textbox", { name: "偏差原因" }).fill("上年接待批次增加");
    await control.getByRole("textbox", { name: "改进措施" }).fill("严格审批");
    await page.keyboard.press("Tab");

    // Check points are answered; an answer that is missing leaves no score.
    const rules = line(page, "管理制度健全性");
    await rules.getByRole("button", { name: /填写/ }).click();
    const answers = rules.getByRole("combobox");
    await answers.nth(0).selectOption("是");
    await answers.nth(1).selectOption("是");
    await rules.getByText(/1 项未答/).waitFor();
    await answers.nth(2).selectOption("否");
    await rules.getByText("得 2 分").waitFor();

    // A finding leads back to the field.
    await goTo(page, "校验");
    await page.getByText(/管理制度健全性得 2 分，分值 3 分，没有写偏差原因和改进措施/).first().waitFor();

    // Printed: the official table on a lying page.
    await goTo(page, "预览与导出");
    await page.getByText("部门整体支出绩效自评表").first().waitFor();
    const file = path.join(scratchFolder(), "score.pdf");
    await page.pdf({ path: file, preferCSSPageSize: true });
    const text = pdfText(file).replaceAll(/\s+/g, "");
    assert.match(text, /绩效自评结果/);
    assert.match(text, /上年接待批次增加/);
    assert.ok(pdfPages(file).includes("lying"));

    // The copy and the answers are in the file.
    const data = content((await exported(page)).text);
    assert.equal(data.scoring.id, "jiangxi_four");
    const row = data.score_answers.find((answer) => answer.id === "rules");
    assert.equal(row.answers, "yes,yes,no");
  });
});

test("a template with unseen rows is refused with the rows, filled in as a copy, and then used", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await goTo(page, "自评表");
    await page.getByRole("radio", { name: /重庆/ }).check();
    await page.getByRole("button", { name: "选用模板" }).click();
    const refused = page.getByRole("alert").filter({ hasText: "有 14 行未见原文，补全以前不能用来评分" });
    await refused.getByText(/要补全的行：财政供养人员控制率（2 分）、/).waitFor();
    assert.equal(await page.getByText("总分", { exact: true }).count(), 0);
    await refused.getByRole("button", { name: "复制一份，按文件补全" }).click();

    // Nothing of it is scored or printed before it is complete.
    await page.getByText(/还有 14 行未见原文/).waitFor();
    const rows = page.getByRole("listitem").filter({ has: page.getByText("未见原文", { exact: true }) });
    await rows.first().getByRole("button", { name: "补全财政供养人员控制率" }).click();
    await rows.first().getByRole("combobox", { name: "评分规则" }).selectOption({ label: "直接赋分" });
    await rows.first().getByRole("combobox", { name: "条件" }).selectOption({ label: "≤" });
    await rows.first().getByRole("textbox", { name: "界限" }).fill("100");
    await rows.first().getByRole("button", { name: "已按原文补全" }).click();
    for (let left = 13; left > 0; left -= 1) {
      await page.getByText(new RegExp(`还有 ${left} 行未见原文`)).waitFor();
      await rows.first().getByRole("button", { name: /^补全/ }).click();
      await rows.first().getByRole("button", { name: "已按原文补全" }).click();
    }
    await page.getByText("总分", { exact: true }).waitFor();
    await line(page, "财政供养人员控制率").getByText("得 2 分").waitFor();

    await page.getByRole("button", { name: "归入并平均分配分值" }).click();
    await page.getByText("各部分共", { exact: false }).waitFor({ state: "detached" });
    await line(page, "市级以上科技项目").getByText(/3 ÷ 15/).waitFor();
    assert.deepEqual(await axe(page), []);
  });
});

test("names, order, grades and the fact of an indicator are changed in the page, each as one step", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await choose(page, /江西四维/);
    await page.getByRole("button", { name: "修改模板" }).click();

    // Names of all levels.
    const level = page.getByRole("textbox", { name: "一级指标" }).nth(1);
    await level.fill("管理情况");
    await level.press("Enter");
    await page.getByRole("textbox", { name: "管理情况的分值" }).waitFor();
    const second = page.getByRole("textbox", { name: "二级指标" }).nth(1);
    await second.fill("配置");
    await second.press("Enter");
    await page.getByRole("textbox", { name: "配置的分值", exact: true }).waitFor();

    // A weight that is typed is one step of undo.
    const points = page.getByRole("textbox", { name: "在职人员控制率的分值" });
    await points.fill("");
    await points.pressSequentially("1.25", { delay: 20 });
    await page.getByText(/管理情况 › 配置：各部分共 3.25 分，应为 4 分，少 0.75 分/).waitFor();
    await points.blur();
    await page.keyboard.press("Control+z");
    await page.getByText("各级分值相符，共 100 分。").waitFor();
    assert.equal(await points.inputValue(), "2");

    // An indicator moves by keyboard and keeps the focus; at the edge it goes on into the next level 2.
    const names = () =>
      page.getByRole("textbox", { name: "三级指标" }).evaluateAll((all) => all.map((input) => input.value));
    const before = await names();
    await page.getByRole("button", { name: "下移在职人员控制率" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "tools-row-staff_rate");
    assert.deepEqual((await names()).slice(1, 3), [before[2], before[1]]);
    await page.keyboard.press("Alt+ArrowUp");
    await page.waitForFunction(() => document.activeElement?.id === "tools-row-staff_rate");
    assert.deepEqual(await names(), before);

    // An indicator is added, fed by a fact that is found by its name, and taken out again.
    await page.getByRole("button", { name: "在“配置”下增加指标" }).click();
    const added = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "去掉新指标" }) });
    await added.getByRole("button", { name: "修改指标和规则" }).click();
    await added.getByRole("button", { name: /^数据来源/ }).click();
    await page.getByRole("combobox", { name: "查找数据来源" }).fill("三公 控制率");
    const option = page.getByRole("option", { name: /116.38%/ }).first();
    await option.waitFor();
    while ((await option.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await added.getByRole("button", { name: /^数据来源.*控制率.*116.38%/ }).waitFor();
    await added.getByRole("button", { name: "去掉新指标" }).click();
    await added.waitFor({ state: "detached" });

    // Grades: names and points, wrong order said at once with its place.
    await page.getByRole("textbox", { name: "第 1 个等级从几分起" }).fill("70");
    await page.getByText("模板：等级（grades）的起点要写明，并且从高到低").waitFor();
    await page.getByRole("textbox", { name: "第 1 个等级从几分起" }).fill("95");
    await page.getByText("各级分值相符，共 100 分。").waitFor();
    await page.getByRole("textbox", { name: "实际达到目标的几倍起标出" }).fill("1.5");
    await page.keyboard.press("Tab");
    assert.deepEqual(await axe(page), []);

    const data = content((await exported(page)).text);
    assert.equal(data.scoring.aspects[1].name, "管理情况");
    assert.equal(data.scoring.grades[0].from, "95");
    assert.equal(data.scoring.over_mark, "1.5");
  });
});

test("a template goes out and comes back as a file, and a broken one is refused with its place", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await choose(page, /江西四维/);

    // A rule is changed in the department's copy, and the words follow.
    const staff = line(page, "在职人员控制率");
    await staff.getByRole("button", { name: /填写/ }).click();
    await staff.getByRole("button", { name: "修改指标和规则" }).click();
    await staff.getByRole("combobox", { name: "评分规则" }).selectOption({ label: "直接赋分" });
    await staff.getByRole("combobox", { name: "条件" }).selectOption({ label: "≤" });
    await staff.getByRole("textbox", { name: "界限" }).fill("100");
    await page.keyboard.press("Tab");
    await staff.getByText("≤ 100% 得满分，否则不得分").first().waitFor();
    await staff.getByText("得 2 分").waitFor();

    const out = await download(page, () => page.getByRole("button", { name: "导出模板" }).click());
    const template = JSON.parse(out.text);
    template.aspects[0].groups[0].rows[0].rule.kind = "nothing";
    const broken = path.join(scratchFolder(), "broken.scoring.json");
    fs.writeFileSync(broken, JSON.stringify(template));
    const give = async (file) => {
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"),
        page.getByRole("button", { name: "导入模板" }).click(),
      ]);
      await chooser.setFiles(file);
    };
    await give(broken);
    const refused = page.getByRole("alert").filter({ hasText: "没有导入模板" });
    await refused.getByText(/预算执行率 › 预算执行率 › 预算执行率：评分规则：没有“nothing”这种规则/).waitFor();
    await refused.getByRole("button", { name: "关闭这条消息" }).click();
    await give(out.file);
    await page.getByText(/和现在用的一样/).waitFor();
    await staff.getByText("得 2 分").waitFor();
  });
});
