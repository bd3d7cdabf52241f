//! The rules of ECMA-376 that a program checks before it opens a file, and what the slides say.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::chart::{LineId, fixture};
use crate::export::render;
use crate::model::{Date, Project, SlideEdit, SlideSubject};
use crate::storage;
use crate::workspace::{ChartOf, ExportFormat, ExportRequest, ExportWhat, KpiMode, Memos, PageTheme, Screen};

type Parts = BTreeMap<String, Vec<u8>>;

/// Whether the name of a part has this ending.
fn ends(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found == ending)
}

fn request(what: ExportWhat) -> ExportRequest {
    ExportRequest { size: (1200, 675), scale: 0.25, ..ExportRequest::of(what, ExportFormat::Pptx) }
}

fn today() -> Date {
    fixture::date("2030-01-01")
}

fn file(project: &Project, request: &ExportRequest) -> Vec<u8> {
    let files = render(project, request, today()).unwrap();
    let [file] = &files[..] else { panic!("one file") };
    file.bytes.clone()
}

fn unpacked(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(parts.insert(name.clone(), bytes).is_none(), "{name} is there twice");
    }
    parts
}

fn made(project: &Project, request: &ExportRequest) -> Parts {
    unpacked(&file(project, request))
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start.try_get_attribute(name).unwrap().map(|a| quick_xml::escape::unescape(a.value.as_ref()).unwrap().into_owned())
}

/// Every element of a part with its attributes, and every text.
fn walk(xml: &[u8], mut element: impl FnMut(&BytesStart<'_>), mut text: impl FnMut(&str)) {
    let xml = std::str::from_utf8(xml).unwrap();
    assert!(!xml.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "a control character");
    let mut reader = Reader::from_str(xml);
    let mut said = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                said.clear();
                element(&start);
            }
            Event::Empty(start) => element(&start),
            Event::Text(words) => said.push_str(&words.xml10_content()),
            Event::GeneralRef(name) => said.push_str(&quick_xml::escape::unescape(&format!("&{};", name.xml10_content())).unwrap()),
            Event::End(_) => {
                if !said.is_empty() {
                    text(&said);
                }
                said.clear();
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

fn elements(xml: &[u8], name: &str, attributes: &[&str]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let take = |start: &BytesStart<'_>| {
        if start.name().as_ref() == name {
            found.push(attributes.iter().map(|a| attribute(start, a).unwrap_or_default()).collect());
        }
    };
    walk(xml, take, |_| {});
    found
}

fn texts(xml: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    walk(xml, |_| {}, |text| found.push(text.to_owned()));
    found
}

fn words_of(parts: &Parts, part: &str) -> String {
    texts(&parts[part]).join("\n")
}

/// The parts that a part points to, by the ids of its relationships.
fn targets(parts: &Parts, of: &str) -> BTreeMap<String, String> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let list = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(xml) = parts.get(&list) else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for pointed in elements(xml, "Relationship", &["Id", "Target"]) {
        let [id, target] = <[String; 2]>::try_from(pointed).unwrap();
        let mut path: Vec<&str> = if folder.is_empty() { Vec::new() } else { folder.split('/').collect() };
        for step in target.split('/') {
            if step == ".." {
                path.truncate(path.len() - 1);
            } else {
                path.push(step);
            }
        }
        assert!(found.insert(id.clone(), path.join("/")).is_none(), "{list} says {id} twice");
    }
    found
}

fn sound(parts: &Parts) {
    let types = &parts["[Content_Types].xml"];
    let endings: BTreeSet<String> = elements(types, "Default", &["Extension"]).into_iter().flatten().collect();
    let names: Vec<String> = elements(types, "Override", &["PartName"]).into_iter().flatten().collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a part has two content types");
    for name in &names {
        assert!(parts.contains_key(name.trim_start_matches('/')), "{name} has a content type and is not there");
    }
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut waiting = vec![String::new()];
    while let Some(part) = waiting.pop() {
        for target in targets(parts, &part).into_values() {
            assert!(parts.contains_key(&target), "{part} points to {target}, which is not there");
            if reached.insert(target.clone()) {
                waiting.push(target);
            }
        }
    }
    for (name, bytes) in parts.iter().filter(|(name, _)| *name != "[Content_Types].xml" && !ends(name, "rels")) {
        assert!(reached.contains(name), "nothing points to {name}");
        let ending = name.rsplit_once('.').unwrap().1;
        let known = names.iter().any(|n| n.trim_start_matches('/') == name) || (ending != "xml" && endings.contains(ending));
        assert!(known, "{name} has no content type");
        if ending != "xml" {
            continue;
        }
        // What a part points to by an id is in its list, and all of the list is used, but for what a kind alone finds.
        let listed = targets(parts, name);
        let mut used = BTreeSet::new();
        let ids = |start: &BytesStart<'_>| {
            used.extend(["r:id", "r:embed"].into_iter().filter_map(|a| attribute(start, a)));
        };
        walk(bytes, ids, |_| {});
        for id in &used {
            assert!(listed.contains_key(id), "{name} uses {id}, which it does not list");
        }
        for (id, target) in &listed {
            let found_by_kind =
                ["slideLayout", "slideMaster", "theme", "notes", "Props", "tableStyles", "slides/"].iter().any(|k| target.contains(k));
            assert!(used.contains(id) || found_by_kind, "{name} lists {target} and does not use it");
        }
        let shapes: Vec<String> = elements(bytes, "p:cNvPr", &["id"]).into_iter().flatten().collect();
        assert_eq!(shapes.iter().collect::<BTreeSet<_>>().len(), shapes.len(), "{name} has two shapes of one id");
    }
}

fn slides(parts: &Parts) -> Vec<String> {
    let count = parts.keys().filter(|name| name.starts_with("ppt/slides/slide")).count();
    (1..=count).map(|number| format!("ppt/slides/slide{number}.xml")).collect()
}

#[test]
fn a_deck_keeps_the_rules_of_packages_in_both_themes_and_every_form() {
    let project = storage::sample();
    let deck = request(ExportWhat::Deck);
    let light = made(&project, &deck);
    sound(&light);
    sound(&made(&project, &ExportRequest { theme: PageTheme::Dark, ..deck }));
    for what in [
        ExportWhat::View(Screen::Scorecard),
        ExportWhat::View(Screen::Roadmap),
        ExportWhat::Kpi(fixture::metric_id("m-mau"), KpiMode::Table),
        ExportWhat::Slide(3),
    ] {
        sound(&made(&project, &request(what)));
    }
}

#[test]
fn slides_say_what_the_deck_says_and_keep_notes_for_the_presenter() {
    let mut project = storage::sample();
    project.deck.slides.push(SlideEdit {
        subject: SlideSubject::Summary,
        hidden: false,
        title: Some("Where we stand".to_owned()),
        note: "First the good news.\nThen the rest.".to_owned(),
        order: None,
        mode: None,
        range: None,
    });
    project.deck.slides.sort_by(|a, b| a.subject.cmp(&b.subject));
    let parts = made(&project, &request(ExportWhat::Deck));
    let titles: Vec<String> = slides(&parts).iter().map(|s| elements(&parts[s], "p:cSld", &["name"]).remove(0).remove(0)).collect();
    let summary = titles.iter().position(|t| t == "Where we stand").unwrap() + 1;
    let words = words_of(&parts, &format!("ppt/slides/slide{summary}.xml"));
    assert!(words.contains("Become the daily habit") && words.contains("Behind") && words.contains("Change"), "{words}");
    assert!(!words.contains("Likely"), "no objective has a likelihood: {words}");
    let kpi = titles.iter().position(|t| t.starts_with("MAU is growing")).unwrap() + 1;
    let words = words_of(&parts, &format!("ppt/slides/slide{kpi}.xml"));
    assert!(words.contains("behind pace") && words.contains("unchanged since 7 Nov 2026"), "the facts of the slide: {words}");
    assert!(!words.contains("good news"), "a note is not on the slide");
    assert_eq!(texts(&parts[&format!("ppt/notesSlides/notesSlide{summary}.xml")]), ["First the good news.", "Then the rest."]);
    assert!(words.contains("Fieldnote · data to 21 Nov 2026"), "{words}");
    assert!(words_of(&parts, "docProps/core.xml").contains("2026-11-21T00:00:00Z"));
    assert!(!parts.keys().any(|name| name.starts_with("ppt/media")), "everything can be edited");
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    let project = fixture::project();
    for what in [ExportWhat::Deck, ExportWhat::View(Screen::Map)] {
        let request = request(what);
        assert_eq!(file(&project, &request), file(&project, &request));
    }
}

/// The numbers of a chart part by the ranges that they are said to come from.
fn cached(chart: &[u8]) -> Vec<(String, BTreeMap<usize, String>)> {
    let mut found: Vec<(String, BTreeMap<usize, String>)> = Vec::new();
    let (names, at) = (std::cell::RefCell::new(Vec::<String>::new()), std::cell::Cell::new(0));
    let element = |start: &BytesStart<'_>| {
        names.borrow_mut().push(start.name().as_ref().to_owned());
        if start.name().as_ref() == "c:pt" {
            at.set(attribute(start, "idx").unwrap().parse().unwrap());
        }
    };
    walk(chart, element, |text| match names.borrow().last().map(String::as_str) {
        Some("c:f") => found.push((text.to_owned(), BTreeMap::new())),
        Some("c:v") => drop(found.last_mut().unwrap().1.insert(at.get(), text.to_owned())),
        _ => {}
    });
    found
}

/// The cells of the only sheet of a workbook, strings looked up.
fn cells(workbook: &[u8]) -> BTreeMap<String, String> {
    let parts = unpacked(workbook);
    let shared = parts.get("xl/sharedStrings.xml").map(|xml| texts(xml)).unwrap_or_default();
    let (last, found) = (std::cell::RefCell::new((String::new(), String::new())), std::cell::RefCell::new(BTreeMap::new()));
    let element = |start: &BytesStart<'_>| {
        if start.name().as_ref() == "c" {
            *last.borrow_mut() = (attribute(start, "r").unwrap(), attribute(start, "t").unwrap_or_default());
        }
    };
    walk(&parts["xl/worksheets/sheet1.xml"], element, |text| {
        let (cell, kind) = last.borrow().clone();
        let value = if kind == "s" { shared[text.parse::<usize>().unwrap()].clone() } else { text.to_owned() };
        found.borrow_mut().entry(cell).or_insert(value);
    });
    found.into_inner()
}

#[test]
fn a_chart_and_its_workbook_hold_the_same_numbers() {
    let project = storage::sample();
    let parts = made(&project, &request(ExportWhat::Deck));
    let charts: Vec<&String> = parts.keys().filter(|name| name.starts_with("ppt/charts/chart")).collect();
    assert!(charts.len() >= 8, "{charts:?}");
    for chart in charts {
        let [book] = &targets(&parts, chart).into_values().collect::<Vec<_>>()[..] else { panic!("one workbook") };
        let cells = cells(&parts[book]);
        let ranges = cached(&parts[chart]);
        assert!(ranges.len() > 3);
        for (range, points) in ranges {
            let plain = range.replace('$', "").replace("Data!", "");
            let (from, to) = plain.split_once(':').unwrap_or((&plain, &plain));
            let column: String = from.chars().take_while(char::is_ascii_alphabetic).collect();
            let row = |cell: &str| cell.trim_start_matches(char::is_alphabetic).parse::<usize>().unwrap();
            for index in 0..=row(to) - row(from) {
                let cell = cells.get(&format!("{column}{}", row(from) + index));
                let (a, b) = (points.get(&index), cell);
                let numbers = a.zip(b).and_then(|(a, b)| Some((a.parse::<f64>().ok()?, b.parse::<f64>().ok()?)));
                match numbers {
                    Some((a, b)) => assert_eq!(a, b, "{chart} {range} {index}"),
                    None => assert_eq!(a, b, "{chart} {range} {index}"),
                }
            }
        }
    }
}

#[test]
fn the_series_of_a_trend_are_the_values_of_the_metric() {
    let project = fixture::project();
    let metric = fixture::metric_id("m-mau");
    let parts = made(&project, &request(ExportWhat::Chart(metric.clone())));
    let document = crate::document::Document::new(project.clone());
    let chart = Memos::default().chart(&document, project.as_of(today()), &ChartOf::Metric(metric, None));
    let ranges = cached(&parts["ppt/charts/chart1.xml"]);
    let named = |name: &str| ranges.iter().position(|(_, points)| points.get(&0).is_some_and(|n| n == name)).unwrap();
    let line = chart.lines.iter().find(|l| l.id == LineId::Actual).unwrap();
    let at = named(&line.name);
    let (days, values) = (&ranges[at + 1].1, &ranges[at + 2].1);
    let told: Vec<[f64; 2]> = values.iter().map(|(i, v)| [days[i].parse::<f64>().unwrap() - 25_569.0, v.parse().unwrap()]).collect();
    let known: Vec<[f64; 2]> = line.runs.iter().flat_map(|run| run.iter().copied()).collect();
    assert_eq!(told, known);
    assert!(named("Target") > at && named("Expected") > at);
    let target = &ranges[named("Target") + 2].1;
    assert!(target.values().all(|v| v == "10000000"), "{target:?}");
}

#[test]
fn hostile_words_stay_words() {
    let mut project = fixture::project();
    let hostile = format!("</a:t><script>alert(1)</script>&\"'\u{0}\u{8}\u{1b} =cmd|x🙂 {} end", "very long ".repeat(30));
    let arabic = "عدد المستخدمين";
    project.name.clone_from(&hostile);
    project.deck.title = hostile.clone();
    project.deck.subtitle = arabic.to_owned();
    for goal in project.goals.values_mut() {
        std::sync::Arc::make_mut(goal).title.clone_from(&hostile);
    }
    for metric in project.metrics.values_mut() {
        let metric = std::sync::Arc::make_mut(metric);
        metric.name.clone_from(&hostile);
        metric.unit = crate::model::Unit::Custom("a\"b;[Red]\u{1}".to_owned());
        metric.owner = "日本 <b>".to_owned();
    }
    let parts = made(&project, &request(ExportWhat::Deck));
    sound(&parts);
    let all: String = parts.iter().filter(|(name, _)| ends(name, "xml")).map(|(name, _)| words_of(&parts, name)).collect();
    assert!(all.contains("</a:t><script>alert(1)</script>&\"' =cmd|x🙂 very long"), "the words are whole");
    assert!(all.contains(arabic) && all.contains("日本 <b>"));
    let raw: String = parts.iter().filter(|(name, _)| ends(name, "xml")).map(|(_, b)| String::from_utf8_lossy(b).into_owned()).collect();
    assert!(!raw.contains("<script"));
    let title = String::from_utf8(parts["ppt/slides/slide1.xml"].clone()).unwrap();
    assert!(title.contains("rtl=\"1\"") && title.contains("algn=\"r\""), "Arabic reads from the right");
    for (name, bytes) in parts.iter().filter(|(name, _)| ends(name, "xlsx")) {
        let sheet = unpacked(bytes);
        assert!(elements(&sheet["xl/worksheets/sheet1.xml"], "f", &[]).is_empty(), "{name} has a formula");
    }
}

#[test]
fn as_pictures_every_slide_is_its_page_and_says_what_it_shows() {
    let project = fixture::project();
    let asked = ExportRequest { as_pictures: true, size: (1920, 1080), ..request(ExportWhat::Deck) };
    let parts = made(&project, &asked);
    sound(&parts);
    for slide in slides(&parts) {
        let [called] =
            &elements(&parts[&slide], "p:cNvPr", &["descr"]).into_iter().flatten().filter(|d| !d.is_empty()).collect::<Vec<_>>()[..]
        else {
            panic!("{slide} has one picture");
        };
        assert!(called.len() > 3);
        let shown: Vec<String> = targets(&parts, &slide).into_values().filter(|t| t.contains("media")).collect();
        assert!(shown.iter().any(|t| ends(t, "png")) && shown.iter().any(|t| ends(t, "svg")), "{shown:?}");
        assert_eq!(elements(&parts[&slide], "p:pic", &[]).len(), 1);
    }
    assert!(!parts.keys().any(|name| name.contains("chart")));
}

#[test]
fn a_cancelled_file_is_no_file() {
    let project = fixture::project();
    let asked = ExportRequest { path: Some("never.pptx".into()), ..request(ExportWhat::Deck) };
    let stopped = crate::export::run_watched(&project, &asked, today(), &mut |_| std::ops::ControlFlow::Break(()));
    assert!(matches!(stopped, Err(crate::export::ExportError::Cancelled)));
    assert!(!std::path::Path::new("never.pptx").exists());
}
