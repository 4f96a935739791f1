//! Many rows in one statement: the text of a multi-row `values` list.

use std::fmt::Write;

/// SQLite allows 32,766 parameters in a statement and PostgreSQL 65,535, but SQLite looks each `$n` up in a list: the
/// cost of a statement grows with the square of their number. A thousand is past the point where more rows help.
pub const MAX_PARAMETERS: usize = 1_000;

/// How many rows of `columns` columns fit into one statement.
pub fn rows_per_statement(columns: usize) -> usize {
    (MAX_PARAMETERS / columns.max(1)).max(1)
}

/// `($1, $2), ($3, $4)` for two rows of two columns, starting after `$offset`.
pub fn values_list(rows: usize, columns: usize, offset: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 7);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        list_parameters(&mut sql, columns, offset + row * columns);
        sql.push(')');
    }
    sql
}

/// `$1, $2, $3` for three values, starting after `$offset`: what stands in `in (…)`.
pub fn parameters(count: usize, offset: usize) -> String {
    let mut sql = String::with_capacity(count * 6);
    list_parameters(&mut sql, count, offset);
    sql
}

fn list_parameters(sql: &mut String, count: usize, offset: usize) {
    for n in 1..=count {
        let separator = if n == 1 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(sql, "{separator}${}", offset + n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_parameters_through() {
        assert_eq!(values_list(2, 2, 1), "($2, $3), ($4, $5)");
        assert_eq!(parameters(3, 0), "$1, $2, $3");
        assert_eq!(parameters(0, 0), "");
        assert!(rows_per_statement(24) * 24 <= MAX_PARAMETERS);
    }
}
