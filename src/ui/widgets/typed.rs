//! Texts that stand in fields and are not entered yet: told in each frame by whoever shows them, put by with the unsaved changes, and given
//! back to the field of the same id: after a crash, and where the field went with its text in it.

use std::collections::BTreeSet;

use egui::{Context, Id};

use crate::storage::TypedText;

/// What is told and what waits for its field; of one window.
#[derive(Clone, Default)]
struct Texts {
    told: Vec<TypedText>,
    /// What was told in the frame before.
    before: Vec<TypedText>,
    /// Fields of `before` that were shown in this frame: they say themselves what they hold.
    shown: BTreeSet<String>,
    /// Fields whose texts were entered or thrown away in this frame.
    settled: BTreeSet<String>,
    /// Fields whose texts are of no use without what they belong to.
    passing: BTreeSet<String>,
    /// In the order in which they were told.
    waiting: Vec<TypedText>,
    /// How often all that waited was thrown away.
    forgotten: u64,
}

/// A place among the texts that are told in a frame.
#[derive(Clone, Copy, Debug)]
pub struct ToldSoFar(usize);

impl Texts {
    fn take_waiting(&mut self, is_meant: impl Fn(&TypedText) -> bool) -> Option<TypedText> {
        let at = self.waiting.iter().position(is_meant)?;
        Some(self.waiting.remove(at))
    }
}

fn with<R>(ctx: &Context, act: impl FnOnce(&mut Texts) -> R) -> R {
    ctx.data_mut(|data| act(data.get_temp_mut_or_default(Id::NULL.with("texts in fields"))))
}

fn key(field: Id) -> String {
    format!("{:016x}", field.value())
}

fn part_key(whole: Id, part: &str) -> String {
    format!("{:016x} {part}", whole.value())
}

/// A frame begins: nothing is told yet.
pub fn begin_texts(ctx: &Context) {
    with(ctx, |texts| {
        texts.before = std::mem::take(&mut texts.told);
        texts.shown.clear();
        texts.settled.clear();
    });
}

/// All fields of a frame were drawn: a text whose field has gone waits until it is shown again.
pub fn end_texts(ctx: &Context) {
    let put_by = with(ctx, |texts| {
        let Texts { told, before, shown, settled, passing, waiting, forgotten: _ } = texts;
        told.retain(|text| !settled.contains(&text.field));
        let stays = |text: &TypedText| shown.contains(&text.field) || told.iter().any(|told| told.field == text.field);
        let is_over = |text: &TypedText| settled.contains(&text.field) || passing.contains(&text.field) || text.text.trim().is_empty();
        let gone: Vec<_> = before.drain(..).filter(|text| !stays(text) && !is_over(text)).collect();
        passing.retain(|field| told.iter().any(|told| told.field == *field));
        let any = !gone.is_empty();
        waiting.retain(|text| !gone.iter().any(|gone| gone.field == text.field));
        waiting.extend(gone);
        any
    });
    if put_by {
        // What is said of it was drawn already.
        ctx.request_repaint();
    }
}

/// There is a text in a field that is not entered. `name` is what people call it.
pub fn tell_text(ctx: &Context, field: Id, name: &str, text: &str) {
    let focused = ctx.memory(|memory| memory.has_focus(field));
    let told = TypedText { field: key(field), name: name.to_owned(), text: text.to_owned(), focused };
    with(ctx, |texts| texts.told.push(told));
}

/// As [`tell_text`], of the one part of something large that is typed into.
pub fn tell_part(ctx: &Context, whole: Id, part: &str, name: &str, text: &str) {
    let told = TypedText { field: part_key(whole, part), name: name.to_owned(), text: text.to_owned(), focused: true };
    with(ctx, |texts| texts.told.push(told));
}

/// As [`take_text`], with the part that it was typed into.
pub fn take_part(ctx: &Context, whole: Id) -> Option<(String, TypedText)> {
    with(ctx, |texts| {
        let begin = part_key(whole, "");
        let found = texts.take_waiting(|text| text.field.starts_with(&begin))?;
        Some((found.field.strip_prefix(&begin)?.to_owned(), found))
    })
}

/// As [`settle_text`].
pub fn settle_part(ctx: &Context, whole: Id, part: &str) {
    with(ctx, |texts| texts.settled.insert(part_key(whole, part)));
}

/// The field is shown: answers with what was typed into it before a crash, or before it was hidden, once.
pub fn take_text(ctx: &Context, field: Id) -> Option<TypedText> {
    with(ctx, |texts| {
        if texts.before.is_empty() && texts.waiting.is_empty() {
            return None;
        }
        let key = key(field);
        let waited = texts.take_waiting(|text| text.field == key);
        if texts.before.iter().any(|text| text.field == key) {
            texts.shown.insert(key);
        }
        waited
    })
}

/// What stands in the field was entered or thrown away: with the field, its text may go.
pub fn settle_text(ctx: &Context, field: Id) {
    with(ctx, |texts| texts.settled.insert(key(field)));
}

/// How much was told in this frame so far.
pub fn told_so_far(ctx: &Context) -> ToldSoFar {
    with(ctx, |texts| ToldSoFar(texts.told.len()))
}

/// What was told from there on was entered or thrown away.
pub fn settle_told(ctx: &Context, from: ToldSoFar) {
    with(ctx, |texts| texts.settled.extend(texts.told.iter().skip(from.0).map(|text| text.field.clone())));
}

/// What was told from there on goes with its fields.
pub fn let_told_pass(ctx: &Context, from: ToldSoFar) {
    with(ctx, |texts| texts.passing.extend(texts.told.iter().skip(from.0).map(|text| text.field.clone())));
}

/// Changes each time that all texts that waited for their fields were thrown away, or others took their place.
pub fn texts_forgotten(ctx: &Context) -> u64 {
    with(ctx, |texts| texts.forgotten)
}

/// Whether the field had the keyboard when it was shown last, and waits for its text.
pub fn text_had_focus(ctx: &Context, field: Id) -> bool {
    with(ctx, |texts| !texts.waiting.is_empty() && texts.waiting.iter().any(|text| text.focused && text.field == key(field)))
}

/// Texts from before a crash wait for their fields, in the place of those before; what waited or was told until now is no more.
pub fn restore_texts(ctx: &Context, restored: Vec<TypedText>) {
    with(ctx, |texts| {
        *texts = Texts { waiting: restored, forgotten: texts.forgotten + 1, ..Texts::default() };
    });
}

/// What only waits is not wanted any more.
pub fn forget_waiting_texts(ctx: &Context) {
    with(ctx, |texts| {
        texts.waiting.clear();
        texts.forgotten += 1;
    });
}

/// What is told in this frame and what still waits.
pub fn all_texts(ctx: &Context) -> Vec<TypedText> {
    with(ctx, |texts| texts.told.iter().chain(&texts.waiting).cloned().collect())
}

/// What still waits: its fields were not shown.
pub fn waiting_texts(ctx: &Context) -> Vec<TypedText> {
    with(ctx, |texts| texts.waiting.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Id {
        Id::unique(name)
    }

    /// One frame in which these fields hold something.
    fn frame(ctx: &Context, fields: &[(&str, &str)], act: impl FnOnce(&Context)) -> Vec<String> {
        begin_texts(ctx);
        for (name, text) in fields {
            take_text(ctx, id(name));
            if !text.is_empty() {
                tell_text(ctx, id(name), name, text);
            }
        }
        act(ctx);
        end_texts(ctx);
        waiting_texts(ctx).into_iter().map(|text| format!("{} {}", text.name, text.text)).collect()
    }

    #[test]
    fn a_text_waits_once_its_field_has_gone_with_it() {
        let ctx = Context::default();
        let nothing: [&str; 0] = [];
        assert_eq!(frame(&ctx, &[("a", "typed"), ("b", "too")], |_| {}), nothing);
        assert_eq!(frame(&ctx, &[("a", "typed"), ("b", "")], |_| {}), nothing, "b was entered, or emptied");
        assert_eq!(frame(&ctx, &[], |_| {}), ["a typed"]);
        assert_eq!(frame(&ctx, &[], |_| {}), ["a typed"]);
        begin_texts(&ctx);
        assert_eq!(take_text(&ctx, id("a")).map(|text| text.text).as_deref(), Some("typed"));
        end_texts(&ctx);
        assert_eq!(waiting_texts(&ctx), []);
    }

    #[test]
    fn what_was_entered_or_thrown_away_with_its_field_does_not_wait() {
        let ctx = Context::default();
        frame(&ctx, &[("a", "typed"), ("b", "too")], |ctx| settle_text(ctx, id("a")));
        assert_eq!(frame(&ctx, &[], |_| {}), ["b too"]);
        forget_waiting_texts(&ctx);
        begin_texts(&ctx);
        let from = told_so_far(&ctx);
        tell_text(&ctx, id("c"), "c", "typed");
        settle_told(&ctx, from);
        end_texts(&ctx);
        assert_eq!(all_texts(&ctx), []);
        frame(&ctx, &[("d", "typed")], |ctx| let_told_pass(ctx, ToldSoFar(0)));
        assert_eq!(all_texts(&ctx).len(), 1, "it is kept while it is there");
        assert_eq!(frame(&ctx, &[], |_| {}).len(), 0);
        frame(&ctx, &[("e", " ")], |_| {});
        assert_eq!(frame(&ctx, &[], |_| {}).len(), 0, "nothing was typed");
    }
}
