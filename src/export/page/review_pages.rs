use super::Source;
use super::frame::content_area;
use super::plan::ViewPage;
use crate::ui::views::{review_part_ui, review_parts};

/// The pages of the review: its agenda with every sentence, then what meetings left.
pub(super) fn pages<'a>(source: &'a Source<'_>) -> Vec<ViewPage<'a>> {
    let room = content_area(source.scene.theme, source.size).size();
    let page = |part: crate::ui::views::ReviewPart| ViewPage {
        title: part.title(),
        description: part.description(),
        draw: Box::new(move |ui, source, _| review_part_ui(ui, &source.scene, &part)),
    };
    review_parts(&source.scene, room).into_iter().map(page).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::export::page::{PageStyle, pages};
    use crate::export::{raster, unwatched};
    use crate::model::{Date, MeetingEntry, MeetingEntryId, MeetingEntryKind, Project};
    use crate::storage;
    use crate::workspace::{ExportWhat, Screen, View};

    fn printed(project: &Project) -> Vec<crate::export::SvgPage> {
        let as_of: Date = project.settings.as_of.unwrap();
        pages(project, &ExportWhat::View(Screen::Review), PageStyle::default(), as_of, &View::default(), &mut unwatched).unwrap()
    }

    #[test]
    fn the_review_of_the_sample_on_paper() {
        let mut text = String::new();
        for page in printed(&storage::sample()) {
            let description = page.svg.split("<desc id=\"desc\">").nth(1).and_then(|rest| rest.split("</desc>").next()).unwrap();
            writeln!(text, "# {}\n{}", page.title, description.replace(". ", ".\n")).unwrap();
        }
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_long_log_goes_on_on_the_next_page_and_nothing_leaves_the_paper() {
        let mut project = storage::sample();
        for number in 0..40_u64 {
            let id = MeetingEntryId::from_random(number);
            let entry = MeetingEntry {
                id: id.clone(),
                date: "2026-11-20".parse().unwrap(),
                kind: MeetingEntryKind::ALL[number as usize % 3],
                text: format!("Entry {number} {}", "with a long text that breaks into lines ".repeat(6)),
                owner: "Somebody".to_owned(),
                due: None,
                done_on: None,
                outcome: "Something came of it".to_owned(),
                goal: None,
                metric: None,
            };
            project.meeting_log.insert(id, entry);
        }
        let printed = printed(&project);
        let text: String = printed.iter().map(|page| page.svg.as_str()).collect();
        for number in 0..40 {
            assert!(text.contains(&format!("Entry {number} ")), "entry {number} is on no page");
        }
        assert!(printed.iter().any(|page| page.title.ends_with("(continued)")));
        for page in &printed {
            let drawn = raster::tree(page).unwrap().root().abs_bounding_box();
            assert!(drawn.left() >= 0.0 && drawn.right() <= 1200.0 && drawn.bottom() <= 675.0, "{}: {drawn:?}", page.title);
        }
    }
}
