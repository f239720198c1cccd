//! Writes a list of a hundred thousand rows in both forms, and prints how long that takes and how
//! much memory it needs: `cargo run --release -p yishi-spreadsheet --example long`.

use std::time::Instant;
use yishi_spreadsheet::write::{Cell, Column, Form, Head, WriteError, Writing};

const ROWS: i64 = 100_000;
const COLUMNS: usize = 16;

fn main() -> Result<(), WriteError> {
    let columns = (0..COLUMNS).map(|n| Column::new(format!("栏目{n}"), 10)).collect();
    let head = Head { title: "事项台账".to_owned(), lines: vec!["2026年".to_owned()], columns };
    let day = jiff::civil::date(2026, 5, 1);
    for form in Form::ALL {
        let begun = Instant::now();
        let mut writing = Writing::begin(form, &head)?;
        for n in 0..ROWS {
            let row: Vec<Cell> = (0..COLUMNS)
                .map(|column| match column % 4 {
                    0 => Cell::Number(n),
                    1 => Cell::Day(day),
                    _ => Cell::text(format!("杏林南苑 {n} 号楼的路灯不亮")),
                })
                .collect();
            writing.row(&row)?;
        }
        let bytes = writing.end()?;
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("{}: {} bytes in {:?}, {most}", form.ending(), bytes.len(), begun.elapsed());
    }
    Ok(())
}
