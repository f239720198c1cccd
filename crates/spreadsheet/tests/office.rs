//! A workbook opened as an office opens it: LibreOffice reads the same in it as was written.
#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use std::path::Path;
use std::process::Command;
use yishi_spreadsheet::write::{Cell, Column, Form, Head, Writing};

/// The program, where it is installed with what opens spreadsheets; it comes for texts alone too.
fn calc() -> Option<String> {
    let program = std::env::var("YISHI_SOFFICE").unwrap_or_else(|_| "soffice".to_owned());
    let found =
        Command::new("sh").args(["-c", &format!("readlink -f $(command -v {program})")]).output().ok()?;
    let found = String::from_utf8(found.stdout).ok()?;
    Path::new(found.trim()).parent()?.join("libsclo.so").exists().then_some(program)
}

#[test]
fn an_office_reads_the_same_cells() {
    let Some(program) = calc() else {
        println!("no LibreOffice Calc here: the workbook was not opened with it");
        return;
    };
    let columns = ["编号", "反映时间", "内容", "金额", "日期"].map(|name| Column::new(name, 8)).to_vec();
    let head = Head { title: "事项台账".to_owned(), lines: vec!["2026年11月".to_owned()], columns };
    let day = date(2026, 11, 2);
    let rows = [
        [
            Cell::Number(7),
            Cell::Minute(day.at(9, 5, 0, 0)),
            Cell::text("=1+1"),
            Cell::Fen(1_250),
            Cell::Day(day),
        ],
        [Cell::Number(-8), Cell::Empty, Cell::text("+86 路灯，\"不亮\""), Cell::Fen(0), Cell::Empty],
        [Cell::Number(9), Cell::Empty, Cell::text("@SUM(A1) <&>\n第二行"), Cell::Empty, Cell::Day(day)],
    ];
    let mut writing = Writing::begin(Form::Xlsx, &head).unwrap();
    for row in &rows {
        writing.row(row).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.xlsx");
    std::fs::write(&file, writing.end().unwrap()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut command = Command::new(program);
    // Lines with commas in UTF-8, each cell as it is shown.
    command.args([
        &profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
    ]);
    let output = command.arg("--outdir").arg(folder.path()).arg(&file).output().unwrap();
    let text = std::fs::read_to_string(file.with_extension("csv"))
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let meant = "事项台账,,,,\n2026年11月,,,,\n编号,反映时间,内容,金额,日期\n\
        7,2026-11-02 09:05,=1+1,12.50,2026-11-02\n\
        -8,,\"+86 路灯，\"\"不亮\"\"\",0.00,\n\
        9,,\"@SUM(A1) <&>\n第二行\",,2026-11-02\n";
    assert_eq!(text, meant);
}
