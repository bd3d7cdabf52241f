//! Texts that stand in fields and are not entered yet: told in each frame by whoever shows them, put by with the unsaved changes, and given
//! back after a crash to the field of the same id.

use std::collections::BTreeMap;

use egui::{Context, Id};

use crate::storage::TypedText;

/// What is told and what waits for its field; of one window.
#[derive(Clone, Default)]
struct Texts {
    told: Vec<TypedText>,
    waiting: BTreeMap<String, TypedText>,
}

fn with<R>(ctx: &Context, act: impl FnOnce(&mut Texts) -> R) -> R {
    ctx.data_mut(|data| act(data.get_temp_mut_or_default(Id::NULL.with("texts in fields"))))
}

fn key(field: Id) -> String {
    format!("{:016x}", field.value())
}

/// A frame begins: nothing is told yet.
pub fn begin_texts(ctx: &Context) {
    with(ctx, |texts| texts.told.clear());
}

/// There is a text in a field that is not entered. `name` is what people call it.
pub fn tell_text(ctx: &Context, field: Id, name: &str, text: &str) {
    let focused = ctx.memory(|memory| memory.has_focus(field));
    let told = TypedText { field: key(field), name: name.to_owned(), text: text.to_owned(), focused };
    with(ctx, |texts| texts.told.push(told));
}

/// What was typed into a field before a crash, once.
pub fn take_text(ctx: &Context, field: Id) -> Option<TypedText> {
    with(ctx, |texts| if texts.waiting.is_empty() { None } else { texts.waiting.remove(&key(field)) })
}

/// Whether the field had the keyboard before a crash, and waits for its text.
pub fn text_had_focus(ctx: &Context, field: Id) -> bool {
    with(ctx, |texts| !texts.waiting.is_empty() && texts.waiting.get(&key(field)).is_some_and(|text| text.focused))
}

/// Texts from before a crash wait for their fields, in the place of those before.
pub fn restore_texts(ctx: &Context, restored: Vec<TypedText>) {
    with(ctx, |texts| texts.waiting = restored.into_iter().map(|text| (text.field.clone(), text)).collect());
}

/// What is told in this frame and what still waits.
pub fn all_texts(ctx: &Context) -> Vec<TypedText> {
    with(ctx, |texts| texts.told.iter().chain(texts.waiting.values()).cloned().collect())
}

/// What still waits: its fields were not shown.
pub fn waiting_texts(ctx: &Context) -> Vec<TypedText> {
    with(ctx, |texts| texts.waiting.values().cloned().collect())
}
