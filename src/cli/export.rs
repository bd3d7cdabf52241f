//! `waymark export`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::args::{Source, parse_date};
use super::console::{Console, Failure, Outcome};
use crate::export;
use crate::model::{Date, MetricId, Project};
use crate::workspace::{ExportFormat, ExportRequest, ExportWhat, KpiMode, NamedSize, PageTheme, Redaction, Screen};

/// Write charts, views and slides as pictures, pages, tables or text
///
/// The same project and arguments give the same bytes.
#[derive(Args, Debug)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    source: Source,
    /// A file for one page, else a folder, which is made where missing
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// view:board, view:map, view:scorecard, view:roadmap, view:review, view:objective:GOAL, view:kpi:METRIC, view:kpi:METRIC:MODE with
    /// trend, xmr, season, cycle, compare, metrics, distribution, contributions, relation or table for MODE, or chart:METRIC,
    /// xmr:METRIC, objective:GOAL, deck, slide:NUMBER, all
    #[arg(long, value_name = "WHAT", default_value = "all", value_parser = parse_what)]
    what: What,
    /// [default: what the name of PATH says, else png]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Size of the page: a4, a4-landscape, letter, letter-landscape, wide, slide, square, or points such as 1200x675, 400x300 or more [default: slide for
    /// slides, else wide]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    size: Option<(u32, u32)>,
    /// Pixels a point, for PNG
    #[arg(long, default_value = "2", value_parser = parse_scale)]
    scale: f32,
    /// In PowerPoint, make every slide a picture instead of text, tables and charts that can be edited
    #[arg(long)]
    pictures: bool,
    #[arg(long, value_enum, default_value_t = Theme::Light, help = "Colours of the page")]
    theme: Theme,
    /// The day to show [default: the one that the project pins, else today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    as_of: Option<Date>,
    /// Index values to 100 and leave out people and notes
    #[arg(long)]
    redacted: bool,
    /// With --redacted, a goal to leave out with all under it; may be given several times
    #[arg(long, value_name = "GOAL", requires = "redacted")]
    without: Vec<String>,
    /// Replace files that are there
    #[arg(long)]
    overwrite: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    All,
    Deck,
    Slide(usize),
    Chart(String),
    Kpi(String, KpiMode),
    Objective(String),
    View(Screen),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Png,
    Svg,
    Pdf,
    Pptx,
    Html,
    Xlsx,
    Csv,
    Md,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Theme {
    Light,
    Dark,
}

fn parse_what(text: &str) -> Result<What, String> {
    match text.split_once(':') {
        Some(("chart", metric)) if !metric.is_empty() => Ok(What::Chart(metric.to_owned())),
        Some(("xmr", metric)) if !metric.is_empty() => Ok(What::Kpi(metric.to_owned(), KpiMode::XMR)),
        Some(("objective", goal)) if !goal.is_empty() => Ok(What::Objective(goal.to_owned())),
        Some(("view", view)) => parse_view(view),
        Some(("slide", number)) => number
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .map(What::Slide)
            .ok_or_else(|| format!("{number:?} is no number of a slide; write slide:1")),
        _ if text == "all" => Ok(What::All),
        _ if text == "deck" => Ok(What::Deck),
        _ => {
            Err(format!("{text:?} is nothing to export; write view:board, chart:METRIC, xmr:METRIC, objective:GOAL, deck, slide:1 or all"))
        }
    }
}

/// `board`, `objective:GOAL`, `kpi:METRIC` or `kpi:METRIC:MODE`.
fn parse_view(text: &str) -> Result<What, String> {
    const PROJECT_VIEWS: [Screen; 5] = [Screen::Board, Screen::Map, Screen::Scorecard, Screen::Roadmap, Screen::Review];
    match text.split_once(':') {
        None => PROJECT_VIEWS.into_iter().find(|screen| screen.word().eq_ignore_ascii_case(text)).map(What::View),
        Some(("objective", goal)) if !goal.is_empty() => Some(What::Objective(goal.to_owned())),
        Some(("kpi", metric)) if !metric.is_empty() => {
            let in_mode = metric.rsplit_once(':').and_then(|(metric, slug)| Some((metric, KpiMode::of_slug(slug)?)));
            let (metric, mode) = in_mode.filter(|(metric, _)| !metric.is_empty()).unwrap_or((metric, KpiMode::Trend));
            Some(What::Kpi(metric.to_owned(), mode))
        }
        Some(_) => None,
    }
    .ok_or_else(|| {
        format!("there is no view {text:?}; write view:board, map, scorecard, roadmap or review, view:objective:GOAL, view:kpi:METRIC or view:kpi:METRIC:MODE")
    })
}

/// A name, or `WIDTHxHEIGHT` in points.
fn parse_size(text: &str) -> Result<(u32, u32), String> {
    if let Some(named) = NamedSize::ALL.into_iter().find(|named| named.slug.eq_ignore_ascii_case(text)) {
        return Ok(named.size);
    }
    let sides: Option<(u32, u32)> =
        text.split_once(['x', 'X', '×']).and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)));
    match sides {
        Some(size) if ExportRequest::has_room(size) => Ok(size),
        Some((width, height)) if width > 0 && height > 0 => {
            let (wide, high) = ExportRequest::LEAST_SIZE;
            Err(format!("a page of {width} × {height} points has no room for what is drawn on it; it must be at least {wide} × {high}"))
        }
        _ => Err(format!("{text:?} is no size; write a4, letter, slide, or points as 1200x675")),
    }
}

fn parse_scale(text: &str) -> Result<f32, String> {
    text.parse::<f32>()
        .ok()
        .filter(|s| s.is_finite() && *s > 0.0)
        .ok_or_else(|| format!("{text:?} is no scale; write a number above 0, such as 2"))
}

fn format_of(path: &Path) -> Option<ExportFormat> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    ExportFormat::ALL.into_iter().find(|format| format.extension() == extension)
}

/// Whether a path ends as a file does that is no export. What ends otherwise, such as "Board.final", may be a folder.
fn is_foreign(path: &Path) -> bool {
    const ENDINGS: [&str; 19] = [
        "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "txt", "json", "doc", "docx", "odt", "odp", "ods", "xls", "xlsm", "ppt", "key",
        "htm",
    ];
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| ENDINGS.contains(&ending.to_lowercase().as_str()))
}

impl ExportArgs {
    fn metric(&self, project: &Project, name: &str) -> Result<MetricId, Failure> {
        project.find_metric(name).map(|m| m.id.clone()).ok_or_else(|| missing("metric", name, &self.source.name()))
    }

    fn request(&self, project: &Project) -> Result<ExportRequest, Failure> {
        let what = match &self.what {
            What::All => ExportWhat::All,
            What::Deck => ExportWhat::Deck,
            What::Slide(number) => ExportWhat::Slide(*number),
            What::View(screen) => ExportWhat::View(*screen),
            What::Chart(name) => ExportWhat::Chart(self.metric(project, name)?),
            What::Kpi(name, mode) => ExportWhat::Kpi(self.metric(project, name)?, *mode),
            What::Objective(name) => {
                let goal = project.find_goal(name).ok_or_else(|| missing("goal", name, &self.source.name()))?;
                ExportWhat::Objective(goal.id.clone())
            }
        };
        let format = match self.format {
            Some(Format::Png) => ExportFormat::Png,
            Some(Format::Svg) => ExportFormat::Svg,
            Some(Format::Pdf) => ExportFormat::Pdf,
            Some(Format::Pptx) => ExportFormat::Pptx,
            Some(Format::Html) => ExportFormat::Html,
            Some(Format::Xlsx) => ExportFormat::Xlsx,
            Some(Format::Csv) => ExportFormat::Csv,
            Some(Format::Md) => ExportFormat::Md,
            None => format_of(&self.out).unwrap_or(ExportFormat::Png),
        };
        self.check_ending(format)?;
        let theme = match self.theme {
            Theme::Light => PageTheme::Light,
            Theme::Dark => PageTheme::Dark,
        };
        let redaction = || Ok::<_, Failure>(Redaction { without: self.source.goals(project, &self.without)? });
        Ok(ExportRequest {
            size: self.size.unwrap_or_else(|| what.usual_size()),
            as_pictures: self.pictures,
            scale: self.scale,
            theme,
            path: Some(self.out.clone()),
            overwrite: self.overwrite,
            as_of: self.as_of,
            redacted: self.redacted.then(redaction).transpose()?,
            ..ExportRequest::of(what, format)
        })
    }
}

impl ExportArgs {
    /// The name of a file must not say one format while it holds another. A folder may be called anything.
    fn check_ending(&self, format: ExportFormat) -> Result<(), Failure> {
        let path = &self.out;
        match format_of(path) {
            _ if path.is_dir() => Ok(()),
            Some(said) if said != format => Err(Failure::Misuse(format!(
                "{} ends like {} but --format asks for {}; change one of the two",
                path.display(),
                said.word(),
                format.word()
            ))),
            None if self.format.is_none() && (is_foreign(path) || (path.extension().is_some() && matches!(self.what, What::Chart(_)))) => {
                Err(Failure::Misuse(format!(
                    "{} ends in no format of an export, such as .png or .pdf; say the format with --format",
                    path.display()
                )))
            }
            _ => Ok(()),
        }
    }
}

fn missing(kind: &str, name: &str, source: &str) -> Failure {
    Failure::Bad(format!("there is no {kind} {name:?} in {source}; ids and names must match exactly"))
}

pub(super) fn run(args: &ExportArgs, console: &mut Console<'_>, today: Date) -> Outcome {
    let project = args.source.load()?;
    let request = args.request(&project)?;
    for path in export::run(&project, &request, today).map_err(Failure::bad)? {
        writeln!(console.out, "{}", path.display())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_and_format_are_read() {
        assert_eq!(parse_what("chart:Weekly: users"), Ok(What::Chart("Weekly: users".to_owned())));
        assert_eq!(parse_what("objective:g-1"), Ok(What::Objective("g-1".to_owned())));
        assert_eq!(parse_what("all"), Ok(What::All));
        assert_eq!(parse_what("xmr:MAU"), Ok(What::Kpi("MAU".to_owned(), KpiMode::XMR)));
        assert_eq!(parse_what("view:kpi:Weekly: users"), Ok(What::Kpi("Weekly: users".to_owned(), KpiMode::Trend)));
        for mode in KpiMode::ALL {
            assert_eq!(parse_what(&format!("view:kpi:MAU:{}", mode.slug())), Ok(What::Kpi("MAU".to_owned(), mode)));
        }
        assert!(parse_what("chart:").is_err() && parse_what("slides").is_err());
        assert_eq!(format_of(Path::new("a/b.PDF")), Some(ExportFormat::Pdf));
        assert_eq!(format_of(Path::new("a/b.jpeg")), None);
        assert!(is_foreign(Path::new("a/b.JPEG")) && !is_foreign(Path::new("a/b.final")) && !is_foreign(Path::new("a.jpg/b")));
        assert_eq!(parse_size("1200x675"), Ok((1200, 675)));
        assert_eq!(parse_size("A4"), Ok((595, 842)));
        assert_eq!(parse_size("letter-landscape"), Ok((792, 612)));
        for refused in [parse_size("0x5").unwrap_err(), parse_size("12").unwrap_err()] {
            assert!(refused.ends_with("or points as 1200x675"), "{refused}");
        }
        assert_eq!(parse_size("400x300"), Ok((400, 300)));
        let small = "a page of 1200 × 40 points has no room for what is drawn on it; it must be at least 400 × 300";
        assert_eq!(parse_size("1200x40").unwrap_err(), small);
        assert!(parse_scale("0").is_err() && parse_scale("NaN").is_err());
    }
}
