//! One value off the wire.

use std::error::Error;

use holdall_connector::Value;
use postgres::types::{FromSql, Type};

use super::shape::{Reading, Shape};
use crate::number;

/// The bytes of a value, or `None` for null.
pub(crate) struct Cell<'a>(Option<&'a [u8]>);

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Some(raw)))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Cell<'_> {
    /// Returns the value, or `None` for text that is not valid.
    pub(crate) fn value(&self, reading: &Reading) -> Option<Value> {
        let Some(raw) = self.0 else { return Some(Value::Null) };
        let binary = if reading.is_native { binary(&reading.shape, raw) } else { None };
        match binary {
            Some(value) => Some(value),
            None => std::str::from_utf8(raw).ok().map(|text| reading.shape.value(text)),
        }
    }
}

/// Returns the value of PostgreSQL's binary form, or `None` where that is text.
fn binary(shape: &Shape, raw: &[u8]) -> Option<Value> {
    Some(match shape {
        Shape::Bool => Value::Bool(*raw.first()? != 0),
        Shape::Whole(2) => Value::Integer(i16::from_be_bytes(raw.try_into().ok()?).into()),
        Shape::Whole(4) => Value::Integer(i32::from_be_bytes(raw.try_into().ok()?).into()),
        Shape::Whole(_) => Value::Integer(i64::from_be_bytes(raw.try_into().ok()?).into()),
        Shape::Single => number::single(f32::from_be_bytes(raw.try_into().ok()?)),
        Shape::Real => number::real(f64::from_be_bytes(raw.try_into().ok()?)),
        Shape::Bytes => Value::Bytes(raw.to_vec()),
        _ => return None,
    })
}
