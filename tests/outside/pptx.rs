//! `WAYMARK_PYTHON` names a Python that has python-pptx and openpyxl, `python3` where it is not set.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::skipped;
use waymark::chart::LineId;
use waymark::chart::deck::Body;
use waymark::document::Document;
use waymark::export;
use waymark::storage;
use waymark::workspace::{ChartOf, ExportFormat, ExportRequest, ExportWhat, Memos, PageTheme};

/// The deck of the sample in a folder, and its slides in words.
fn deck(folder: &Path, theme: PageTheme) -> PathBuf {
    let request = ExportRequest {
        scale: 1.0,
        theme,
        path: Some(folder.join("deck.pptx")),
        overwrite: true,
        ..ExportRequest::of(ExportWhat::Deck, ExportFormat::Pptx)
    };
    let sample = storage::sample();
    export::run(&sample, &request, sample.settings.as_of.unwrap()).unwrap().remove(0)
}

/// What a program prints; none where it is not there or cannot do it.
fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        skipped(&format!("{program}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    output.status.success().then_some(text)
}

/// Slide, name of the series, its days and values, a line each; fails where the workbook behind a chart says something else.
const READ_CHARTS: &str = r#"
import io, sys, openpyxl
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
deck = Presentation(sys.argv[1])
for number, slide in enumerate(deck.slides, 1):
    print("title", number, slide.shapes.title.text if slide.shapes.title is not None else "", sep="\t")
    for shape in slide.shapes:
        if not shape.has_chart:
            continue
        chart = shape.chart
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Data"]
        heads = [cell.value for cell in sheet[1]]
        days = [row[0].value for row in sheet.iter_rows(min_row=2)]
        for plot in chart.plots:
            kinds = {type(plot).__name__}
            assert kinds <= {"LinePlot", "AreaPlot"}, kinds
            for series in plot.series:
                column = heads.index(series.name)
                cells = [row[column].value for row in sheet.iter_rows(min_row=2)]
                assert list(series.values) == cells, (number, series.name)
                if type(plot).__name__ == "LinePlot":
                    known = [(day, value) for day, value in zip(days, cells) if value is not None]
                    points = " ".join(f"{day:%Y-%m-%d}={value!r}" for day, value in known)
                    print("series", number, series.name, points, sep="\t")
"#;

#[test]
fn python_reads_the_charts_of_the_deck_with_the_numbers_of_the_project() {
    let python = std::env::var("WAYMARK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if said(&python, &["-c", "import pptx, openpyxl"]).is_none() {
        skipped(&format!("{python} has no python-pptx and openpyxl"));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = deck(folder.path(), PageTheme::Light);
    let read = said(&python, &["-c", READ_CHARTS, &file.display().to_string()]).expect("python-pptx reads the file");
    let lines: Vec<Vec<&str>> = read.lines().map(|line| line.split('\t').collect()).collect();
    let sample = storage::sample();
    let as_of = sample.settings.as_of.unwrap();
    let (document, memos) = (Document::new(sample), Memos::default());
    let shown = memos.deck(&document, as_of);
    let mut charts = 0;
    for (index, entry) in shown.iter().filter(|entry| !entry.hidden).enumerate() {
        let number = (index + 1).to_string();
        let slide = memos.slide(&document, as_of, entry);
        assert!(lines.iter().any(|l| l[0] == "title" && l[1] == number && l[2] == slide.title), "{number} {}", slide.title);
        let Body::Kpi(body) = &slide.body else { continue };
        let chart = memos.chart(&document, as_of, &ChartOf::Metric(body.metric.clone(), body.goal.clone()));
        let actual = chart.lines.iter().find(|line| line.id == LineId::Actual).unwrap();
        let known: Vec<(String, f64)> = actual
            .runs
            .iter()
            .flat_map(|run| run.iter())
            .map(|p| (waymark::model::Stamp::from_seconds((p[0] * 86_400.0) as i64).date().to_string(), p[1]))
            .collect();
        let found = lines.iter().find(|l| l[0] == "series" && l[1] == number && l[2] == actual.name).expect("a series of the values");
        let told: Vec<(String, f64)> = found[3]
            .split(' ')
            .map(|point| {
                let (day, value) = point.split_once('=').unwrap();
                (day.to_owned(), value.parse().unwrap())
            })
            .collect();
        assert_eq!(told, known, "{}", slide.title);
        charts += 1;
    }
    assert!(charts >= 8, "{charts} charts");
}

#[test]
fn libreoffice_shows_every_slide_with_its_words() {
    if said("soffice", &["--version"]).is_none() || said("pdftotext", &["-v"]).is_none() {
        skipped("LibreOffice or pdftotext is not there");
        return;
    }
    for theme in [PageTheme::Light, PageTheme::Dark] {
        let folder = tempfile::tempdir().unwrap();
        let file = deck(folder.path(), theme);
        let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
        let out = folder.path().display().to_string();
        let file = file.display().to_string();
        said("soffice", &["--headless", &profile, "--convert-to", "pdf", "--outdir", &out, &file]).expect("LibreOffice opens the file");
        let pdf = folder.path().join("deck.pdf").display().to_string();
        let text = said("pdftotext", &["-layout", &pdf, "-"]).unwrap();
        let pages: Vec<String> = text.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let sample = storage::sample();
        let as_of = sample.settings.as_of.unwrap();
        let (document, memos) = (Document::new(sample), Memos::default());
        let deck = memos.deck(&document, as_of);
        for (entry, page) in deck.iter().filter(|entry| !entry.hidden).zip(&pages) {
            let title = memos.slide(&document, as_of, entry).title.clone();
            assert!(page.contains(&title), "{title:?} is not on {page:?}");
        }
    }
}
