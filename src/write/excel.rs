//! Excel: a table of rows, and what there is to know before reading it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError,
};

use crate::document::{Sheet, Value};
use crate::text;

/// Columns wider than this are wrapped.
const MOST_WIDTH: usize = 42;
/// The longest text of a cell.
const MOST_LETTERS: usize = 32_767;
/// An amount is shown with öre.
const LEAST_OF_AMOUNT: u32 = 2;
/// The letters that there is room for above or below a page: Excel takes 255 in all.
const MOST_OF_TITLE: usize = 80;
const MOST_OF_REMARKS: usize = 160;

/// The workbook: the rows as a table, and a sheet about them. The same rows give the same bytes.
pub fn workbook(sheet: &Sheet) -> Result<Vec<u8>, String> {
    write(sheet).map_err(|error| format!("arbetsboken {} går inte att skriva ({error})", sheet.stem))
}

fn write(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day, so that the file does not tell when it was made.
    let created = ExcelDateTime::from_ymd(1980, 1, 1)?;
    let author = sheet.remarks.first().map_or("", String::as_str);
    workbook.set_properties(
        &DocProperties::new().set_title(&sheet.title).set_author(author).set_creation_datetime(&created),
    );
    rows(workbook.add_worksheet(), sheet)?;
    remarks(workbook.add_worksheet(), sheet)?;
    workbook.save_to_buffer()
}

/// A text above or below a page, where `&` begins a command.
fn in_margin(text: &str, most: usize) -> String {
    let mut room = most;
    let shown = text.chars().take_while(|letter| {
        let length = if *letter == '&' { 2 } else { letter.len_utf16() };
        room.checked_sub(length).map(|left| room = left).is_some()
    });
    shown.collect::<String>().replace('&', "&&")
}

fn rows(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let text_format = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let figure_format = |digits: String| Format::new().set_num_format(digits).set_align(FormatAlign::Top);
    let amount_format = |amount: Decimal| figure_format(format!("{}\\ \"kr\"", digits(amount, LEAST_OF_AMOUNT)));
    let number_format = |number: Decimal| figure_format(digits(number, 0));
    let date_format = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    worksheet.set_name("Prislista")?;
    worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_freeze_panes(1, 1)?;
    // Who reads a printed page has not seen the other sheet.
    let (sender, remarks) = sheet.remarks.split_at(sheet.remarks.len().min(1));
    let (title, remarks) = (in_margin(&sheet.title, MOST_OF_TITLE), in_margin(&remarks.join(". "), MOST_OF_REMARKS));
    worksheet.set_header(format!("&L{title}&R{remarks}"));
    worksheet.set_footer(format!("&L{}&RSida &P av &N", in_margin(&sender.concat(), MOST_OF_REMARKS)));
    for (row, values) in (1u32..).zip(&sheet.rows) {
        for (column, value) in (0u16..).zip(values) {
            match value {
                Value::Empty => worksheet.write_blank(row, column, &text_format)?,
                // Always as text: what begins with = is no formula.
                Value::Text(text) => worksheet.write_string_with_format(row, column, clean(text), &text_format)?,
                Value::Amount(amount) => match cell_figure(*amount) {
                    Some(figure) => worksheet.write_number_with_format(row, column, figure, &amount_format(*amount))?,
                    None => worksheet.write_string_with_format(row, column, text::kronor(*amount), &text_format)?,
                },
                Value::Number(number) => match cell_figure(*number) {
                    Some(figure) => worksheet.write_number_with_format(row, column, figure, &number_format(*number))?,
                    None => worksheet.write_string_with_format(row, column, text::number(*number), &text_format)?,
                },
                Value::Date(date) => {
                    let crate::model::Date(day) = date;
                    let (month, day_of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
                    match ExcelDateTime::from_ymd(day.year().unsigned_abs(), month, day_of_month) {
                        Ok(date) => worksheet.write_datetime_with_format(row, column, &date, &date_format)?,
                        // Excel's calendar begins in 1900.
                        Err(_) => worksheet.write_string_with_format(row, column, date.to_string(), &text_format)?,
                    }
                }
            };
        }
    }
    for (column, name) in (0u16..).zip(&sheet.columns) {
        let cells = sheet.rows.iter().filter_map(|row| row.get(usize::from(column))).map(width);
        let width = cells.chain([name.chars().count() + 3]).max().unwrap_or(8).min(MOST_WIDTH);
        worksheet.set_column_width(column, width as f64 + 1.0)?;
    }
    let columns: Vec<TableColumn> = sheet.columns.iter().map(|name| TableColumn::new().set_header(name)).collect();
    let table = Table::new().set_name("Prislista").set_columns(&columns).set_style(TableStyle::Medium2);
    let last_row = u32::try_from(sheet.rows.len().max(1)).unwrap_or(u32::MAX);
    let last_column = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    worksheet.add_table(0, 0, last_row, last_column, &table)?;
    Ok(())
}

fn remarks(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    worksheet.set_name("Om prislistan")?;
    worksheet.set_column_width(0, 90.0)?;
    worksheet.write_string_with_format(0, 0, clean(&sheet.title), &Format::new().set_bold().set_font_size(16.0))?;
    let wrapped = Format::new().set_text_wrap();
    for (row, remark) in (1u32..).zip(&sheet.remarks) {
        worksheet.write_string_with_format(row, 0, clean(remark), &wrapped)?;
    }
    Ok(())
}

/// How many decimals a figure is shown with: what it has, and at least so many.
fn digits(figure: Decimal, least: u32) -> String {
    match figure.normalize().scale().max(least) {
        0 => "#,##0".to_string(),
        decimals => format!("#,##0.{}", "0".repeat(decimals as usize)),
    }
}

/// A figure as a cell holds it; `None` where a cell would hold another, since it has room for some fifteen digits.
fn cell_figure(figure: Decimal) -> Option<f64> {
    let cell = figure.to_f64()?;
    let held = Decimal::from_str_exact(&cell.to_string()).ok()?;
    (held == figure).then_some(cell)
}

/// The text without characters that a workbook cannot hold, and no longer than a cell is.
fn clean(text: &str) -> String {
    let mut clean: String = text.chars().filter(|c| !text::is_forbidden(*c)).collect();
    if clean.encode_utf16().count() > MOST_LETTERS {
        // Most characters count as one of a cell's, and some as two.
        let mut left = MOST_LETTERS - '…'.len_utf16();
        let has_room = |letter: &char| {
            let room = left.checked_sub(letter.len_utf16());
            left = room.unwrap_or_default();
            room.is_some()
        };
        clean = clean.chars().take_while(has_room).collect();
        clean.push('…');
    }
    clean
}

fn width(value: &Value) -> usize {
    match value {
        Value::Empty => 0,
        Value::Text(text) => text.chars().count(),
        Value::Amount(amount) => text::kronor(*amount).chars().count() + 3,
        Value::Number(number) => text::number(*number).chars().count(),
        Value::Date(_) => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_as_much_of_a_text_as_there_is_room_for() {
        for (letters, kept) in [("å", MOST_LETTERS - 1), ("🚑", (MOST_LETTERS - 1) / 2)] {
            assert_eq!(clean(&letters.repeat(MOST_LETTERS + 1)), letters.repeat(kept) + "…");
        }
        assert_eq!(clean(&"å".repeat(MOST_LETTERS)), "å".repeat(MOST_LETTERS));
    }

    fn sheet() -> Sheet {
        Sheet {
            stem: "prislista-2027".into(),
            title: "Pris & lista".into(),
            remarks: vec!["En & två".into()],
            columns: vec!["Artikel".into(), "Pris (kr)".into()],
            rows: vec![
                vec![Value::Text("=1+1".into()), Value::Amount("125.50".parse().unwrap())],
                vec![Value::Text("0042\u{1}".into()), Value::Empty],
            ],
        }
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        assert_eq!(workbook(&sheet()).unwrap(), workbook(&sheet()).unwrap());
    }

    /// Above each page stands what it is and of what edition, and below it who sends it.
    #[test]
    fn a_printed_page_says_what_the_other_sheet_does() {
        let mut sheet = sheet();
        sheet.remarks.extend(["Utgåva 2027, utkast".into(), "Exklusive moms".into()]);
        let margins = |sheet: &Sheet| {
            let [xml] = parts(sheet, ["xl/worksheets/sheet1.xml"]);
            let (_, margins) = xml.split_once("<headerFooter>").expect("a header");
            margins.split_once("</headerFooter>").unwrap().0.replace("&amp;", "&")
        };
        assert_eq!(
            margins(&sheet),
            "<oddHeader>&LPris && lista&RUtgåva 2027, utkast. Exklusive moms</oddHeader>\
             <oddFooter>&LEn && två&RSida &P av &N</oddFooter>"
        );
        for long in ["&", "å", "🚑"] {
            sheet.title = long.repeat(500);
            sheet.remarks = vec![long.repeat(500); 3];
            assert!(margins(&sheet).contains("<oddHeader>&L"), "{long}");
        }
    }

    #[test]
    fn what_excel_has_no_room_for_is_written_as_it_can_be() {
        let mut sheet = sheet();
        sheet.title = "&".repeat(500);
        let date = Value::Date(crate::model::Date(jiff::civil::date(1899, 12, 31)));
        sheet.rows.push(vec![Value::Text("🚑".repeat(40_000)), date]);
        workbook(&sheet).unwrap();
    }

    /// The cells of the first sheet and the texts that they show, as XML.
    fn cells_and_texts(sheet: &Sheet) -> [String; 2] {
        parts(sheet, ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
    }

    fn parts<const COUNT: usize>(sheet: &Sheet, names: [&str; COUNT]) -> [String; COUNT] {
        let bytes = workbook(sheet).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        names.map(|part| {
            let mut xml = String::new();
            std::io::Read::read_to_string(&mut archive.by_name(part).unwrap(), &mut xml).unwrap();
            xml
        })
    }

    #[test]
    fn a_formula_in_a_text_stays_text() {
        let [cells, texts] = cells_and_texts(&sheet());
        assert!(!cells.contains("<f>"));
        assert!(cells.contains("<v>125.5</v>"));
        assert!(texts.contains("=1+1") && texts.contains(">0042<"));
    }

    #[test]
    fn a_figure_is_shown_with_the_decimals_that_it_has() {
        for (figure, amount, number) in [
            ("4300", "#,##0.00", "#,##0"),
            ("125.50", "#,##0.00", "#,##0.0"),
            ("0.125", "#,##0.000", "#,##0.000"),
            ("0.004200", "#,##0.0000", "#,##0.0000"),
            ("100.000000", "#,##0.00", "#,##0"),
        ] {
            let figure = figure.parse().unwrap();
            assert_eq!((digits(figure, LEAST_OF_AMOUNT).as_str(), digits(figure, 0).as_str()), (amount, number));
        }
        let mut sheet = sheet();
        let small =
            ["0.0042", "0.0043", "4300"].map(|figure| vec![Value::Empty, Value::Amount(figure.parse().unwrap())]);
        sheet.rows.extend(small);
        sheet.rows.push(vec![Value::Empty, Value::Number("500".parse().unwrap())]);
        let [styles] = parts(&sheet, ["xl/styles.xml"]);
        let formats: Vec<&str> =
            styles.split("formatCode=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(formats, ["@", "#,##0.00\\ &quot;kr&quot;", "#,##0.0000\\ &quot;kr&quot;", "#,##0"], "{styles}");
    }

    #[test]
    fn a_figure_that_a_cell_would_round_off_is_text() {
        let mut sheet = sheet();
        let figures = ["999999999999.999999", "999999999999.99", "0.000001", "1234567890.123456"];
        sheet.rows.extend(figures.map(|figure| vec![Value::Empty, Value::Amount(figure.parse().unwrap())]));
        let [cells, texts] = cells_and_texts(&sheet);
        assert!(!cells.contains("<v>1000000000000</v>") && cells.contains("<v>999999999999.99</v>"), "{cells}");
        assert!(texts.contains(&text::kronor("999999999999.999999".parse().unwrap())), "{texts}");
    }
}
