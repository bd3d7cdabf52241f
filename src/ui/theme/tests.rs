use egui::Color32;

use super::*;

fn luminance(colour: Color32) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
}

/// WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances.
fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn assert_contrast(theme: &Theme, name: &str, colour: Color32, backgrounds: &[(&str, Color32)], least: f64) {
    for (background, behind) in backgrounds {
        let ratio = contrast(colour, *behind);
        assert!(ratio >= least, "{:?}: {name} on {background} is {ratio:.2}:1, below {least}:1", theme.mode);
    }
}

fn backgrounds(theme: &Theme) -> [(&'static str, Color32); 5] {
    let Backgrounds { window, panel, surface, hover, selected } = theme.bg;
    [("window", window), ("panel", panel), ("surface", surface), ("hover", hover), ("selected", selected)]
}

#[test]
fn contrast_is_that_of_wcag() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    // #777777 on white, a published example: 4.48:1.
    assert!((contrast(Color32::from_gray(0x77), Color32::WHITE) - 4.48).abs() < 0.005);
}

#[test]
fn text_can_be_read_on_every_background() {
    for theme in [Theme::light(), Theme::dark()] {
        let behind = backgrounds(&theme);
        // The disabled colour is exempt, as in WCAG: nothing can be done with what wears it.
        for (name, colour) in [("strong", theme.text.strong), ("default", theme.text.default), ("muted", theme.text.muted)] {
            assert_contrast(&theme, name, colour, &behind, 4.5);
        }
        for (name, colour) in [("accent", theme.accent.accent), ("accent under the pointer", theme.accent.hover), ("error", theme.error())]
        {
            assert_contrast(&theme, name, colour, &behind, 4.5);
        }
        for status in Status::ALL {
            let StatusColours { text, tint, .. } = theme.status(status);
            assert_contrast(&theme, status.word(), text, &behind, 4.5);
            if let Some(tint) = tint {
                assert_contrast(&theme, status.word(), text, &[("its tint", tint)], 4.5);
            }
        }
        let fills = [("the fill", theme.accent.fill), ("the fill under the pointer", theme.accent.fill_hover)];
        assert_contrast(&theme, "text on accent", theme.text.on_accent, &fills, 4.5);
        for index in 0..8 {
            assert_contrast(&theme, &format!("series {index}"), theme.cat(index), &[("surface", theme.bg.surface)], 4.5);
        }
    }
}

#[test]
fn marks_stand_out_from_what_is_behind_them() {
    for theme in [Theme::light(), Theme::dark()] {
        let behind = backgrounds(&theme);
        for status in Status::ALL {
            assert_contrast(&theme, status.word(), theme.status(status).mark, &behind, 3.0);
        }
        let surfaces = [("window", theme.bg.window), ("panel", theme.bg.panel), ("surface", theme.bg.surface)];
        for (name, colour) in [("control", theme.line.control), ("axis", theme.line.axis)] {
            assert_contrast(&theme, name, colour, &surfaces, 3.0);
        }
        let surface = [("surface", theme.bg.surface)];
        let Xmr { improve, concern, common } = theme.xmr;
        for (name, colour) in
            [("improve", improve), ("concern", concern), ("common", common), ("context series", theme.line.context_series)]
        {
            assert_contrast(&theme, name, colour, &surface, 3.0);
        }
        for band in theme.bullet {
            assert_contrast(&theme, "the bar", theme.text.strong, &[("a band", band)], 3.0);
        }
    }
}

#[test]
fn no_grey_of_egui_is_left_in_widgets() {
    for theme in [Theme::light(), Theme::dark()] {
        let ours = theme.style().visuals;
        let stock = if theme.is_dark() { egui::Visuals::dark() } else { egui::Visuals::light() };
        let states = |v: &egui::Visuals| {
            let w = &v.widgets;
            [w.noninteractive, w.inactive, w.hovered, w.active, w.open].map(|s| [s.bg_stroke.color, s.fg_stroke.color])
        };
        for (ours, stock) in states(&ours).into_iter().zip(states(&stock)) {
            assert_ne!(ours, stock);
        }
        assert!(!ours.text_cursor.blink, "a blinking cursor repaints an idle window");
        assert_ne!(ours.selection.bg_fill, stock.selection.bg_fill);
        assert_ne!(ours.window_fill, stock.window_fill);
    }
}

#[test]
fn the_installed_look_is_the_theme_that_was_asked_for() {
    let ctx = egui::Context::default();
    for theme in [Theme::light(), Theme::dark()] {
        theme.install(&ctx);
        ctx.run_ui(egui::RawInput::default(), |ui| {
            assert_eq!(ui.visuals().dark_mode, theme.is_dark());
            assert_eq!(ui.visuals().panel_fill, theme.bg.panel);
        })
        .drop_without_applying_deltas();
    }
}

#[test]
fn type_grows_with_the_distance_of_the_reader() {
    let [screen, page, slide] = [Scale::Screen, Scale::Page, Scale::Slide].map(|scale| Theme::light().scaled(scale));
    for text in TextSize::ALL {
        let [a, b, c] = [&screen, &page, &slide].map(|theme| theme.type_of(text));
        assert!(a.size < b.size && b.size < c.size, "{text:?}");
        for each in [a, b, c] {
            assert!(each.line_height > each.size, "{text:?}");
        }
    }
    assert_eq!(page.stroke(stroke::SERIES, page.cat(0)).width, 3.0);
    assert_eq!(slide.stroke(stroke::SERIES, slide.cat(0)).width, 4.0);
}

#[test]
fn colours_are_written_down_in_the_tokens_only() {
    let literals = ["Color32::from_", "Color32::WHITE", "Color32::BLACK", "Color32::RED", "Color32::GRAY", "hex_color!"];
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.ends_with("theme/tokens.rs") || path.ends_with("tests.rs") {
                continue;
            }
            seen += 1;
            let source = std::fs::read_to_string(&path).unwrap();
            let shown = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for literal in literals {
                assert!(!shown.contains(literal), "{} has a colour of its own: {literal}", path.display());
            }
        }
    }
    assert!(seen > 15, "the sources are not where this test looks");
}
