//! Stage 3: each quantity with the words around it, its place in the structure of the text, and its role.
//!
//! Structure: sections (short lines without a figure), paragraphs, sentences, items (`；`), brackets. A quantity in
//! brackets belongs to the one before the bracket. Lists with 分别/各 are matched place by place (`parallel`).
//!
//! Must not know: relations between quantities.

use std::ops::Range;

use super::label::without_years;
use super::mask::Mask;
use super::quantity::{Dim, Quantity};
use super::role::{Against, Kind, Role, direction, role};
use super::scan::{Mark, Token};
use super::text::Text;

/// A quantity where it is mentioned.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The quantity.
    pub quantity: Quantity,
    /// Where its label begins (index of the text that is read).
    pub from: usize,
    /// Words before it since the last mark or quantity.
    pub label: String,
    /// Words and marks before it since the last quantity of its bracket.
    pub lead: String,
    /// What the words before it say about a list.
    pub cue: Cue,
    /// Words directly behind it.
    pub tail: String,
    /// The strongest mark between it and the mention before, in the same bracket.
    pub gap: Mark,
    /// The mention before, in the same bracket.
    pub prev: Option<usize>,
    /// The mention that its bracket explains.
    pub owner: Option<usize>,
    /// How many brackets are open.
    pub depth: usize,
    /// What it does.
    pub role: Role,
    /// Its place in a 分别 list: number of the list, position.
    pub parallel: Option<(usize, usize)>,
    /// Paragraph, sentence, section.
    pub paragraph: usize,
    /// Sentence, counted through the text.
    pub sentence: usize,
    /// Section.
    pub section: usize,
    /// The last year named before it; 0 where none is.
    pub year: u16,
    /// Whether its paragraph starts with a list number, and which style of number.
    pub enumerated: u8,
}

/// What the words before a quantity say about the list that it may stand in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cue {
    /// 另, 合计: the list is over.
    pub ends: bool,
    /// 其中: parts of a part follow.
    pub nested: bool,
    /// 原因, 比上年: no part is named here.
    pub aside: bool,
}

impl Cue {
    fn of(lead: &str) -> Self {
        const ENDS: &[&str] = &["另", "此外", "以上", "剩余", "尚有", "总计", "合计", "共计", "上述", "小计"];
        let words = lead.rsplit([';', '。', '\n']).next().unwrap_or_default();
        let (all, mask) = (Mask::of(lead), Mask::of(words));
        Self {
            ends: all.any(lead, ENDS),
            nested: mask.any(words, &["其中", "包括"]),
            aside: mask.any(words, &["原因", "由于", "比上年"]),
        }
    }
}

impl Mention {
    /// Whether it stands only to be compared with ("比年初预算2780万元").
    pub fn compared(&self) -> bool {
        self.name().starts_with(['比', '较', '与', '同'])
    }

    /// What it is called: the words before it since the last comma or stronger mark, 、 included.
    pub fn name(&self) -> &str {
        self.lead.rsplit([',', ';', ':', '。', '\n']).next().unwrap_or_default().trim_start_matches('、')
    }
}

/// A heading or a short line without figures.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its words.
    pub title: String,
}

/// The text as mentions.
#[derive(Debug, Default)]
pub struct Mentions {
    /// All mentions, in order.
    pub all: Vec<Mention>,
    /// Sections; the first is what stands before any heading.
    pub sections: Vec<Section>,
}

impl Mentions {
    /// A mention.
    pub fn get(&self, index: usize) -> Option<&Mention> {
        self.all.get(index)
    }

    /// Its role, `Other` where there is none.
    pub fn role(&self, index: usize) -> &Role {
        self.all.get(index).map_or(&Role::Other, |mention| &mention.role)
    }

    /// The title of the section of a mention.
    pub fn title(&self, mention: &Mention) -> &str {
        self.sections.get(mention.section).map_or("", |section| &section.title)
    }

    /// Mentions before `index` in the same bracket, nearest first, each with the strongest mark up to there.
    pub fn back(&self, index: usize) -> impl Iterator<Item = (usize, Mark)> + '_ {
        let mut at = index;
        let mut mark = Mark::None;
        std::iter::from_fn(move || {
            let here = self.all.get(at)?;
            mark = mark.max(here.gap);
            at = here.prev?;
            Some((at, mark))
        })
    }

    /// Mentions after `index` in the same bracket, each with the strongest mark from there.
    pub fn forward(&self, index: usize) -> impl Iterator<Item = (usize, Mark)> + '_ {
        let mut last = index;
        let mut at = index;
        let mut mark = Mark::None;
        std::iter::from_fn(move || {
            loop {
                at += 1;
                let here = self.all.get(at)?;
                if here.prev == Some(last) {
                    mark = mark.max(here.gap);
                    last = at;
                    return Some((at, mark));
                }
                // The bracket is closed once a shallower mention comes that follows an outer one.
                if here.depth < self.all.get(index)?.depth {
                    return None;
                }
            }
        })
    }
}

/// The state of one bracket while reading.
#[derive(Default)]
struct Context {
    prev: Option<usize>,
    owner: Option<usize>,
    gap: Option<Mark>,
    label: String,
    lead: String,
    from: usize,
}

impl Context {
    fn mark(&mut self, mark: Mark) {
        self.gap = Some(self.gap.unwrap_or(Mark::None).max(mark));
        self.label.clear();
        self.lead.push(match mark {
            Mark::None => ' ',
            Mark::Enum => '、',
            Mark::Comma => ',',
            Mark::Colon => ':',
            Mark::Semi => ';',
            Mark::Stop => '。',
            Mark::Line | Mark::Blank => '\n',
        });
    }

    fn words(&mut self, words: &str, from: usize) {
        if self.label.is_empty() {
            self.from = from;
        }
        self.label.push_str(words);
        self.lead.push_str(words);
    }
}

/// Builds the mentions.
pub fn read(text: &Text, tokens: &[Token]) -> Mentions {
    let mut reader = Reader { stack: vec![Context::default()], ..Reader::default() };
    reader.found.sections.push(Section::default());
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Word(range) => reader.words(text, range.clone()),
            Token::Quantity(quantity) => reader.quantity(quantity, tail(text, tokens, index)),
            Token::Mark(mark) => reader.mark(*mark, text, tokens, index),
            Token::Open => reader.open(),
            Token::Close => reader.close(),
            Token::Enumerator(range) => reader.enumerated = style(text, range),
        }
        if index == 0 {
            reader.heading(text, tokens, 0);
        }
    }
    let mut found = reader.found;
    scores(&mut found);
    parallels(&mut found);
    found
}

fn tail(text: &Text, tokens: &[Token], index: usize) -> String {
    match tokens.get(index + 1) {
        Some(Token::Word(range)) => text.string(range.clone()),
        _ => String::new(),
    }
}

/// Styles of list numbers: 1 for "一、", 2 "(一)", 3 "1.", 4 "(1)", 5 "①".
fn style(text: &Text, range: &Range<usize>) -> u8 {
    let open = text.at(range.start) == '(';
    let first = text.at(range.start + usize::from(open));
    match (first.is_ascii_digit(), open) {
        (true, false) => 3,
        (true, true) => 4,
        (false, true) => 2,
        _ if ('①'..='⑳').contains(&first) => 5,
        _ => 1,
    }
}

#[derive(Default)]
struct Reader {
    stack: Vec<Context>,
    found: Mentions,
    paragraph: usize,
    sentence: usize,
    enumerated: u8,
    year: u16,
}

impl Reader {
    fn words(&mut self, text: &Text, range: Range<usize>) {
        self.year = last_year(text.slice(range.clone())).unwrap_or(self.year);
        if let Some(context) = self.stack.last_mut() {
            let from = range.start;
            context.words(&text.string(range), from);
        }
    }

    fn mark(&mut self, mark: Mark, text: &Text, tokens: &[Token], index: usize) {
        if mark >= Mark::Line {
            self.stack.truncate(1);
            self.paragraph += 1;
            self.enumerated = 0;
        }
        if mark >= Mark::Stop && self.stack.len() == 1 {
            self.sentence += 1;
        }
        if let Some(context) = self.stack.last_mut() {
            context.mark(mark);
        }
        if mark >= Mark::Line {
            self.heading(text, tokens, index + 1);
        }
    }

    /// Opens a section where the paragraph that starts at a token is a heading.
    fn heading(&mut self, text: &Text, tokens: &[Token], from: usize) {
        const LONGEST: usize = 32;
        let mut title = String::new();
        for token in tokens.iter().skip(from) {
            match token {
                Token::Word(range) => title.push_str(&text.string(range.clone())),
                Token::Enumerator(_) | Token::Open | Token::Close => {}
                Token::Mark(Mark::Line | Mark::Blank) => break,
                Token::Mark(Mark::Enum | Mark::Colon | Mark::None) => title.push('、'),
                Token::Mark(_) | Token::Quantity(_) => return,
            }
            if title.chars().count() > LONGEST {
                return;
            }
        }
        if !title.is_empty() {
            self.found.sections.push(Section { title });
        }
    }

    fn open(&mut self) {
        let owner = self.stack.last().and_then(|context| match context.gap {
            None | Some(Mark::None) => context.prev,
            Some(_) => None,
        });
        self.stack.push(Context { owner, ..Context::default() });
    }

    fn close(&mut self) {
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    fn quantity(&mut self, quantity: &Quantity, tail: String) {
        let depth = self.stack.len().saturating_sub(1);
        let index = self.found.all.len();
        let section = self.found.sections.len().saturating_sub(1);
        let Some(context) = self.stack.last_mut() else { return };
        let label = std::mem::take(&mut context.label);
        let lead = std::mem::take(&mut context.lead);
        let mut quantity = quantity.clone();
        if quantity.dim == Dim::Things("个") && label.contains("编制") {
            quantity.dim = Dim::People;
        }
        let quantity = &quantity;
        let clause = lead.rsplit([';', '。', '\n']).next().unwrap_or_default();
        let mut role = role(quantity, &label, clause, &tail);
        let before = context.prev.and_then(|prev| self.found.all.get(prev));
        if let Some(of) = before.and_then(|before| of_base(before, quantity, &label)) {
            role = of;
        }
        // "2386人次，比上年2200人次增加186人次": what is compared with says that it is a change.
        let prior = before.is_some_and(|before| before.role == Role::Level(Kind::Prior));
        if role == Role::Other
            && prior
            && context.gap.unwrap_or(Mark::None) == Mark::None
            && let Some(up) = direction(&label)
        {
            role = Role::Delta(Some(up), Against::LastYear);
        }
        inherit(&mut role, clause, before);
        // "由2015年82亿元升到949亿元": the first is the amount before.
        let plain = without_years(&label);
        let plain = plain.trim_end_matches('的');
        let reached =
            ["到", "至", "为"].iter().any(|word| plain.ends_with(word)) && plain.chars().count() <= 8;
        let rise = ["增", "升", "提", "降", "减", "涨"].iter().any(|word| label.contains(word));
        if let Some(prev) = context.prev
            && reached
            && rise
            && context.gap.unwrap_or(Mark::None) == Mark::None
            && let Some(before) = self.found.all.get_mut(prev)
            && before.role.is_level()
            && before.quantity.dim.fits(quantity.dim)
            && (before.label.contains('由') || before.label.contains('从'))
        {
            before.role = Role::Level(Kind::Prior);
        }
        self.found.all.push(Mention {
            quantity: quantity.clone(),
            from: if label.is_empty() { quantity.range.start } else { context.from },
            label,
            cue: Cue::of(&lead),
            lead,
            tail,
            gap: context.gap.take().unwrap_or(Mark::None),
            prev: context.prev,
            owner: context.owner,
            depth,
            role,
            parallel: None,
            paragraph: self.paragraph,
            sentence: self.sentence,
            section,
            year: self.year,
            enumerated: self.enumerated,
        });
        context.prev = Some(index);
        context.gap = None;
    }
}

/// The last "2021年" in some words.
fn last_year(words: &[char]) -> Option<u16> {
    let year = |window: &[char]| {
        let (digits, rest) = window.split_at_checked(4)?;
        let plain = rest.first() == Some(&'年') && digits.iter().all(char::is_ascii_digit);
        plain.then(|| digits.iter().collect::<String>().parse().ok()).flatten()
    };
    words.windows(5).rev().find_map(year).filter(|year| (1990..2100).contains(year))
}

/// The percentage right behind its base: "占年初预算100万元的43.2%".
fn of_base(before: &Mention, quantity: &Quantity, label: &str) -> Option<Role> {
    let direct = before.role == Role::Base && quantity.dim == Dim::Percent && label.starts_with('的');
    direct.then(|| {
        let words = before.name();
        let planned = ["预算", "任务", "计划", "目标"]
            .iter()
            .any(|word| words.ends_with(word) || words.contains("完成"));
        if planned { Role::Rate("预算".to_owned()) } else { Role::Share(String::new()) }
    })
}

/// A change without a comparison of its own has that of the change before it in the same clause run.
fn inherit(role: &mut Role, clause: &str, before: Option<&Mention>) {
    let Some(before) = before else { return };
    let known = match before.role {
        Role::Delta(_, against) | Role::Growth(_, against) => against,
        Role::Level(Kind::Prior) => Against::LastYear,
        Role::Level(Kind::Budget) if before.compared() => Against::Budget,
        _ => return,
    };
    // A sentence further on the comparison is gone.
    if clause.chars().count() > 12 {
        return;
    }
    if let Role::Delta(_, against) | Role::Growth(_, against) = role
        && *against == Against::Unsaid
    {
        *against = known;
    }
}

/// Numbers the members of lists with 分别, 各 or 依次, and gives bare members the unit of the last.
fn parallels(found: &mut Mentions) {
    let mut list = 0;
    let mut index = 0;
    while index < found.all.len() {
        let starts = found.all.get(index).is_some_and(|mention| {
            let words = mention.lead.rsplit([';', '。', '\n', ',']).next().unwrap_or_default();
            words.contains("分别")
                || words.contains("依次")
                || words.contains("各是")
                || words.contains("各为")
                || words.contains("各减少")
                || words.contains("各增加")
                || words.contains("各下降")
                || words.contains("各增长")
        });
        let starts = starts || follows_list(found, index);
        if !starts {
            index += 1;
            continue;
        }
        let mut members = vec![index];
        for (next, mark) in found.forward(index) {
            let Some(mention) = found.all.get(next) else { break };
            let joined =
                matches!(mention.label.trim(), "" | "和" | "及" | "与" | "、") && mark <= Mark::Comma;
            if !joined || mention.lead.chars().count() > 2 {
                break;
            }
            members.push(next);
        }
        if members.len() > 1 {
            join(found, &members, list);
            list += 1;
        }
        index = members.last().copied().unwrap_or(index) + 1;
    }
}

/// "产出指标50分，得47分", "产出指标(50分)47分": the first is what could be reached, the second takes its name.
fn scores(found: &mut Mentions) {
    for index in 1..found.all.len() {
        let Some(got) = found.get(index).filter(|got| got.quantity.dim == Dim::Score) else { continue };
        let Some(full) = found.get(index - 1).filter(|full| full.quantity.dim == Dim::Score) else {
            continue;
        };
        let words = got.label.trim_start_matches([')', ':', ' ']);
        let scored = ["得", "得分", "实得", "自评", "自评得", "自评得分", "实际得", "实际得分"]
            .contains(&words)
            || (words.is_empty() && full.label.ends_with('('));
        if !scored || got.gap > Mark::Comma || got.prev != Some(index - 1) {
            continue;
        }
        let (label, lead, gap, from) = (full.label.clone(), full.lead.clone(), full.gap, full.from);
        if let Some(full) = found.all.get_mut(index - 1) {
            full.role = Role::Other;
        }
        if let Some(got) = found.all.get_mut(index) {
            got.role = Role::Level(Kind::Plain);
            got.cue = Cue::of(&lead);
            (got.label, got.lead, got.gap, got.from) = (label, lead, gap.max(got.gap), from);
        }
    }
}

/// A first percentage of several (`占T的20%、50%和30%`) in the sentence of a list with 分别: they go with its members.
fn follows_list(found: &Mentions, index: usize) -> bool {
    let percent = |at: usize| found.get(at).filter(|mention| mention.quantity.dim == Dim::Percent);
    let Some(first) = percent(index) else { return false };
    let bare = |next: usize| {
        percent(next).is_some_and(|next| matches!(next.label.trim(), "" | "和" | "及" | "与" | "、"))
    };
    let several = found.forward(index).next().is_some_and(|(next, mark)| mark <= Mark::Comma && bare(next));
    several
        && !bare(index)
        && found
            .back(index)
            .take(3)
            .filter_map(|(at, _)| found.get(at))
            .any(|before| before.parallel.is_some() && before.sentence == first.sentence)
}

fn join(found: &mut Mentions, members: &[usize], list: usize) {
    let (Some(first), Some(last)) = (members.first(), members.last()) else { return };
    let Some(last) = found.all.get(*last).map(|mention| mention.quantity.clone()) else { return };
    let Some(first) = found.all.get(*first).cloned() else { return };
    let clause = first.lead.rsplit([';', '。', '\n']).next().unwrap_or_default().to_owned();
    for (position, member) in members.iter().enumerate() {
        let Some(mention) = found.all.get_mut(*member) else { continue };
        if mention.quantity.dim == Dim::Bare && last.dim != Dim::Bare {
            mention.quantity = mention.quantity.with_unit(last.dim, last.scale);
        }
        mention.role = match &first.role {
            Role::Share(base) if mention.quantity.dim == Dim::Percent => Role::Share(base.clone()),
            _ => role(&mention.quantity, &first.label, &clause, ""),
        };
        mention.parallel = Some((list, position));
    }
}
