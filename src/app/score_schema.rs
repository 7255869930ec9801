//! The JSON Schema of scoring templates, made from the kinds of rules, for those who write templates by hand.
//!
//! Holds for files of 导出模板 and for the copy in a report. Must not say anything that the kinds do not.

use serde_json::{Value, json};

use crate::domain::facts::registry;
use crate::domain::score::kinds;
use crate::domain::score::params::{Form, ParamDef};

/// The schema as a file of its own, pretty-printed.
pub fn json() -> String {
    let mut schema = template();
    if let Some(object) = schema.as_object_mut() {
        object.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    }
    // Cannot fail: every key is text.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

fn text(title: &str) -> Value {
    json!({ "type": "string", "title": title })
}

/// A number in quotes, or `null` for 未填.
fn number(title: &str) -> Value {
    json!({ "type": ["string", "null"], "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", "title": title })
}

/// What a template may be.
fn template() -> Value {
    let row = json!({
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": text("标识，表内不重复；填写的内容保存在它下面"),
            "name": text("三级指标"),
            "meaning": text("指标说明"),
            "points": { "type": "array", "items": { "type": "string" }, "title": "评价要点" },
            "source": text("来源"),
            "weight": number("分值"),
            "fact": { "enum": facts(), "title": "数据来源：报告中计算的一项" },
            "unit": text("填写的指标值的单位"),
            "target": text("目标值"),
            "rule": rule(),
            "over": {
                "type": "object",
                "title": "超额完成的处理，只用于越高越好的指标",
                "required": ["c", "mode"],
                "properties": {
                    "c": number("目标的几倍起"),
                    "mode": { "enum": ["none", "remark", "reduce"] },
                    "k": number("每超一倍扣分值的几成")
                }
            },
            "na": {
                "type": "object",
                "title": "不适用时的处理",
                "required": ["when", "then"],
                "properties": {
                    "when": { "enum": ["fact", "zero", "typed"] },
                    "then": { "enum": ["full", "exclude", "inner"] },
                    "inner": rule()
                }
            },
            "manual": { "type": "boolean", "title": "可以人工评分" },
            "unseen": { "type": "boolean", "title": "未见原文" },
            "core": { "type": "boolean", "title": "核心指标" }
        }
    });
    let group = json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": text("二级指标"),
            "weight": number("分值"),
            "slot": { "type": "array", "items": { "type": "string" }, "title": "个性指标：报告自己的目标，按类别；空表示各类" },
            "rows": { "type": "array", "items": row }
        }
    });
    json!({
        "title": "自评表模板",
        "description": "指标、分值和评分规则。数字写成带引号的十进制数字，null 表示未填。",
        "type": "object",
        "required": ["id", "version", "name", "cuts", "grades", "aspects"],
        "properties": {
            "id": text("模板标识"),
            "version": { "type": "integer", "minimum": 0, "title": "模板版本" },
            "name": text("名称"),
            "source": text("来源"),
            "banner": text("印在表上的说明"),
            "total": number("总分"),
            "score_dp": { "type": "integer", "minimum": 0, "maximum": 6, "title": "得分的小数位数" },
            "partial": { "enum": ["", "floor", "ceil", "prorata"], "title": "不足一步的算法" },
            "cuts": { "type": "array", "items": number("分值的几成"), "minItems": 2, "maxItems": 2, "title": "定性指标两档的下限" },
            "grades": {
                "type": "array",
                "title": "等级，从高到低",
                "items": { "type": "object", "required": ["name", "from"],
                    "properties": { "name": text("等级"), "from": number("起点") } }
            },
            "over_mark": number("实际达到目标的几倍起标出"),
            "over_remark": number("实际达到目标的几倍起要说明"),
            "trunc2": { "type": "boolean", "title": "比较得分和分值时截去第 3 位起的小数" },
            "aspects": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "groups"],
                    "properties": {
                        "name": text("一级指标"),
                        "weight": number("分值"),
                        "groups": { "type": "array", "items": group }
                    }
                }
            }
        }
    })
}

fn facts() -> Vec<&'static str> {
    registry().facts.iter().map(|fact| fact.id.as_str()).collect()
}

/// One form for each kind.
fn rule() -> Value {
    let kinds: Vec<Value> = kinds::ALL
        .iter()
        .map(|kind| {
            let mut properties = json!({ "kind": { "const": kind.key } });
            if let Some(properties) = properties.as_object_mut() {
                properties.extend(kind.params.iter().map(|def| (def.key.to_owned(), param(def))));
            }
            let needed = kind.params.iter().filter(|def| !def.optional).map(|def| def.key);
            let required: Vec<&str> = std::iter::once("kind").chain(needed).collect();
            json!({ "type": "object", "title": kind.label, "description": kind.source,
                "required": required, "properties": properties })
        })
        .collect();
    json!({ "title": "评分规则", "anyOf": kinds })
}

fn param(def: &ParamDef) -> Value {
    let lines = |example: &str| json!({ "type": "array", "items": { "type": "string" }, "title": def.label, "examples": [[example]] });
    match def.form {
        Form::Number => number(def.label),
        Form::Choice(options) => {
            json!({ "enum": options.iter().map(|(key, _)| *key).collect::<Vec<_>>(), "title": def.label })
        }
        Form::Bands => lines("(0,10] 4"),
        Form::Items => lines("2 有预算资金管理办法"),
    }
}
