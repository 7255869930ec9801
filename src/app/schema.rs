//! The file format as a JSON Schema, made from the record tables, for those who read or write reports with other
//! programs.
//!
//! Describes what this program writes. The gate (`restore`) is more patient: text that is no number is kept and
//! marked there. Must not say anything that the tables do not.

use serde_json::{Map, Value, json};

use crate::domain::document::{Document, FORMAT, VERSION};
use crate::domain::record::{FieldDef, Kind};
use crate::domain::tables::TableDef;
use crate::domain::template::PACKS;

/// The schema, pretty-printed.
pub fn json() -> String {
    // Cannot fail: every key is text.
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}

fn schema() -> Value {
    let mut properties = Map::new();
    let mut put = |key: &str, value: Value| properties.insert(key.to_owned(), value);
    put("format", json!({ "const": FORMAT }));
    put("version", json!({ "const": VERSION }));
    put(
        "doc_id",
        json!({ "$ref": "#/$defs/id", "title": "报告标识", "description": "一份报告的各个版本和副本共用。" }),
    );
    put("export", json!({ "$ref": "#/$defs/export" }));
    put("previous", json!({ "$ref": "#/$defs/previous" }));
    put("template", json!({ "$ref": "#/$defs/template" }));
    put(
        "scoring",
        json!({ "type": ["object", "null"], "title": "自评表模板（格式见 ziping-scoring.schema.json）",
            "required": ["id", "name", "aspects"] }),
    );
    for (section, defs) in Document::SECTIONS {
        let mut object = json!({ "type": "object", "properties": fields(defs) });
        if let (Some((table, sum)), Some(object)) = (TableDef::by_stated(section), object.as_object_mut()) {
            object.insert("title".to_owned(), json!(format!("{}：上报的{}", table.title, sum.label)));
        }
        put(section, object);
    }
    for (list, defs) in Document::LISTS {
        let mut columns = fields(defs);
        columns.insert("id".to_owned(), json!({ "$ref": "#/$defs/id" }));
        let mut object = json!({ "type": "array", "items": { "type": "object", "required": ["id"], "properties": columns } });
        if let (Some(table), Some(object)) = (TableDef::by_list(list), object.as_object_mut()) {
            object.insert("title".to_owned(), json!(table.title));
            object.insert("description".to_owned(), json!(table.help));
        }
        put(list, object);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "自评通报告文件（*.ziping.json）",
        "description": "金额为万元，写成带引号的十进制数字，保留填写时的小数位。null 表示未填，\"-\" 表示无。\
            不认识的项会原样保留。",
        "type": "object",
        "required": ["format", "version", "doc_id", "template"],
        "properties": properties,
        "$defs": definitions(),
    })
}

fn fields(defs: &[FieldDef]) -> Map<String, Value> {
    defs.iter().map(|def| (def.key.to_owned(), field(def))).collect()
}

fn field(def: &FieldDef) -> Value {
    let mut field = match def.kind {
        Kind::Choice => {
            let mut forms: Vec<Value> =
                def.options.iter().map(|(key, label)| json!({ "const": key, "title": label })).collect();
            forms.push(json!({ "$ref": "#/$defs/empty" }));
            json!({ "anyOf": forms })
        }
        kind => json!({ "$ref": format!("#/$defs/{}", form(kind)) }),
    };
    if let Some(field) = field.as_object_mut() {
        let unit = if def.kind == Kind::Amount { "万元" } else { def.unit };
        let title = if unit.is_empty() { def.label.to_owned() } else { format!("{}（{unit}）", def.label) };
        field.insert("title".to_owned(), json!(title));
        if !def.help.is_empty() {
            field.insert("description".to_owned(), json!(def.help));
        }
    }
    field
}

/// Name of the definition of a kind's cells.
fn form(kind: Kind) -> &'static str {
    match kind {
        Kind::Amount | Kind::Percent | Kind::Number => "number",
        Kind::Count => "count",
        Kind::Date => "date",
        Kind::Year => "year",
        Kind::Reference => "reference",
        Kind::Text | Kind::Narrative | Kind::Choice => "text",
    }
}

fn definitions() -> Value {
    // What `amount::canonical` writes: no plus, exponent, separator or spare zero in front.
    let number = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$";
    let cell = |pattern: &str| json!({ "anyOf": [{ "type": "string", "pattern": pattern }, { "$ref": "#/$defs/empty" }] });
    json!({
        "empty": {
            "description": "没有值：null 未填，\"-\" 无，unread 为填写时无法识别的原文。",
            "anyOf": [
                { "type": "null" },
                { "const": "-" },
                { "type": "object", "required": ["unread"], "properties": { "unread": { "type": "string" } } }
            ]
        },
        "text": { "anyOf": [{ "type": "string", "minLength": 1 }, { "$ref": "#/$defs/empty" }] },
        "reference": {
            "description": "另一张表中一行的行标识。",
            "anyOf": [{ "type": "string", "minLength": 1 }, { "$ref": "#/$defs/empty" }]
        },
        "number": cell(number),
        "count": cell(r"^-?(0|[1-9][0-9]*)$"),
        "date": cell(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        "year": cell(r"^[0-9]{4}$"),
        "id": { "type": "string", "minLength": 1 },
        "export": {
            "title": "这一次导出",
            "type": "object",
            "required": ["id", "at", "rev"],
            "properties": {
                "id": { "type": "string", "title": "导出的标识" },
                "at": { "type": "string", "title": "导出时间（本机时间）" },
                "rev": { "type": "integer", "minimum": 0, "title": "所导出的修订号" }
            }
        },
        "previous": {
            "title": "结转自哪一份报告",
            "type": "object",
            "required": ["doc_id", "year"],
            "properties": {
                "doc_id": { "$ref": "#/$defs/id", "title": "上年度报告的标识" },
                "year": { "type": "string", "title": "上年度报告的年度" }
            }
        },
        "template": template(),
        "heading": {
            "type": "object",
            "properties": {
                "heading": { "type": "string", "title": "标题，不带编号" },
                "pages": { "type": "array", "items": { "type": "string" }, "title": "内容所在的填报页" },
                "children": { "type": "array", "items": { "$ref": "#/$defs/heading" } }
            }
        }
    })
}

/// What a template asks for of its own; the answers stand in the list `inputs`.
fn inputs() -> Value {
    let text = |title: &str| json!({ "type": "string", "title": title });
    let input = json!({
        "type": "object",
        "required": ["id", "label", "kind"],
        "properties": {
            "id": text("标识，也是 inputs 中回答的行标识"),
            "label": text("名称"),
            "kind": { "enum": ["text", "choice", "date", "amount", "number"] },
            "unit": text("数字的单位"),
            "help": text("说明"),
            "required": { "type": "boolean", "title": "必填" },
            "cover": { "type": "boolean", "title": "印在封面；否则印在所在的一节" },
            "options": { "type": "array", "items": { "type": "string" }, "title": "可选的内容" }
        }
    });
    json!({ "type": "object", "required": ["inputs"],
        "properties": { "inputs": { "type": "array", "items": input, "title": "本模板另填的内容" } } })
}

fn template() -> Value {
    let names: Vec<&str> = PACKS.iter().map(|(id, _)| *id).collect();
    let text = |title: &str| json!({ "type": "string", "title": title });
    let part = |key: &str, title: &str| json!({ "type": "object", "required": [key], "properties": { key: text(title) } });
    json!({
        "title": "模板",
        "description": "报告的页面、提纲和评分规则，随报告保存。",
        "type": "object",
        "properties": {
            "id": { "type": "string", "title": "模板标识", "examples": names },
            "version": { "type": "integer", "minimum": 0, "title": "模板版本" },
            "name": text("名称"),
            "source": text("来源"),
            "title": text("报告标题，{unit} 和 {year} 会替换为单位和年度"),
            "pages": {
                "type": "array",
                "title": "填报页",
                "items": {
                    "type": "object",
                    "properties": {
                        "id": { "type": "string" },
                        "title": { "type": "string" },
                        "parts": {
                            "type": "array",
                            "items": {
                                "anyOf": [
                                    part("form", "表单：一组项目的名称"),
                                    part("table", "表的编号"),
                                    part("text", "正文中一项的名称"),
                                    inputs(),
                                    { "type": ["object", "string"] }
                                ]
                            }
                        }
                    }
                }
            },
            "outline": { "type": "array", "title": "提纲", "items": { "$ref": "#/$defs/heading" } },
            "scores": { "type": "array", "title": "指标、权重和评分规则" }
        }
    })
}
