//! Generated passages: each relation in many wordings, units, separators and line breaks.
//!
//! A consistent passage raises no error; the same passage with one figure changed beyond tolerance raises one that
//! touches the sentence. Traps (lists that are not whole, other scopes, names with digits) stay silent.

use std::fmt::Write;

use ziping::domain::checks::Severity;
use ziping::domain::lint::lint;

/// A small generator of numbers, so that a failing passage is found again by its seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap()]
    }
}

/// A passage: words and figures; a figure is a whole number of `10^-dp`.
#[derive(Default, Clone)]
struct Passage {
    pieces: Vec<Piece>,
}

#[derive(Clone)]
enum Piece {
    Words(String),
    /// Value and decimals.
    Figure(i64, u32),
}

impl Passage {
    fn w(&mut self, words: &str) -> &mut Self {
        self.pieces.push(Piece::Words(words.to_owned()));
        self
    }
    fn n(&mut self, value: i64, dp: u32) -> &mut Self {
        self.pieces.push(Piece::Figure(value, dp));
        self
    }
    fn figures(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Figure(..))).count()
    }

    /// The passage with figure `changed` (if any) made wrong, in a style.
    fn print(&self, changed: Option<usize>, style: &Style) -> String {
        let mut out = String::new();
        let mut at = 0;
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Figure(value, dp) => {
                    let value = if changed == Some(at) { spoil(*value, *dp) } else { *value };
                    at += 1;
                    let _ = write!(out, "\u{1}{}\u{2}", digits(value, *dp, style.grouped));
                }
            }
        }
        style.apply(&out)
    }
}

/// Another figure of the same length, well beyond any rounding.
fn spoil(value: i64, dp: u32) -> i64 {
    let unit = 10_i64.pow(dp);
    let step = (value.abs() / 9).max(if dp == 0 { 1 } else { unit / 2 }).max(1);
    value + step + if value % 2 == 0 { 1 } else { 0 }
}

fn digits(value: i64, dp: u32, grouped: bool) -> String {
    let unit = 10_i64.pow(dp);
    let (whole, rest) = (value / unit, value % unit);
    let mut text = whole.to_string();
    if grouped && text.len() > 3 {
        let mut parts = Vec::new();
        while text.len() > 3 {
            parts.push(text.split_off(text.len() - 3));
        }
        parts.push(text);
        parts.reverse();
        text = parts.join(",");
    }
    if dp > 0 { format!("{text}.{rest:0width$}", width = dp as usize) } else { text }
}

/// How a passage is written.
struct Style {
    grouped: bool,
    spaced: bool,
    half: bool,
    wrap: usize,
    quotes: bool,
}

impl Style {
    fn of(random: &mut Random) -> Self {
        Style {
            grouped: random.below(4) == 0,
            spaced: random.below(3) == 0,
            half: random.below(3) == 0,
            wrap: if random.below(3) == 0 { 24 + usize::try_from(random.below(16)).unwrap() } else { 0 },
            quotes: random.below(5) == 0,
        }
    }

    fn apply(&self, text: &str) -> String {
        let blank = if self.spaced { " " } else { "" };
        let mut text = text.replace(['\u{1}', '\u{2}'], blank);
        if self.half {
            text = text
                .replace('，', ",")
                .replace('；', ";")
                .replace('：', ":")
                .replace('（', "(")
                .replace('）', ")");
        }
        if self.quotes {
            text = text.replace("三公", "“三公”");
        }
        // No one wraps the rows of a table.
        if self.wrap == 0 || text.contains('|') {
            return text;
        }
        let mut out = String::new();
        for line in text.split('\n') {
            let chars: Vec<char> = line.trim().chars().collect();
            for (index, chunk) in chars.chunks(self.wrap).enumerate() {
                if index > 0 {
                    out.push('\n');
                }
                out.extend(chunk);
            }
            out.push('\n');
        }
        out
    }
}

/// a ÷ b in per cent, to `dp` decimals, half up.
fn percent(a: i64, b: i64, dp: u32) -> i64 {
    let scale = 100 * 10_i64.pow(dp);
    (2 * a * scale + b) / (2 * b)
}

struct Maker<'r> {
    random: &'r mut Random,
    passage: Passage,
}

impl Maker<'_> {
    fn w(&mut self, words: &str) -> &mut Self {
        self.passage.w(words);
        self
    }
    fn n(&mut self, value: i64, dp: u32) -> &mut Self {
        self.passage.n(value, dp);
        self
    }
    fn pick(&mut self, words: &[&str]) -> &mut Self {
        let word = self.random.pick(words).to_owned();
        self.passage.w(&word);
        self
    }
    fn amount(&mut self) -> i64 {
        let low: i64 = [800, 6_000, 90_000, 700_000][usize::try_from(self.random.below(4)).unwrap()];
        low + i64::try_from(self.random.below(low.unsigned_abs() * 9)).unwrap()
    }
    fn small(&mut self, n: u64) -> i64 {
        i64::try_from(self.random.below(n)).unwrap()
    }
    fn reason(&mut self) -> &mut Self {
        self.pick(&[
            "主要原因是人员正常调资。",
            "主要原因：项目进度加快。",
            "主要是厉行节约，压减一般性支出。",
            "变动原因为2019年机构改革后人员划转。",
            "增减变动的原因是“十四五”规划项目陆续开工。",
        ])
    }

    /// "比上年增加D万元，增长p%" for an amount.
    fn change(&mut self, current: i64) -> &mut Self {
        let up = self.random.below(2) == 0;
        let delta = 1 + self.small((current / 2).unsigned_abs().max(2));
        let base = if up { current - delta } else { current + delta };
        let dp = if self.random.below(3) == 0 { 1 } else { 2 };
        let p = percent(delta, base, dp);
        let order = self.random.below(8) > 0;
        self.pick(&[
            "，比上年",
            "，较上年",
            "，与上年相比",
            "，比2021年度",
            "，同比",
            "，较上年决算数",
            "。与2021年度相比，",
            "，比上年决算",
        ]);
        let (more, grows): (&[&str], &[&str]) = if up {
            (&["增加", "增加了"], &["增长", "增长了", "增幅为"])
        } else {
            (&["减少", "减少了"], &["下降", "降低", "下降了", "减少"])
        };
        if order {
            self.pick(more).n(delta, 2).w("万元").pick(&["，", "、"]).pick(grows).n(p, dp).w("%");
        } else {
            let (more, grows): (&[&str], &[&str]) =
                if up { (&["增收", "增加"], &["增长"]) } else { (&["减收", "减少"], &["下降"]) };
            self.pick(grows).n(p, dp).w("%，").pick(more).n(delta, 2).w("万元");
        }
        self.w("，").reason()
    }

    /// Parts with shares after a total.
    fn split(&mut self, total_words: &[&str], names: &[&str], shares: bool) -> i64 {
        let mut parts: Vec<i64> = names.iter().map(|_| 0).collect();
        for part in &mut parts {
            *part = self.amount();
        }
        let total: i64 = parts.iter().sum();
        self.pick(total_words).n(total, 2).w("万元");
        self.pick(&["，其中：", "，其中，", "，其中", "。其中：", "，包括："]);
        let mark = self.random.pick(&["；", "，", "；", "、"]).to_owned();
        let of = self.random.pick(&["占", "，占", "，占总支出的", "，占比"]).to_owned();
        let of = if of.contains("总支出") && !total_words[0].contains("支出") {
            "，占".to_owned()
        } else {
            of
        };
        let mark = if shares { "；".to_owned() } else { mark };
        for (index, (name, part)) in names.iter().zip(&parts).enumerate() {
            if index > 0 {
                self.w(&mark);
            }
            self.w(name).n(*part, 2).w("万元");
            if shares {
                let p = percent(*part, total, 2);
                self.w(if of.contains("总支出") { "，占" } else { &of }).n(p, 2).w("%");
            }
        }
        self.w("。");
        total
    }
}

/// A kind of passage and what makes it.
type Kind = (&'static str, fn(&mut Maker));

const MAKERS: &[Kind] = &[
    ("growth", |m| {
        let c = m.amount();
        m.pick(&[
            "2022年度基本支出",
            "本年收入合计",
            "2022年度机关运行经费支出",
            "公务接待费支出决算为",
            "项目支出",
            "一般公共预算财政拨款支出",
        ]);
        m.n(c, 2).w("万元").change(c);
    }),
    ("split with shares", |m| {
        let income = m.random.below(2) == 0;
        if income {
            m.split(
                &["本年收入合计", "2022年度收入合计", "全年收入总额为"],
                &["财政拨款收入", "事业收入", "经营收入", "其他收入"],
                true,
            );
        } else {
            m.split(&["本年支出合计", "2022年度总支出", "支出总额为"], &["基本支出", "项目支出"], true);
        }
    }),
    ("split", |m| {
        let names: &[&str] = match m.random.below(4) {
            0 => &["人员经费", "公用经费"],
            1 => &["中央资金", "省级资金", "市级资金", "县级配套资金"],
            2 => &["货物采购支出", "工程采购支出", "服务采购支出"],
            _ => &["因公出国（境）费支出", "公务用车购置及运行维护费支出", "公务接待费支出"],
        };
        m.split(&["2022年度资金总额", "项目总投资", "支出共计", "2022年度经费支出"], names, false);
    }),
    ("used for", |m| {
        let names = [
            "一般公共服务（类）支出",
            "社会保障和就业（类）支出",
            "卫生健康（类）支出",
            "农林水（类）支出",
            "住房保障（类）支出",
        ];
        let parts: Vec<i64> = names.iter().map(|_| m.amount()).collect();
        let total = parts.iter().sum();
        m.w("2022年度一般公共预算财政拨款支出").n(total, 2).w("万元，主要用于以下方面：");
        for (index, (name, part)) in names.iter().zip(&parts).enumerate() {
            let p = percent(*part, total, 2);
            m.w(if index > 0 { "；" } else { "" }).w(name).n(*part, 2).w("万元，占").n(p, 2).w("%");
        }
        m.w("。");
    }),
    ("budget and outturn", |m| {
        let b = m.amount();
        let a = b * (60 + m.small(80)) / 100;
        let dp = if m.random.below(3) == 0 { 1 } else { 2 };
        let p = percent(a, b, dp);
        m.pick(&["2022年度支出", "教育（类）普通教育（款）小学教育（项）。", "住房公积金", "“三公”经费"]);
        m.pick(&["年初预算为", "年初预算数为", "全年预算为", "预算数为"]).n(b, 2).w("万元，");
        m.pick(&["支出决算为", "决算数为", "实际支出", "支出决算"]).n(a, 2).w("万元，");
        m.pick(&[
            "完成年初预算的",
            "完成预算的",
            "完成全年预算的",
            "为年初预算的",
            "占年初预算的",
            "预算完成率为",
            "完成预算",
        ])
        .n(p, dp)
        .w("%");
        m.pick(&["。", "。决算数与预算数存在差异的主要原因是人员变动。"]);
    }),
    ("budget in the phrase", |m| {
        let b = m.amount();
        let a = b * (40 + m.small(50)) / 100;
        let p = percent(a, b, 1);
        m.pick(&["1-6月，全县一般公共预算收入完成", "税收收入", "非税收入"]).n(a, 2).w("万元，占");
        m.pick(&["年初预算", "调整预算", "全年预算"])
            .n(b, 2)
            .w("万元的")
            .n(p, 1)
            .w("%，同比增长")
            .w("8.2%。");
    }),
    ("payment rate", |m| {
        let b = m.amount();
        let a = b * (50 + m.small(50)) / 100;
        let p = percent(a, b, 2);
        m.pick(&["项目资金总额", "2022年下达专项资金", "全年预算安排", "到位资金"]).n(b, 2).w("万元，");
        m.pick(&["实际支出", "已支付", "累计拨付", "实际使用"]).n(a, 2).w("万元，");
        m.pick(&["预算执行率", "支付率", "资金使用率", "支出率"]).pick(&["为", "达", ""]).n(p, 2).w("%。");
    }),
    ("staff", |m| {
        let parts = [3 + m.small(30), 1 + m.small(9), 2 + m.small(20)];
        let total = parts.iter().sum();
        m.pick(&["全局共有编制", "核定编制", "我单位人员编制"]).n(total, 0).pick(&[
            "名，其中",
            "人，其中：",
            "个，其中，",
        ]);
        m.w("行政编制")
            .n(parts[0], 0)
            .w("名，工勤编制")
            .n(parts[1], 0)
            .w("名，事业编制")
            .n(parts[2], 0)
            .w("名。");
    }),
    ("people in a bracket", |m| {
        let parts = [1 + m.small(3), 1 + m.small(5), 2 + m.small(20)];
        let total = parts.iter().sum();
        m.pick(&["现有在职人员", "年末实有人数"])
            .n(total, 0)
            .w("人（其中：在职领导")
            .n(parts[0], 0)
            .w("人，中层干部")
            .n(parts[1], 0);
        m.w("人，一般职员").n(parts[2], 0).w("人）。");
    }),
    ("vehicles", |m| {
        let parts = [1 + m.small(5), m.small(9) + 1, m.small(4) + 1];
        let total = parts.iter().sum();
        m.w("截至2022年12月31日，本部门共有车辆")
            .n(total, 0)
            .w("辆，其中：主要领导干部用车")
            .n(parts[0], 0)
            .w("辆、执法执勤用车")
            .n(parts[1], 0);
        m.w("辆、其他用车").n(parts[2], 0).w("辆；单价100万元（含）以上设备0台（套）。");
    }),
    ("procurement", |m| {
        let total = m.split(
            &["2022年度政府采购支出总额"],
            &["政府采购货物支出", "政府采购工程支出", "政府采购服务支出"],
            false,
        );
        let (medium, small) = (total / 2, total / 5);
        let (p, q) = (percent(medium, total, 2), percent(small, medium, 2));
        m.w("授予中小企业合同金额").n(medium, 2).w("万元，占政府采购支出总额的").n(p, 2);
        m.w("%，其中：授予小微企业合同金额").n(small, 2).w("万元，占授予中小企业合同金额的").n(q, 2).w("%。");
    }),
    ("three publics", |m| {
        let budget = [m.amount(), m.amount()];
        let spent = [budget[0] * (50 + m.small(40)) / 100, budget[1] * (50 + m.small(40)) / 100];
        let (b, a) = (budget[0] + budget[1], spent[0] + spent[1]);
        let p = [percent(spent[0], budget[0], 2), percent(spent[1], budget[1], 2), percent(a, b, 2)];
        m.w("2022年度三公经费财政拨款支出预算为")
            .n(b, 2)
            .w("万元，支出决算为")
            .n(a, 2)
            .w("万元，完成预算的")
            .n(p[2], 2)
            .w("%，其中：");
        m.w("因公出国（境）费支出决算为0万元；公务用车购置及运行维护费支出预算为")
            .n(budget[0], 2)
            .w("万元，支出决算为")
            .n(spent[0], 2);
        m.w("万元，完成预算的")
            .n(p[0], 2)
            .w("%；公务接待费支出预算为")
            .n(budget[1], 2)
            .w("万元，支出决算为")
            .n(spent[1], 2);
        m.w("万元，完成预算的").n(p[1], 2).w("%。");
    }),
    ("prior year written", |m| {
        let (last, now) = (m.amount(), m.amount());
        let (delta, up) = ((now - last).abs().max(1), now >= last);
        let p = percent(delta, last, 2);
        m.pick(&["2022年预算总额为", "本年支出", "全年收入"])
            .n(now, 2)
            .w("万元，")
            .pick(&["较2021年的", "比上年的", "比上年"])
            .n(last, 2)
            .w("万元");
        m.w(if up { "增加" } else { "减少" })
            .n(delta, 2)
            .w("万元，")
            .w(if up { "增长" } else { "下降" })
            .n(p, 2)
            .w("%。");
    }),
    ("total behind", |m| {
        let parts: Vec<i64> = (0..3).map(|_| m.amount()).collect();
        m.w("全年安排培训费")
            .n(parts[0], 2)
            .w("万元，会议费")
            .n(parts[1], 2)
            .w("万元，差旅费")
            .n(parts[2], 2)
            .pick(&["万元，合计", "万元，共计"]);
        m.n(parts.iter().sum(), 2).w("万元。");
    }),
    ("bracket", |m| {
        let parts = [m.amount(), m.amount()];
        m.pick(&["中央资金", "公务用车购置及运行费", "本年收入"])
            .n(parts[0] + parts[1], 2)
            .pick(&["万元（其中：", "万元（"]);
        m.pick(&["一般公共预算", "购置费", "甲乡"])
            .n(parts[0], 2)
            .pick(&["万元，", "万元；", "万元、"])
            .pick(&["政府性基金", "运行费", "乙乡"])
            .n(parts[1], 2)
            .w("万元）。");
    }),
    ("in turn", |m| {
        let parts: Vec<i64> = (0..3).map(|_| m.amount()).collect();
        let total: i64 = parts.iter().sum();
        let p: Vec<i64> = parts.iter().map(|part| percent(*part, total, 2)).collect();
        m.w("2022年度政府采购支出")
            .n(total, 2)
            .w("万元，其中：货物、工程、服务采购分别为")
            .n(parts[0], 2)
            .w("万元、")
            .n(parts[1], 2)
            .w("万元和")
            .n(parts[2], 2);
        m.w("万元，分别占").n(p[0], 2).w("%、").n(p[1], 2).w("%和").n(p[2], 2).w("%。");
    }),
    ("nested", |m| {
        let (people, office, project) = (m.amount(), m.amount(), m.amount());
        let basic = people + office;
        m.w("本年支出合计")
            .n(basic + project, 2)
            .w("万元，其中：基本支出")
            .n(basic, 2)
            .w("万元（人员经费")
            .n(people, 2)
            .w("万元，公用经费")
            .n(office, 2);
        m.w("万元）；项目支出").n(project, 2).w("万元。");
    }),
    ("bars", |m| {
        let parts: Vec<i64> = (0..3).map(|_| m.amount()).collect();
        m.w("单位：万元\n项目 | 合计 | 出国费 | 用车费 | 接待费\n2022年 | ").n(parts.iter().sum(), 2);
        for part in &parts {
            m.w(" | ").n(*part, 2);
        }
        m.w("\n");
    }),
    ("performance", |m| {
        let parts = [20 + m.small(20), m.small(9) + 1, m.small(4) + 1, m.small(3) + 1];
        m.w("绩效自评项目")
            .n(parts.iter().sum(), 0)
            .w("个，其中：评价等级为优的")
            .n(parts[0], 0)
            .w("个，良的")
            .n(parts[1], 0)
            .w("个，中的")
            .n(parts[2], 0);
        m.w("个，差的").n(parts[3], 0).w("个。");
    }),
];

const FILLERS: &[&str] = &[
    "根据《某县财政局关于开展2022年度绩效自评工作的通知》（某财绩〔2022〕15号）要求，现将有关情况报告如下。\n",
    "一、基本情况\n我单位位于解放路252弄4号，内设办公室、财务股等4个股室。\n",
    "（二）收支情况\n按照年初安排，各项工作有序推进，群众满意度超过95%。\n",
    "",
];

fn passage(seed: u64, maker: &fn(&mut Maker)) -> (Passage, Style) {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..4 {
        random.next();
    }
    let style = Style::of(&mut random);
    let mut made = Maker { passage: Passage::default(), random: &mut random };
    made.pick(FILLERS);
    maker(&mut made);
    made.w("\n").pick(&["三、存在问题\n预算编制还不够精细。\n", "上年结转资金已全部使用完毕。\n", ""]);
    let passage = made.passage;
    (passage, style)
}

fn errors(text: &str) -> Vec<String> {
    let report = lint(text);
    let found = report.findings();
    found
        .iter()
        .filter(|claim| claim.severity == Some(Severity::Error))
        .map(|claim| claim.message.clone())
        .collect()
}

#[test]
fn consistent_passages_raise_no_error() {
    let seeds: u64 = std::env::var("SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(150);
    let (mut alarms, mut all) = (0, 0);
    for (name, maker) in MAKERS {
        let mut shown = 0;
        for seed in 0..seeds {
            let (passage, style) = passage(seed, maker);
            let text = passage.print(None, &style);
            let errors = errors(&text);
            all += 1;
            if !errors.is_empty() {
                alarms += 1;
                shown += 1;
                if shown <= 3 {
                    println!("ALARM {name} {seed}: {errors:?}\n{text}\n");
                }
            }
        }
    }
    println!("{all} passages, {alarms} false alarms");
    assert_eq!(alarms, 0);
}

/// Share of changed figures that must be found, in per cent.
const FOUND: usize = 97;

#[test]
fn a_changed_figure_is_found() {
    let seeds: u64 = std::env::var("SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let (mut all, mut found) = (0, 0);
    for (name, maker) in MAKERS {
        let (mut tried, mut met, mut shown) = (0, 0, 0);
        for seed in 0..seeds {
            let (passage, style) = passage(seed, maker);
            for figure in 0..passage.figures() {
                let text = passage.print(Some(figure), &style);
                tried += 1;
                if errors(&text).is_empty() {
                    shown += 1;
                    if shown <= 2 && std::env::var("SHOW").is_ok() {
                        println!("MISSED {name} {seed} figure {figure}\n{text}\n");
                    }
                } else {
                    met += 1;
                }
            }
        }
        println!("{name}: {met} of {tried}");
        all += tried;
        found += met;
    }
    println!("all: {found} of {all}");
    assert!(found * 100 >= all * FOUND);
}
