//! What a chart shows, free of egui.
