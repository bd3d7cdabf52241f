//! What a project can begin with: the library of metrics and the templates of whole projects, both read from `assets/templates`.
//!
//! A template is a skeleton: its dates are told from the day on which it is used, its metrics come from the library, and it holds no
//! points and no start value that nobody could know. Not here: how a project file spells the result (`v1`).

mod instantiate;
mod library;
#[cfg(test)]
mod tests;
mod text;

use std::sync::LazyLock;

use self::library::VERSION;
use self::text::TemplateText;
use crate::model::{Date, Project};

pub use library::{LibraryMetric, library};

/// The names by which a template is asked for, in the order in which they are offered, with their texts.
const FILES: [(&str, &str); 8] = [
    ("saas-growth", include_str!("../../../assets/templates/saas-growth.ron")),
    ("retention-rescue", include_str!("../../../assets/templates/retention-rescue.ron")),
    ("marketplace", include_str!("../../../assets/templates/marketplace.ron")),
    ("mobile-app", include_str!("../../../assets/templates/mobile-app.ron")),
    ("b2b-sales", include_str!("../../../assets/templates/b2b-sales.ron")),
    ("platform-reliability", include_str!("../../../assets/templates/platform-reliability.ron")),
    ("product-launch", include_str!("../../../assets/templates/product-launch.ron")),
    ("blank", include_str!("../../../assets/templates/blank.ron")),
];

/// A template as a list offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// What the command line calls it: "saas-growth".
    pub name: &'static str,
    /// "Mobile app".
    pub title: &'static str,
    /// One sentence on whom it is for.
    pub sentence: &'static str,
}

/// No template has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no template {asked:?}; there are {}", names().collect::<Vec<_>>().join(", "))]
pub struct UnknownTemplate {
    asked: String,
}

static TEXTS: LazyLock<Vec<(&str, TemplateText)>> = LazyLock::new(|| {
    let texts: Vec<(&str, TemplateText)> = FILES.iter().map(|&(name, text)| (name, read(text))).collect();
    debug_assert!(texts.iter().all(|(_, text)| text.version == VERSION));
    texts
});

/// A file of the program.
#[expect(clippy::expect_used, reason = "the texts are part of the program and are read in a test")]
fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    ron::from_str(text).expect("a file of templates reads")
}

/// Every template, in the order in which they are offered.
pub fn list() -> impl ExactSizeIterator<Item = Template> {
    TEXTS.iter().map(|(name, text)| Template { name, title: &text.title, sentence: &text.sentence })
}

/// The names of all templates.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The template of a name.
pub fn find(name: &str) -> Result<Template, UnknownTemplate> {
    list().find(|template| template.name == name).ok_or_else(|| UnknownTemplate { asked: name.to_owned() })
}

/// A new project from a template, as it is on a day. Everything in it gets an id of its own from `ids`, a source of random bits.
pub fn instantiate(name: &str, as_of: Date, ids: &mut dyn FnMut() -> u64, project_name: &str) -> Result<Project, UnknownTemplate> {
    let (_, text) = TEXTS.iter().find(|(known, _)| *known == name).ok_or_else(|| UnknownTemplate { asked: name.to_owned() })?;
    Ok(instantiate::instantiate(text, as_of, ids, project_name))
}
