use std::ops::ControlFlow;
use std::process::Command;
use std::sync::Arc;

use egui::vec2;

use super::{PageStyle, pages};
use crate::chart::fixture;
use crate::export::{ExportError, PdfMeta, pdf, png, render, run, run_watched, unwatched};
use crate::model::{Goal, GoalId, KeyResult, MetricId, Project};
use crate::workspace::{ExportFormat, ExportRequest, ExportWhat, PageTheme, Screen, View};

fn request(what: ExportWhat, format: ExportFormat) -> ExportRequest {
    ExportRequest { size: (1200, 675), ..ExportRequest::of(what, format) }
}

fn chart() -> ExportWhat {
    ExportWhat::Chart(fixture::metric_id("m-mau"))
}

fn objective() -> ExportWhat {
    ExportWhat::Objective(fixture::goal_id("g-habit"))
}

/// The fixture with so many more key results under its objective.
fn with_key_results(more: usize) -> Project {
    let mut project = fixture::project();
    let pattern = project.goal(&fixture::goal_id("g-mau")).unwrap().clone();
    for number in 0..more {
        let id = GoalId::from_random(1000 + number as u64);
        let key_result = KeyResult::new(pattern.as_key_result().unwrap().aim.clone(), None);
        let goal = Goal {
            start: pattern.start,
            due: pattern.due,
            ..Goal::key_result(id.clone(), fixture::goal_id("g-habit"), format!("Key result {number}"), key_result)
        };
        project.goals.insert(id, Arc::new(goal));
    }
    project
}

fn today() -> crate::model::Date {
    fixture::date("2030-01-01")
}

#[test]
fn a_chart_page_says_which_objective_it_supports_in_real_text() {
    let project = fixture::project();
    let files = render(&project, &request(chart(), ExportFormat::Svg), today()).unwrap();
    let [file] = &files[..] else { panic!("one file") };
    let svg = String::from_utf8(file.bytes.clone()).unwrap();
    assert_eq!(file.name, "monthly-active-users.svg");
    assert!(svg.contains("width=\"1200\" height=\"675\""));
    let message = fixture::chart_of(&project, "m-mau").title;
    for words in
        [message.as_str(), "Become the daily habit", "Bring MAU to 10 M by Q4", "Monthly active users", "Fieldnote · as of 21 Nov 2026"]
    {
        assert!(svg.contains(words), "{words} is not in the SVG");
    }
    assert!(!svg.contains("Page 1"), "a single page needs no number");
}

#[test]
fn the_picture_of_a_page_has_as_many_pixels_as_asked_for() {
    let files = render(&fixture::project(), &request(chart(), ExportFormat::Png), today()).unwrap();
    let picture = image::load_from_memory(&files[0].bytes).unwrap().into_rgba8();
    assert_eq!(picture.dimensions(), (2400, 1350));
    let paper = picture.get_pixel(3, 3);
    let inked = picture.pixels().filter(|pixel| *pixel != paper).count();
    assert!((20_000..400_000).contains(&inked), "{inked} pixels drawn");

    let mut huge = request(chart(), ExportFormat::Png);
    huge.scale = 100.0;
    assert!(matches!(render(&fixture::project(), &huge, today()), Err(ExportError::Size { .. })));
}

#[test]
fn the_same_request_gives_the_same_bytes_in_every_format() {
    let project = fixture::project();
    for format in [ExportFormat::Png, ExportFormat::Svg, ExportFormat::Pdf] {
        let mut request = request(ExportWhat::All, format);
        request.scale = 0.5;
        assert_eq!(render(&project, &request, today()).unwrap(), render(&project, &request, today()).unwrap(), "{format:?}");
    }
}

#[test]
fn an_objective_page_has_every_goal_under_it_and_a_chart_for_each() {
    let style = PageStyle::default();
    let printed = pages(&fixture::project(), &objective(), style, fixture::date("2026-11-21"), &View::default(), &mut unwatched).unwrap();
    assert_eq!(printed.len(), 3);
    for words in ["Become the daily habit", "Bring MAU to 10 M by Q4", "Uptime ≥ 99.9 %", "Enter four new markets", "Page 1 of 3"] {
        assert!(printed[0].svg.contains(words), "{words} is not on the first page");
    }
    assert!(printed[1].svg.contains("Page 2 of 3") && printed[1].svg.contains("outcome"));
}

#[test]
fn a_long_objective_goes_on_on_the_next_page_and_nothing_leaves_the_paper() {
    let project = with_key_results(40);
    let printed =
        pages(&project, &objective(), PageStyle::default(), fixture::date("2026-11-21"), &View::default(), &mut unwatched).unwrap();
    let text: String = printed.iter().map(|page| page.svg.as_str()).collect();
    for number in 0..40 {
        assert!(text.contains(&format!("Key result {number}<")), "key result {number} is on no page");
    }
    assert!(printed.len() > 6 && printed[1].svg.contains("(continued)"));
    for page in &printed {
        let tree = crate::export::raster::tree(page).unwrap();
        let drawn = tree.root().abs_bounding_box();
        assert!(drawn.left() >= 0.0 && drawn.right() <= 1200.0 && drawn.bottom() <= 675.0, "{}: {drawn:?}", page.title);
    }
}

/// Lowest point that the content of a page may reach: above its footer.
fn footer_of(size: egui::Vec2) -> f32 {
    let style = PageStyle { size, theme: PageTheme::Light };
    super::frame::content_area(&style.theme(), style.laid_out()).bottom()
}

/// Where the lines of text of a page stand, its footer left out.
fn lowest_words(svg: &str) -> f64 {
    let baseline = |text: &str| text.split("y=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
    let texts = svg.split("<text").skip(1).filter(|text| !text.contains("as of 21 Nov 2026") && !text.contains(">Page "));
    texts.filter_map(baseline).fold(0.0, f64::max)
}

#[test]
fn an_objective_page_says_what_the_window_says_and_stays_above_its_footer() {
    let sample = crate::storage::sample();
    let what = ExportWhat::Objective(GoalId::parse("g-daily-habit").unwrap());
    for size in [vec2(960.0, 540.0), vec2(1200.0, 675.0), vec2(1920.0, 1080.0)] {
        let style = PageStyle { size, theme: PageTheme::Light };
        let printed = pages(&sample, &what, style, fixture::date("2026-11-21"), &View::default(), &mut unwatched).unwrap();
        let text: String = printed.iter().map(|page| page.svg.as_str()).collect();
        let wanted = [
            "Guardrail tripped:",
            "Bring MAU to 10 M by Q4",
            "What moved it",
            "MAU grew by 231 k from Sep 2026 to Oct 2026",
            "What moves before it",
            "Bets",
            "cannot be told from noise",
            "Ship quick capture on mobile",
            "Events",
        ];
        for words in wanted {
            assert!(text.contains(words), "{words:?} is on no page of {size:?}");
        }
        for (number, page) in printed.iter().enumerate() {
            let lowest = lowest_words(&page.svg);
            assert!(lowest > 0.0 && lowest <= f64::from(footer_of(size)), "page {} of {size:?} reaches {lowest}", number + 1);
        }
        let first = &printed[0].description;
        assert!(first.contains("Become the daily habit: Behind."), "{first}");
        let all: String = printed.iter().map(|page| page.description.as_str()).collect();
        assert!(all.contains("MAU grew by 231 k") && all.contains("predicted +400 k"), "{all}");
    }
}

#[test]
fn pages_can_be_small_wide_tall_and_dark() {
    let project = fixture::project();
    for (width, height) in [(300.0, 200.0), (640.0, 400.0), (1920.0, 1080.0), (600.0, 1600.0)] {
        for theme in [PageTheme::Light, PageTheme::Dark] {
            for what in [chart(), objective()] {
                let printed = pages(
                    &project,
                    &what,
                    PageStyle { size: vec2(width, height), theme },
                    fixture::date("2026-11-21"),
                    &View::default(),
                    &mut unwatched,
                )
                .unwrap();
                assert!(printed.iter().all(|page| page.svg.contains("<text")), "{width} × {height}");
                png(&printed[0], 0.25).unwrap();
            }
        }
    }
}

#[test]
fn what_is_not_there_is_named() {
    let project = fixture::project();
    let missing = ExportWhat::Chart(MetricId::parse("m-none").unwrap());
    let error = render(&project, &request(missing, ExportFormat::Svg), today()).unwrap_err();
    assert!(error.to_string().contains("m-none"), "{error}");
    let empty = Project::empty(project.id.clone(), "Empty");
    assert!(matches!(render(&empty, &request(ExportWhat::All, ExportFormat::Pdf), today()), Err(ExportError::Nothing)));
}

#[test]
fn everything_goes_into_a_folder_as_pictures_and_into_one_file_as_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = request(ExportWhat::All, ExportFormat::Svg);
    all.path = Some(folder.path().join("pages"));
    let written = run(&fixture::project(), &all, today()).unwrap();
    let names: Vec<_> = written.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(
        names,
        [
            "01-become-the-daily-habit.svg",
            "02-become-the-daily-habit-charts.svg",
            "03-become-the-daily-habit-charts.svg",
            "04-monthly-active-users.svg",
            "05-uptime.svg"
        ]
    );
    assert!(matches!(run(&fixture::project(), &all, today()), Err(ExportError::Exists(_))), "a second time only when allowed");

    let mut one = request(ExportWhat::All, ExportFormat::Pdf);
    one.path = Some(folder.path().join("all.pdf"));
    assert_eq!(run(&fixture::project(), &one, today()).unwrap(), [folder.path().join("all.pdf")]);
}

#[test]
fn the_text_of_a_pdf_is_whole() {
    let project = fixture::project();
    let files = render(&project, &request(ExportWhat::All, ExportFormat::Pdf), today()).unwrap();
    assert!(files[0].bytes.starts_with(b"%PDF-"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.pdf");
    std::fs::write(&path, &files[0].bytes).unwrap();
    let Ok(output) = Command::new("pdftotext").arg("-enc").arg("UTF-8").arg(&path).arg("-").output() else {
        // Not every machine has poppler; what the SVG says is checked above.
        log::warn!("pdftotext is not installed: the text of the PDF is not checked");
        return;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches('\u{c}').count(), 5, "five pages");
    let message = fixture::chart_of(&project, "m-mau").title;
    let on_one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [message.as_str(), "Become the daily habit", "Bring MAU to 10 M by Q4", "Uptime ≥ 99.9 %", "Fieldnote · as of 21 Nov 2026"]
    {
        assert!(on_one_line.contains(words), "{words} is not in the PDF: {on_one_line}");
    }
}

#[test]
fn a_pdf_names_itself_its_language_and_the_day_of_its_numbers() {
    let printed =
        pages(&fixture::project(), &chart(), PageStyle::default(), fixture::date("2026-11-21"), &View::default(), &mut unwatched).unwrap();
    let meta = PdfMeta {
        title: "Daily habit".to_owned(),
        author: "Growth team".to_owned(),
        language: "en".to_owned(),
        as_of: Some(fixture::date("2026-11-21")),
    };
    let bytes = pdf(&printed, &meta).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        text.contains("Daily habit") && text.contains("Growth team") && text.contains("D:20261121") && text.contains("1200"),
        "{}",
        text.len()
    );
}

#[test]
fn an_export_tells_how_far_it_is_and_stops_when_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = request(ExportWhat::All, ExportFormat::Svg);
    all.path = Some(folder.path().join("pages"));
    let mut shares = Vec::new();
    run_watched(&fixture::project(), &all, today(), &mut |share| {
        shares.push(share);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(shares.is_sorted() && shares.len() == 10 && shares.last() == Some(&1.0), "{shares:?}");

    all.path = Some(folder.path().join("none"));
    let stopped = run_watched(&fixture::project(), &all, today(), &mut |share| {
        if share > 0.5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped, Err(ExportError::Cancelled)));
    assert!(!folder.path().join("none").exists());
}

#[test]
fn the_roadmap_goes_on_on_as_many_pages_as_its_lanes_need() {
    let style = PageStyle::default();
    let print = |project: &Project| {
        let roadmap = ExportWhat::View(crate::workspace::Screen::Roadmap);
        pages(project, &roadmap, style, fixture::date("2026-11-21"), &View::default(), &mut unwatched)
    };
    let one = print(&fixture::project()).unwrap();
    assert_eq!(one.len(), 1);
    for words in ["Become the daily habit", "Bring MAU to 10 M by Q4", "Q4 2026", "As of 21 Nov", "3 goals are due by 31 Dec"] {
        assert!(one[0].svg.contains(words), "{words} is not on the page");
    }
    let many = print(&with_key_results(40)).unwrap();
    let text: String = many.iter().map(|page| page.svg.as_str()).collect();
    for number in 0..40 {
        assert!(text.contains(&format!("Key result {number}<")), "key result {number} is on no page");
    }
    assert!(many.len() > 3 && many[1].svg.contains("(continued)"));
    for page in &many {
        let drawn = crate::export::raster::tree(page).unwrap().root().abs_bounding_box();
        assert!(drawn.left() >= 0.0 && drawn.right() <= 1200.0 && drawn.bottom() <= 675.0, "{}: {drawn:?}", page.title);
    }
    let empty = Project::empty(fixture::project().id, "Empty");
    assert!(matches!(print(&empty), Err(ExportError::Nothing)));
}

#[test]
fn the_map_is_one_page_as_large_as_its_cards_need() {
    let sample = crate::storage::sample();
    let map = ExportWhat::View(crate::workspace::Screen::Map);
    let printed = pages(&sample, &map, PageStyle::default(), fixture::date("2026-11-21"), &View::default(), &mut unwatched).unwrap();
    let [page] = &printed[..] else { panic!("one page, not {}", printed.len()) };
    assert!(page.size.x >= 1200.0 && page.size.y >= 675.0, "{:?}", page.size);
    // A title of two lines is two pieces of text; short ones are whole.
    let whole = sample.goals.values().map(|g| g.title.as_str()).filter(|title| title.len() < 26);
    for words in whole.chain(["Stickiness", "55.8 %", "guardrail, breached", "KPIs without a goal: 2", "Fieldnote · as of 21 Nov 2026"]) {
        assert!(page.svg.contains(&format!(">{words}<")), "{words} is not on the map");
    }
    let drawn = crate::export::raster::tree(page).unwrap().root().abs_bounding_box();
    assert!(drawn.left() >= 0.0 && drawn.right() <= page.size.x && drawn.bottom() <= page.size.y, "{drawn:?} on {:?}", page.size);

    let mut folded = View::default();
    folded.arranged.map.folded = sample.goals.keys().cloned().map(crate::chart::map::CardOf::Goal).collect();
    let printed = pages(&sample, &map, PageStyle::default(), fixture::date("2026-11-21"), &folded, &mut unwatched).unwrap();
    assert!(printed[0].svg.contains(">Be the product people trust<") && !printed[0].svg.contains(">Uptime<"), "folded as seen");
    assert_eq!(printed[0].size, vec2(1200.0, 675.0), "what fits stays on the page that was asked for");
}

#[test]
fn a_map_that_is_too_large_for_a_sheet_goes_on_on_more() {
    let project = with_key_results(400);
    let map = ExportWhat::View(crate::workspace::Screen::Map);
    let printed = pages(&project, &map, PageStyle::default(), fixture::date("2026-11-21"), &View::default(), &mut unwatched).unwrap();
    assert!(printed.len() > 1);
    let text: String = printed.iter().map(|page| page.svg.as_str()).collect();
    for number in 0..400 {
        assert!(text.contains(&format!(">Key result {number}<")), "key result {number} is on no page");
    }
    for page in &printed {
        assert!(page.size.x <= 4_800.0 && page.size.y <= 3_400.0, "{:?}", page.size);
    }
}

/// What a page says, from top to bottom as it is drawn.
fn words_of(svg: &str) -> Vec<&str> {
    svg.split('>').filter_map(|piece| piece.split('<').next()).map(str::trim).filter(|words| !words.is_empty()).collect()
}

#[test]
fn the_board_of_the_sample_on_pages() {
    let (style, as_of) = (PageStyle::default(), fixture::date("2026-11-21"));
    let printed =
        pages(&crate::storage::sample(), &ExportWhat::View(Screen::Board), style, as_of, &View::default(), &mut unwatched).unwrap();
    let text: Vec<String> = printed.iter().map(|page| words_of(&page.svg).join("\n")).collect();
    insta::assert_snapshot!(text.join("\n---\n"));
    for page in &printed {
        let drawn = crate::export::raster::tree(page).unwrap().root().abs_bounding_box();
        assert!(drawn.left() >= 0.0 && drawn.right() <= 1200.0 && drawn.bottom() <= 675.0, "{}: {drawn:?}", page.title);
    }
}

#[test]
fn the_slides_of_the_sample_on_pages() {
    let style = PageStyle { size: vec2(1920.0, 1080.0), theme: PageTheme::Light };
    let as_of = fixture::date("2026-11-21");
    let sample = crate::storage::sample();
    let mut text = Vec::new();
    for number in [1, 3, 4, 5, 15] {
        let printed = pages(&sample, &ExportWhat::Slide(number), style, as_of, &View::default(), &mut unwatched).unwrap();
        let drawn = crate::export::raster::tree(&printed[0]).unwrap().root().abs_bounding_box();
        assert!(drawn.left() >= 0.0 && drawn.right() <= 1920.0 && drawn.bottom() <= 1080.0, "{}: {drawn:?}", printed[0].title);
        text.push(words_of(&printed[0].svg).join("\n"));
    }
    insta::assert_snapshot!(text.join("\n---\n"));
}

#[test]
fn a_long_board_goes_on_and_obeys_how_the_window_has_it() {
    let project = with_key_results(60);
    let (style, as_of) = (PageStyle::default(), fixture::date("2026-11-21"));
    let what = ExportWhat::View(Screen::Board);
    let printed = pages(&project, &what, style, as_of, &View::default(), &mut unwatched).unwrap();
    let text: String = printed.iter().map(|page| page.svg.as_str()).collect();
    for number in 0..60 {
        assert!(text.contains(&format!("Key result {number}<")), "key result {number} is on no page");
    }
    assert!(printed.len() > 3 && printed[1].svg.contains("(continued)"));
    let mut view = View::default();
    view.arranged.board.wanted.text = "uptime".to_owned();
    let filtered = pages(&project, &what, style, as_of, &view, &mut unwatched).unwrap();
    assert!(filtered[0].svg.contains("Uptime ≥ 99.9 %") && !filtered[0].svg.contains("Key result 1<"));
}

#[test]
fn paper_has_its_size_and_what_is_on_it_is_set_smaller_and_stays_on_it() {
    let project = crate::storage::sample();
    let views = [Screen::Board, Screen::Scorecard, Screen::Review].map(ExportWhat::View);
    let whats = [ExportWhat::Objective(GoalId::parse("g-daily-habit").unwrap()), ExportWhat::Slide(3)];
    for (width, height) in [(595.0, 842.0), (792.0, 612.0)] {
        let style = PageStyle { size: vec2(width, height), theme: PageTheme::Light };
        for what in views.iter().chain(&whats) {
            for page in pages(&project, what, style, fixture::date("2026-11-21"), &View::default(), &mut unwatched).unwrap() {
                assert_eq!(page.size, style.size, "{}", page.title);
                assert!(page.svg.contains(&format!(" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} ", width * 1.5)));
                let drawn = crate::export::raster::tree(&page).unwrap().root().abs_bounding_box();
                let fits = drawn.left() >= 0.0 && drawn.right() <= width + 0.01 && drawn.bottom() <= height + 0.01;
                assert!(fits, "{what:?} {}: {drawn:?}", page.title);
            }
        }
    }
}
