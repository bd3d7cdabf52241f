use std::path::PathBuf;

use super::*;
use crate::workspace::jobs::{Clip, Done, Outcome, Picture, RequestId};
use crate::workspace::{CopyAs, ExportFormat, ExportRequest, ExportWhat};

fn request_of(effects: &[Effect]) -> RequestId {
    let found = effects.iter().find_map(|e| match e {
        Effect::Export { request, .. } | Effect::Copy { request, .. } => Some(*request),
        _ => None,
    });
    found.unwrap()
}

fn end(workspace: &mut Workspace, effects: &[Effect], done: Done) -> Vec<Effect> {
    workspace.apply(Action::JobDone(Outcome { request: request_of(effects), done }))
}

fn draft_of(workspace: &mut Workspace, what: ExportWhat) -> ExportRequest {
    workspace.apply(Action::ChooseExport(what));
    workspace.export_draft.clone().unwrap()
}

#[test]
fn the_last_export_is_repeated_to_the_same_place() {
    let mut workspace = workspace();
    assert_eq!(Command::ExportAgain.action(&workspace), Err("Nothing was exported yet"));
    let path = PathBuf::from("out/goals.xlsx");
    let draft = draft_of(&mut workspace, ExportWhat::All);
    let request = ExportRequest { format: ExportFormat::Xlsx, path: Some(path.clone()), ..draft };
    let effects = workspace.apply(Action::Export(request));
    assert!(Command::ExportAgain.is_enabled(&workspace).is_err(), "it has not ended");
    end(&mut workspace, &effects, Done::Exported(vec![path.clone()]));
    let again = Command::ExportAgain.action(&workspace).unwrap();
    let effects = workspace.apply(again);
    let Some(Effect::Export { export, .. }) = effects.iter().find(|e| matches!(e, Effect::Export { .. })) else { panic!("no export") };
    assert_eq!((&export.what, export.format, export.path.as_ref()), (&ExportWhat::All, ExportFormat::Xlsx, Some(&path)));
    assert!(export.overwrite, "the file is its own");
    end(&mut workspace, &effects, Done::Exported(vec![path]));
    workspace.apply(Action::New);
    assert!(Command::ExportAgain.is_enabled(&workspace).is_err(), "another project has exported nothing yet");
}

#[test]
fn a_file_that_is_there_is_asked_about() {
    let mut workspace = workspace();
    let path = PathBuf::from("goals.pdf");
    let draft = draft_of(&mut workspace, ExportWhat::All);
    let effects = workspace.apply(Action::Export(ExportRequest { path: Some(path.clone()), ..draft }));
    end(&mut workspace, &effects, Done::Exists(path));
    let question = workspace.question.clone().unwrap();
    assert_eq!(question.text("Northwind"), "“goals.pdf” is already there. Replace it?");
    let effects = workspace.apply(Action::Confirmed(question, Answer::Overwrite));
    assert!(effects.iter().any(|e| matches!(e, Effect::Export { export, .. } if export.overwrite)));
}

#[test]
fn a_format_is_remembered_where_it_applies_and_slides_have_a_size_of_their_own() {
    let mut workspace = workspace();
    let draft = draft_of(&mut workspace, ExportWhat::View(Screen::Scorecard));
    workspace.apply(Action::Export(ExportRequest { format: ExportFormat::Csv, size: (1200, 1200), ..draft }));
    assert_eq!(draft_of(&mut workspace, ExportWhat::All).format, ExportFormat::Csv);
    assert_eq!(draft_of(&mut workspace, ExportWhat::All).size, (1200, 675), "the size of what is not drawn is nobody's choice");
    let slides = draft_of(&mut workspace, ExportWhat::Deck);
    assert_eq!((slides.format, slides.size), (ExportFormat::Pptx, (1920, 1080)));
    let map = draft_of(&mut workspace, ExportWhat::View(Screen::Map));
    assert_eq!(map.format, ExportFormat::Png);
}

#[test]
fn what_is_shown_is_copied_in_the_background() {
    let mut workspace = workspace();
    workspace.apply(Action::Show(Screen::Scorecard));
    let effects = workspace.apply(Command::CopyPicture.action(&workspace).unwrap());
    let Some(Effect::Copy { export, .. }) = effects.iter().find(|e| matches!(e, Effect::Copy { .. })) else { panic!("nothing is copied") };
    assert_eq!((&export.what, export.format), (&ExportWhat::View(Screen::Scorecard), ExportFormat::Png));
    let picture = Picture { width: 1, height: 1, rgba: [0, 0, 0, 255].as_slice().into() };
    let effects = end(&mut workspace, &effects, Done::Copied { clip: Clip::Picture(picture.clone()), pages: 3 });
    assert!(effects.contains(&Effect::CopyPicture(picture)));
    assert_eq!(texts(&workspace), ["Copied the picture, page 1 of 3"]);
    let effects = workspace.apply(Command::CopyReport.action(&workspace).unwrap());
    let effects = end(&mut workspace, &effects, Done::Copied { clip: Clip::Text("# Northwind".to_owned()), pages: 1 });
    assert!(effects.contains(&Effect::CopyText("# Northwind".to_owned())));
    assert!(matches!(Command::CopySvg.action(&workspace), Ok(Action::Copy(_, CopyAs::Svg))));
}
