//! For tests: the committed JSON Schema is the generated one, and it describes what is accepted.

use std::path::Path;

use serde_json::Value;

/// Fails unless the file below the package's folder holds the schema; with `HOLDALL_BLESS=1` in
/// the environment it writes the file.
pub(crate) fn assert_committed(schema: &schemars::Schema, file: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let generated = format!("{}\n", serde_json::to_string_pretty(schema).unwrap());
    if std::env::var_os("HOLDALL_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(&file, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == generated, "{} is stale: run with HOLDALL_BLESS=1", file.display());
}

/// Returns whether the schema accepts a TOML text.
pub(crate) fn accepts(schema: &schemars::Schema, text: &str) -> Result<(), String> {
    let document: toml::Table = toml::from_str(text).unwrap();
    let root = serde_json::to_value(schema).unwrap();
    check(&root, &root, &json(&toml::Value::Table(document)), "")
}

fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => table.iter().map(|(k, v)| (k.clone(), json(v))).collect(),
        toml::Value::String(text) => text.clone().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Datetime(date) => date.to_string().into(),
    }
}

/// The keywords that our schemas use.
const KEYWORDS: [&str; 21] = [
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "default",
    "format",
    "minimum",
    "type",
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "maximum",
    "deprecated",
    "examples",
    "uniqueItems",
];

fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let Some(schema) = schema.as_object() else { return Ok(()) };
    for keyword in schema.keys() {
        assert!(KEYWORDS.contains(&keyword.as_str()), "{keyword} is not checked");
    }
    let fail = |what: &str| Err(format!("{at}: {what}"));
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(target.trim_start_matches('#')).unwrap();
        check(root, target, value, at)?;
    }
    if let Some(kind) = schema.get("type") {
        let kinds: Vec<&str> = match kind {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        if !kinds.iter().any(|kind| is(kind, value)) {
            return fail(&format!("is no {kinds:?}"));
        }
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return fail("is another constant");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        return fail("is none of the words");
    }
    let least = schema.get("minimum").and_then(Value::as_f64);
    if least.zip(value.as_f64()).is_some_and(|(least, number)| number < least) {
        return fail("is too small");
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(ways) = schema.get(keyword).and_then(Value::as_array) {
            let tried: Vec<_> = ways.iter().map(|way| check(root, way, value, at)).collect();
            if tried.iter().all(Result::is_err) {
                return fail(&format!("fits no form: {tried:?}"));
            }
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            check(root, items, item, &format!("{at}[{index}]"))?;
        }
    }
    check_object(root, schema, value, at)
}

fn check_object(
    root: &Value,
    schema: &serde_json::Map<String, Value>,
    value: &Value,
    at: &str,
) -> Result<(), String> {
    let Some(object) = value.as_object() else { return Ok(()) };
    for key in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        if !object.contains_key(key.as_str().unwrap()) {
            return Err(format!("{at}: lacks {key}"));
        }
    }
    for (key, inner) in object {
        let at = format!("{at}.{key}");
        match schema.get("properties").and_then(|known| known.get(key)) {
            Some(known) => check(root, known, inner, &at)?,
            None => match schema.get("additionalProperties") {
                Some(Value::Bool(false)) => return Err(format!("{at}: is not known")),
                Some(other) => check(root, other, inner, &at)?,
                None => {}
            },
        }
    }
    Ok(())
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is not checked"),
    }
}
