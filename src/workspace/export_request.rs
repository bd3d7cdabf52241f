//! What is to be drawn into a file.

use std::path::PathBuf;

use super::{KpiMode, Redaction, Screen, TimeRange, View};
use crate::model::{Date, GoalId, MetricId, Project};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportWhat {
    /// One chart.
    Chart(MetricId),
    /// A metric as the KPI view shows it.
    Kpi(MetricId, KpiMode),
    /// The objective page; for a key result without a metric, its chart.
    Objective(GoalId),
    /// A view of the whole project.
    View(Screen),
    /// Every objective page and every chart.
    All,
    /// The slides of the deck that are not left out.
    Deck,
    /// One of those, counted from 1.
    Slide(usize),
}

impl ExportWhat {
    /// Whether it is slides, which have a size of their own.
    pub fn is_slides(&self) -> bool {
        matches!(self, Self::Deck | Self::Slide(_))
    }

    /// The size of its pages unless another is chosen, in points.
    pub fn usual_size(&self) -> (u32, u32) {
        if self.is_slides() { (1920, 1080) } else { (1200, 675) }
    }

    /// The formats that it can leave in, the most usual first.
    pub fn formats(&self) -> &'static [ExportFormat] {
        use ExportFormat::{Csv, Html, Md, Pdf, Png, Pptx, Svg, Xlsx};
        match self {
            Self::Deck | Self::Slide(_) => &[Pptx, Pdf, Html, Png, Svg, Md],
            Self::Chart(_) | Self::Kpi(..) => &[Png, Svg, Pdf, Pptx, Html, Xlsx, Csv, Md],
            Self::View(Screen::Map) => &[Png, Svg, Pdf, Pptx, Html],
            Self::All | Self::Objective(_) | Self::View(_) => &[Pdf, Png, Svg, Html, Pptx, Xlsx, Csv, Md],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    Png,
    Svg,
    Pdf,
    /// PowerPoint.
    Pptx,
    /// One file for a browser.
    Html,
    /// Excel.
    Xlsx,
    Csv,
    /// Markdown.
    Md,
}

impl ExportFormat {
    pub const ALL: [Self; 8] = [Self::Png, Self::Svg, Self::Pdf, Self::Pptx, Self::Html, Self::Xlsx, Self::Csv, Self::Md];

    /// Whether pages are drawn for it, of a size and a theme; the others are tables and text.
    pub fn is_drawn(self) -> bool {
        matches!(self, Self::Png | Self::Svg | Self::Pdf | Self::Pptx | Self::Html)
    }

    /// Whether all pages go into one file.
    pub fn holds_many(self) -> bool {
        matches!(self, Self::Pdf | Self::Pptx | Self::Html | Self::Xlsx | Self::Md)
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Md => "md",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
            Self::Pptx => "PowerPoint",
            Self::Html => "HTML",
            Self::Xlsx => "Excel",
            Self::Csv => "CSV",
            Self::Md => "Markdown",
        }
    }
}

/// What the clipboard holds of something that could be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyAs {
    /// Its page, with two pixels a point.
    Picture,
    /// Its page, as text.
    Svg,
    /// What it says, in Markdown.
    Report,
}

impl CopyAs {
    pub fn format(self) -> ExportFormat {
        match self {
            Self::Picture => ExportFormat::Png,
            Self::Svg => ExportFormat::Svg,
            Self::Report => ExportFormat::Md,
        }
    }
}

/// Pages are light or dark whatever the window is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PageTheme {
    #[default]
    Light,
    Dark,
}

/// A size of a page that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedSize {
    /// On the command line.
    pub slug: &'static str,
    pub words: &'static str,
    /// In points.
    pub size: (u32, u32),
    /// Whether it is a sheet of paper: what is on it is set smaller than on a screen.
    pub is_paper: bool,
}

impl NamedSize {
    pub const ALL: [Self; 7] = [
        Self { slug: "wide", words: "1200 × 675, wide", size: (1200, 675), is_paper: false },
        Self { slug: "slide", words: "1920 × 1080, slide", size: (1920, 1080), is_paper: false },
        Self { slug: "square", words: "1200 × 1200, square", size: (1200, 1200), is_paper: false },
        // ISO 216 and ANSI Y14.1, in points of 1/72 inch.
        Self { slug: "a4", words: "A4, portrait", size: (595, 842), is_paper: true },
        Self { slug: "a4-landscape", words: "A4, landscape", size: (842, 595), is_paper: true },
        Self { slug: "letter", words: "Letter, portrait", size: (612, 792), is_paper: true },
        Self { slug: "letter-landscape", words: "Letter, landscape", size: (792, 612), is_paper: true },
    ];
}

#[derive(Clone, Debug, PartialEq)]
pub struct ExportRequest {
    pub what: ExportWhat,
    pub format: ExportFormat,
    /// In PowerPoint, every slide is a picture of its page; else text, tables and charts can be edited where they have such a form.
    pub as_pictures: bool,
    /// In points.
    pub size: (u32, u32),
    /// Pixels a point, for PNG.
    pub scale: f32,
    pub theme: PageTheme,
    /// Where missing, it is asked for. A file for one page, else a folder.
    pub path: Option<PathBuf>,
    /// Whether a file that is there may be replaced.
    pub overwrite: bool,
    /// Where missing, the day that the window or the project shows.
    pub as_of: Option<Date>,
    /// What was looked at: the pages show the same cycle, grouping and days. Where missing, [`Self::seen`] says what.
    pub view: Option<Box<View>>,
    /// Of a redacted copy.
    pub redacted: Option<Redaction>,
}

impl ExportRequest {
    /// As usual: light pages of the usual size, two pixels a point, of the day and the view that the project opens with.
    pub fn of(what: ExportWhat, format: ExportFormat) -> Self {
        Self {
            format,
            as_pictures: false,
            size: what.usual_size(),
            scale: 2.0,
            theme: PageTheme::Light,
            path: None,
            overwrite: false,
            as_of: None,
            view: None,
            redacted: None,
            what,
        }
    }

    /// The smallest page that anything can be read on, in points. Slides are drawn to scale, and no smaller either.
    pub const LEAST_SIZE: (u32, u32) = (400, 300);

    /// Whether a page has room for what is drawn on it.
    pub fn has_room((width, height): (u32, u32)) -> bool {
        width >= Self::LEAST_SIZE.0 && height >= Self::LEAST_SIZE.1
    }

    /// What the pages show: as in the window; where no window was looked at, as on opening, and of one KPI all days.
    pub fn seen(&self) -> View {
        let is_of_one = matches!(self.what, ExportWhat::Chart(_) | ExportWhat::Kpi(..));
        let range = if is_of_one { TimeRange::All } else { TimeRange::default() };
        self.view.as_deref().cloned().unwrap_or_else(|| View { range, ..View::default() })
    }

    /// Whether the result is one file rather than a folder of them.
    pub fn is_one_file(&self) -> bool {
        // Of the tables of a view, the roadmap has one of goals and one of days, the review its agenda and its log.
        let is_one_table = matches!(self.what, ExportWhat::View(Screen::Board | Screen::Scorecard)) && self.format == ExportFormat::Csv;
        self.format.holds_many() || is_one_table || !matches!(self.what, ExportWhat::All | ExportWhat::View(_) | ExportWhat::Deck)
    }

    /// A file name made of what is drawn: "monthly-active-users.png".
    pub fn suggested_name(&self, project: &Project) -> String {
        let title = match &self.what {
            ExportWhat::Chart(metric) => project.metric(metric).map_or("chart", |m| m.name.as_str()),
            ExportWhat::Kpi(metric, mode) => {
                let name = project.metric(metric).map_or("chart", |m| m.name.as_str());
                return if mode.is_like(KpiMode::Trend) { self.named(name) } else { self.named(&format!("{name} {}", mode.slug())) };
            }
            ExportWhat::Objective(goal) => project.goal(goal).map_or("objective", |g| g.title.as_str()),
            ExportWhat::View(screen) => return self.named(&format!("{} {}", project.name, screen.word())),
            ExportWhat::All => project.name.as_str(),
            ExportWhat::Deck => return self.named(&format!("{} slides", project.name)),
            ExportWhat::Slide(number) => return self.named(&format!("{} slide {number}", project.name)),
        };
        self.named(title)
    }

    fn named(&self, title: &str) -> String {
        let stem = file_stem(title);
        if self.is_one_file() { format!("{stem}.{}", self.format.extension()) } else { stem }
    }
}

/// Letters and digits joined by hyphens, at most 60 characters; "export" where nothing remains.
pub fn file_stem(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let stem: String = words.join("-").chars().take(60).collect();
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "export".to_owned() } else { stem.to_owned() }
}
