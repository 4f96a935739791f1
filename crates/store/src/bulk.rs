//! Many rows in one statement: the text of a multi-row `values` list.

use std::fmt::Write;

use crate::Engine;

/// SQLite allows 32,766 parameters in a statement and PostgreSQL 65,535; past this many, more bring nothing.
const MAX_PARAMETERS: usize = 8_000;

/// Rows of a statement at most, and members of an `in (…)`.
const MAX_ROWS: usize = 1_000;

/// So few rows are not cut: their statements are short.
const FEW_ROWS: usize = 16;

/// How many rows of `columns` columns go into one statement.
pub fn rows_per_statement(columns: usize) -> usize {
    (MAX_PARAMETERS / columns.max(1)).clamp(1, MAX_ROWS)
}

/// Rows in pieces of one statement each. What remains after the full pieces is cut by powers of two, so that its
/// statements are not of a hundred lengths, each to be parsed anew.
pub fn pieces<T>(rows: &[T], columns: usize) -> impl Iterator<Item = &[T]> {
    let full = rows_per_statement(columns);
    let mut rest = rows;
    std::iter::from_fn(move || {
        let piece = match rest.len() {
            0 => return None,
            few if few < FEW_ROWS => few,
            more if more < full => 1 << more.ilog2(),
            _ => full,
        };
        let (now, after) = rest.split_at(piece.min(full));
        rest = after;
        Some(now)
    })
}

/// What follows `values`: `($1, $2), ($3, $4)` for two rows of two columns, in the spelling that the engine binds
/// fastest. The statement has no other parameters.
pub fn values_list(engine: Engine, rows: usize, columns: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 7);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            sql.push_str(if column == 1 { "" } else { ", " });
            engine.push_parameter(&mut sql, row * columns + column);
        }
        sql.push(')');
    }
    sql
}

/// `$1, $2, $3` for three values, starting after `$offset`: what stands in `in (…)`.
pub fn parameters(count: usize, offset: usize) -> String {
    let mut sql = String::with_capacity(count * 6);
    for n in 1..=count {
        let separator = if n == 1 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(sql, "{separator}${}", offset + n);
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_parameters_through() {
        assert_eq!(values_list(Engine::Postgres, 2, 2), "($1, $2), ($3, $4)");
        assert_eq!(values_list(Engine::Sqlite, 2, 2), "(?, ?), (?, ?)");
        assert_eq!(parameters(3, 0), "$1, $2, $3");
        assert_eq!(parameters(2, 1), "$2, $3");
        assert_eq!(parameters(0, 0), "");
    }

    #[test]
    fn rows_are_cut_into_pieces_of_few_lengths() {
        let lengths = |rows: usize| pieces(&vec![(); rows], 23).map(<[()]>::len).collect::<Vec<_>>();
        assert_eq!(lengths(0), [0; 0]);
        assert_eq!(lengths(15), [15]);
        assert_eq!(lengths(347), [347]);
        assert_eq!(lengths(800), [347, 347, 64, 32, 10]);
        assert_eq!(pieces(&[1, 2, 3], 10_000).collect::<Vec<_>>(), [[1], [2], [3]]);
    }

    #[test]
    fn a_statement_stays_within_its_bounds() {
        for columns in [0, 1, 4, 23, 10_000] {
            let rows = rows_per_statement(columns);
            assert!((1..=MAX_ROWS).contains(&rows) && (rows == 1 || rows * columns <= MAX_PARAMETERS));
        }
    }
}
