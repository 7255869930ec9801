//! Computed figures of each row of a list.

use super::{RowFactDef, source};
use crate::domain::facts::Unit;
use crate::domain::facts::expr::Expr;

/// All of them.
pub(super) fn defs() -> Vec<RowFactDef> {
    let mut rows = Vec::new();
    for list in ["income", "expenditure", "basic"] {
        of_budget(&mut rows, list);
    }
    of_projects(&mut rows);
    of_three_public(&mut rows);
    of_people(&mut rows);
    of_targets(&mut rows);
    of_goals(&mut rows);
    of_batches(&mut rows);
    of_recipients(&mut rows);
    of_funds(&mut rows);
    of_surveys(&mut rows);
    rows
}

fn column(key: &'static str) -> Expr {
    Expr::Column(key)
}

/// Adds one definition.
fn put(
    rows: &mut Vec<RowFactDef>,
    list: &'static str,
    (key, label): (&'static str, &'static str),
    unit: Unit,
    source: &'static str,
    expr: Expr,
) {
    rows.push(RowFactDef { list, key, label, unit, source, expr });
}

/// What every line with budget and outturn has: rates on both bases, differences, growth, with their words.
fn of_money(rows: &mut Vec<RowFactDef>, list: &'static str) {
    let (ours, common) = (source::OURS, source::COMMON_INDICATORS);
    let difference = || Expr::minus(column("outturn"), column("initial_budget"));
    put(rows, list, ("difference", "差异额"), Unit::Money, ours, difference());
    let rate = Expr::growth(column("outturn"), column("initial_budget"));
    put(rows, list, ("difference_rate", "差异率"), Unit::Percent, ours, rate);
    let word = Expr::Word(Box::new(difference()), ["超出", "低于", "等于"]);
    put(rows, list, ("difference_word", "与年初预算相比（词）"), Unit::Word, ours, word);
    let growth = || Expr::minus(column("outturn"), column("last_outturn"));
    put(rows, list, ("growth", "比上年增减额"), Unit::Money, ours, growth());
    let rate = Expr::UnchangedAtZero(Box::new(Expr::growth(column("outturn"), column("last_outturn"))));
    let label = if list == "three_public" { "比上年增减" } else { "比上年增减率" };
    put(
        rows,
        list,
        ("growth_rate", label),
        Unit::Percent,
        if list == "three_public" { common } else { ours },
        rate,
    );
    let word = Expr::Word(Box::new(growth()), ["增加", "减少", "持平"]);
    put(rows, list, ("growth_word", "比上年增减（词）"), Unit::Word, ours, word);
}

fn of_budget(rows: &mut Vec<RowFactDef>, list: &'static str) {
    let rate = Expr::percent(column("outturn"), column("initial_budget"));
    let common = source::COMMON_INDICATORS;
    put(rows, list, ("completion_rate", "完成率（年初预算口径）"), Unit::Percent, common, rate);
    let rate = Expr::percent(column("outturn"), column("revised_budget"));
    put(rows, list, ("execution_rate", "完成率（全年预算口径）"), Unit::Percent, common, rate);
    of_money(rows, list);
    // The bases of shares are those of accounts DF-18.
    let (base, label) = match list {
        "income" => ("income.outturn", "占本年收入"),
        "expenditure" => ("expenditure.outturn", "占本年支出"),
        _ => ("basic.outturn", "占基本支出"),
    };
    let share = Expr::percent(column("outturn"), Expr::fact(base));
    put(rows, list, ("share", label), Unit::Percent, source::CROSS_FOOTING, share);
}

/// Rates of each project: what was spent against what was planned, on both bases.
fn of_projects(rows: &mut Vec<RowFactDef>) {
    let list = "projects";
    let rate = Expr::percent(column("outturn"), column("initial_budget"));
    let label = ("completion_rate", "完成率（年初预算口径）");
    put(rows, list, label, Unit::Percent, source::COMMON_INDICATORS, rate);
    let rate = Expr::percent(column("outturn"), column("revised_budget"));
    let label = ("execution_rate", "执行率（全年预算口径）");
    put(rows, list, label, Unit::Percent, source::PROJECT_EVALUATION, rate);
    of_money(rows, list);
    let share = Expr::percent(column("outturn"), Expr::fact("projects.outturn"));
    put(rows, list, ("share", "占项目支出"), Unit::Percent, source::OURS, share);
}

fn of_three_public(rows: &mut Vec<RowFactDef>) {
    let (list, common) = ("three_public", source::COMMON_INDICATORS);
    let control = |base: &'static str| {
        Expr::NotApplicableAtZero(
            Box::new(Expr::percent(column("outturn"), column(base))),
            "预算和决算都是 0，不适用",
        )
    };
    let label = ("control_rate", "控制率（年初预算口径）");
    put(rows, list, label, Unit::Percent, common, control("initial_budget"));
    let label = ("revised_control_rate", "控制率（全年预算口径）");
    put(rows, list, label, Unit::Percent, common, control("revised_budget"));
    of_money(rows, list);
    let change = Expr::growth(column("initial_budget"), column("last_initial_budget"));
    let label = ("budget_growth_rate", "变动率（预算口径）");
    put(rows, list, label, Unit::Percent, common, Expr::UnchangedAtZero(Box::new(change)));
    let share = Expr::NotApplicableWithoutBase(
        Box::new(Expr::percent(column("outturn"), Expr::fact("three_public.outturn"))),
        "没有“三公”经费支出，不适用",
    );
    put(rows, list, ("share", "占“三公”经费"), Unit::Percent, source::CROSS_FOOTING, share);
}

fn of_people(rows: &mut Vec<RowFactDef>) {
    for list in ["positions", "education", "ages"] {
        let share = Expr::percent(column("staff_in_post"), Expr::fact("staff.staff_in_post"));
        put(rows, list, ("share", "占在职人数"), Unit::Percent, source::OURS, share);
    }
    let vacancies = Expr::minus(column("authorised_posts"), column("staff_in_post"));
    put(rows, "staff", ("vacancies", "空缺"), Unit::Count("名"), source::OURS, vacancies);
}

fn of_targets(rows: &mut Vec<RowFactDef>) {
    let (list, common) = ("targets", source::COMMON_INDICATORS);
    let rate = Expr::Attained(Box::new(column("actual")), Box::new(column("value")));
    put(rows, list, ("completion_rate", "完成率"), Unit::Percent, common, rate);
    let gap = Expr::minus(column("actual"), column("value"));
    put(rows, list, ("gap", "与目标值之差"), Unit::Number(""), source::OURS, gap);
    put(rows, list, ("standing", "是否达标"), Unit::Word, common, Expr::Reached);
}

/// Whether a goal says what the target of its task says (IND-10), and what a goal without one reached.
fn of_goals(rows: &mut Vec<RowFactDef>) {
    let list = "goals";
    let value = || Expr::Or(Box::new(column("adjusted_value")), Box::new(column("value")));
    let gap = Expr::minus(value(), Expr::TaskTarget("value"));
    put(rows, list, ("target_gap", "与任务目标之差"), Unit::Number(""), source::OURS, gap);
    let rate = Expr::Attained(Box::new(column("actual")), Box::new(value()));
    put(rows, list, ("completion_rate", "完成率"), Unit::Percent, source::COMMON_INDICATORS, rate);
}

/// What the recipients of each batch come to.
fn of_batches(rows: &mut Vec<RowFactDef>) {
    let over = |column: Option<&'static str>, only: Option<(&'static str, &'static [&'static str])>| {
        Expr::Referring { list: "recipients", by: "batch", column, only }
    };
    let (due, paid) = (|| over(Some("due"), None), || over(Some("paid"), None));
    let all = [
        ("recipients", "对象数", Unit::Count("个"), over(None, None)),
        ("due", "应补", Unit::Money, due()),
        ("paid", "已付", Unit::Money, paid()),
        ("unpaid", "未付", Unit::Money, Expr::minus(due(), paid())),
        ("paid_rate", "兑付率", Unit::Percent, Expr::percent(paid(), due())),
        ("accepted", "已验收对象数", Unit::Count("个"), over(None, Some(("stage", &["accepted"])))),
    ];
    for (key, label, unit, expr) in all {
        put(rows, "batches", (key, label), unit, source::OURS, expr);
    }
}

fn of_recipients(rows: &mut Vec<RowFactDef>) {
    let list = "recipients";
    let rate = Expr::percent(column("paid"), column("due"));
    put(rows, list, ("paid_rate", "兑付率"), Unit::Percent, source::OURS, rate);
    let unpaid = Expr::minus(column("due"), column("paid"));
    put(rows, list, ("unpaid", "未付"), Unit::Money, source::OURS, unpaid);
}

/// T15, T14, T17 and T8.
fn of_funds(rows: &mut Vec<RowFactDef>) {
    let (ours, common) = (source::OURS, source::COMMON_INDICATORS);
    let balance = Expr::minus(column("received"), column("used"));
    put(rows, "funding", ("balance", "结余"), Unit::Money, ours, balance);
    let rate = Expr::percent(column("received"), column("due"));
    put(rows, "funding", ("received_rate", "到位率"), Unit::Percent, source::PROJECT_EVALUATION, rate);
    let rate = Expr::percent(column("used"), column("received"));
    put(
        rows,
        "funding",
        ("used_rate", "使用率（实到位口径）"),
        Unit::Percent,
        source::PROJECT_EVALUATION,
        rate,
    );
    let rate = Expr::NotApplicableAtZero(
        Box::new(Expr::percent(column("actual"), column("budget"))),
        "没有采购预算，也没有采购，不适用",
    );
    put(rows, "procurement", ("execution_rate", "执行率"), Unit::Percent, common, rate);
    let saving = Expr::minus(column("budget"), column("actual"));
    put(rows, "procurement", ("saving", "低于预算额"), Unit::Money, ours, saving);
    let net = Expr::minus(column("added"), column("cut"));
    put(rows, "adjustments", ("net", "净调整额"), Unit::Money, ours, net);
    let closing = Expr::Add(vec![column("closing_carryover"), column("closing_surplus")]);
    put(rows, "carryover", ("closing", "年末结转结余"), Unit::Money, ours, closing);
}

fn of_surveys(rows: &mut Vec<RowFactDef>) {
    let satisfied = Expr::Add(vec![column("satisfied"), column("basically")]);
    let rate = Expr::percent(satisfied, column("valid"));
    let common = source::COMMON_INDICATORS;
    put(rows, "surveys", ("satisfaction_rate", "满意率"), Unit::Percent, common, rate);
    let rate = Expr::percent(column("satisfied"), column("valid"));
    put(rows, "surveys", ("satisfied_rate", "满意率（不含基本满意）"), Unit::Percent, common, rate);
    let rate = Expr::percent(column("valid"), column("issued"));
    put(rows, "surveys", ("valid_rate", "有效回收率"), Unit::Percent, source::OURS, rate);
}
