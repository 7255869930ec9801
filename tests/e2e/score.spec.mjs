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

test("goals take part and share the points of their slot; a template goes out and comes back as a file", async () => {
  await withPage({}, async ({ page }) => {
    await openSample(page);
    await choose(page, /重庆/);
    await page.getByRole("button", { name: "归入并平均分配分值" }).click();
    await page.getByText("各部分共", { exact: false }).waitFor({ state: "detached" });
    await line(page, "市级以上科技项目").getByText(/3 ÷ 15/).waitFor();

    // A rule is changed in the department's copy, and the words follow.
    const staff = line(page, "财政供养人员控制率");
    await staff.getByRole("button", { name: /填写/ }).click();
    await staff.getByRole("button", { name: "修改指标和规则" }).click();
    await staff.getByRole("combobox", { name: "评分规则" }).selectOption({ label: "直接赋分" });
    await staff.getByRole("combobox", { name: "条件" }).selectOption({ label: "≤" });
    await staff.getByRole("textbox", { name: "界限" }).fill("100");
    await page.keyboard.press("Tab");
    await staff.getByRole("button", { name: "已按原文补全" }).click();
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
    assert.deepEqual(await axe(page), []);
  });
});
