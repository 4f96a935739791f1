//! Parquet files as lists of named columns, written to and read from memory.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::column::reader::{ColumnReader, get_typed_column_reader};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

/// A column of a file: its name and how its values are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
}

/// How other tools see the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers, all present.
    Number,
    /// Days since 1970-01-01.
    Date,
    /// Codes; null where ours is 0.
    Code,
    /// Answers to a question; null where our code is 0, else our code less 1.
    Answer,
    Truth,
    /// Lists of codes.
    List,
    Text,
    /// 64 bits.
    Wide,
}

/// The values of a column in one row group.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Of `Number`, `Date`, `Code`, `Answer` and `Truth`.
    Numbers(Vec<u32>),
    /// Of `List`: where each list ends, and their elements.
    Lists {
        ends: Vec<u32>,
        elements: Vec<u32>,
    },
    Texts(Vec<String>),
    Wides(Vec<u64>),
}

impl Field {
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self { name: name.into(), kind }
    }

    fn schema(&self) -> Result<TypePtr> {
        let (physical, repetition, logical) = match self.kind {
            Kind::Number => (PhysicalType::INT32, Repetition::REQUIRED, None),
            Kind::Date => (PhysicalType::INT32, Repetition::REQUIRED, Some(LogicalType::Date)),
            Kind::Code | Kind::Answer => (PhysicalType::INT32, Repetition::OPTIONAL, None),
            Kind::Truth => (PhysicalType::BOOLEAN, Repetition::REQUIRED, None),
            Kind::List => (PhysicalType::INT32, Repetition::REPEATED, None),
            Kind::Text => (PhysicalType::BYTE_ARRAY, Repetition::REQUIRED, Some(LogicalType::String)),
            Kind::Wide => (PhysicalType::INT64, Repetition::REQUIRED, None),
        };
        let builder = Type::primitive_type_builder(&self.name, physical);
        Ok(Arc::new(builder.with_repetition(repetition).with_logical_type(logical).build()?))
    }
}

/// A file of these columns with these row groups.
pub fn write(fields: &[Field], groups: impl IntoIterator<Item = Vec<Values>>) -> Result<Vec<u8>> {
    let columns = fields.iter().map(Field::schema).collect::<Result<Vec<_>>>()?;
    let schema = Arc::new(Type::group_type_builder("facts").with_fields(columns).build()?);
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?)).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    for values in groups {
        let mut group = writer.next_row_group()?;
        for (field, values) in fields.iter().zip(values) {
            let Some(mut column) = group.next_column()? else { break };
            write_column(&mut column, field.kind, values)?;
            column.close()?;
        }
        group.close()?;
    }
    writer.into_inner()
}

fn write_column(column: &mut SerializedColumnWriter<'_>, kind: Kind, values: Values) -> Result<usize> {
    match values {
        Values::Numbers(values) => match kind {
            Kind::Truth => {
                let truths: Vec<bool> = values.iter().map(|&value| value != 0).collect();
                column.typed::<BoolType>().write_batch(&truths, None, None)
            }
            Kind::Code | Kind::Answer => {
                let shift = u32::from(kind == Kind::Answer);
                let levels: Vec<i16> = values.iter().map(|&value| (value != 0).into()).collect();
                let present = values.iter().filter(|value| **value != 0);
                let present: Vec<i32> = present.map(|&value| (value - shift) as i32).collect();
                column.typed::<Int32Type>().write_batch(&present, Some(&levels), None)
            }
            _ => column.typed::<Int32Type>().write_batch(&signed(&values), None, None),
        },
        Values::Lists { ends, elements } => {
            let (mut present, mut repeated, mut start) = (Vec::new(), Vec::new(), 0);
            for end in ends {
                // An empty list takes one level that says so.
                let len = (end - start).max(1) as usize;
                repeated.push(0);
                repeated.resize(repeated.len() + len - 1, 1);
                present.resize(repeated.len(), (end > start).into());
                start = end;
            }
            column.typed::<Int32Type>().write_batch(&signed(&elements), Some(&present), Some(&repeated))
        }
        Values::Texts(texts) => {
            let texts: Vec<ByteArray> = texts.iter().map(|text| text.as_str().into()).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, None, None)
        }
        Values::Wides(values) => {
            let values: Vec<i64> = values.iter().map(|&value| value.cast_signed()).collect();
            column.typed::<Int64Type>().write_batch(&values, None, None)
        }
    }
}

/// The row groups of a file, whose columns must be these.
pub fn read(file: Bytes, fields: &[Field]) -> Result<Vec<Vec<Values>>> {
    let reader = SerializedFileReader::new(file)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let expected = fields.iter().map(Field::schema).collect::<Result<Vec<_>>>()?;
    if !schema.columns().iter().map(|column| column.self_type()).eq(expected.iter().map(AsRef::as_ref)) {
        return Err(ParquetError::General("other columns than expected".into()));
    }
    let read_group = |group: usize| {
        let group = reader.get_row_group(group)?;
        let rows = group.metadata().num_rows() as usize;
        let column =
            |(index, field): (usize, &Field)| read_column(group.get_column_reader(index)?, field.kind, rows);
        fields.iter().enumerate().map(column).collect()
    };
    (0..reader.num_row_groups()).map(read_group).collect()
}

fn read_column(reader: ColumnReader, kind: Kind, rows: usize) -> Result<Values> {
    Ok(match kind {
        Kind::Number | Kind::Date => {
            Values::Numbers(unsigned(&read_levels::<Int32Type>(reader, rows)?.values))
        }
        Kind::Truth => Values::Numbers(
            read_levels::<BoolType>(reader, rows)?.values.into_iter().map(u32::from).collect(),
        ),
        Kind::Code | Kind::Answer => {
            let Levels { values, present, .. } = read_levels::<Int32Type>(reader, rows)?;
            let shift = u32::from(kind == Kind::Answer);
            let mut next = 0;
            // Which places have a value cannot be guessed, so each takes the same steps.
            let value = |level: i16| {
                let value = values.get(next).copied().unwrap_or(0).cast_unsigned().wrapping_add(shift);
                next += usize::from(level == 1);
                if level == 1 { value } else { 0 }
            };
            Values::Numbers(present.into_iter().map(value).collect())
        }
        Kind::List => {
            let Levels { values, present, repeated } = read_levels::<Int32Type>(reader, rows)?;
            let (mut ends, mut row, mut end) = (vec![0; rows], 0_usize, 0);
            for (present, repeated) in present.into_iter().zip(repeated) {
                row += usize::from(repeated == 0);
                end += u32::from(present == 1);
                if let Some(row_end) = ends.get_mut(row.wrapping_sub(1)) {
                    *row_end = end;
                }
            }
            if row != rows || end as usize != values.len() {
                return Err(ParquetError::General(format!("{row} lists of {rows}")));
            }
            Values::Lists { ends, elements: unsigned(&values) }
        }
        Kind::Text => {
            let texts = read_levels::<ByteArrayType>(reader, rows)?.values;
            Values::Texts(texts.iter().map(|text| text.as_utf8().map(str::to_owned)).collect::<Result<_>>()?)
        }
        Kind::Wide => {
            let values = read_levels::<Int64Type>(reader, rows)?.values;
            Values::Wides(values.into_iter().map(i64::cast_unsigned).collect())
        }
    })
}

/// A column as Parquet has it: the values that are present, and for each place whether one is (and belongs to the
/// list of the place before).
struct Levels<T> {
    values: Vec<T>,
    present: Vec<i16>,
    repeated: Vec<i16>,
}

fn read_levels<T: DataType>(reader: ColumnReader, rows: usize) -> Result<Levels<T::T>> {
    let mut levels = Levels { values: Vec::with_capacity(rows), present: Vec::new(), repeated: Vec::new() };
    let Levels { values, present, repeated } = &mut levels;
    let (records, ..) =
        get_typed_column_reader::<T>(reader).read_records(rows, Some(present), Some(repeated), values)?;
    if records != rows {
        return Err(ParquetError::General(format!("{records} rows of {rows}")));
    }
    Ok(levels)
}

fn signed(values: &[u32]) -> Vec<i32> {
    values.iter().map(|&value| value.cast_signed()).collect()
}

fn unsigned(values: &[i32]) -> Vec<u32> {
    values.iter().map(|&value| value.cast_unsigned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_column_reads_back() {
        let fields = [
            Field::new("number", Kind::Number),
            Field::new("day", Kind::Date),
            Field::new("attribute:план", Kind::Code),
            Field::new("nps", Kind::Answer),
            Field::new("complaint", Kind::Truth),
            Field::new("topics", Kind::List),
            Field::new("value", Kind::Text),
            Field::new("high", Kind::Wide),
        ];
        let group = vec![
            Values::Numbers(vec![1, u32::MAX, 7]),
            Values::Numbers(vec![20_000, (-5_i32).cast_unsigned(), 0]),
            Values::Numbers(vec![0, 9, u32::MAX]),
            Values::Numbers(vec![1, 0, 11]),
            Values::Numbers(vec![1, 0, 1]),
            Values::Lists { ends: vec![0, 2, 3], elements: vec![5, 6, 7] },
            Values::Texts(vec!["".into(), "плохо".into(), "x".into()]),
            Values::Wides(vec![0, u64::MAX, 3]),
        ];
        let empty_lists = Values::Lists { ends: vec![0, 0, 0], elements: vec![] };
        let mut other = group.clone();
        other[5] = empty_lists;
        let groups = vec![group, other];
        let file = write(&fields, groups.clone()).unwrap();
        assert_eq!(read(file.clone().into(), &fields).unwrap(), groups);
        assert!(read(file.clone().into(), &fields[1..]).is_err());
        assert!(read(file[..file.len() / 2].to_vec().into(), &fields).is_err());
    }
}
