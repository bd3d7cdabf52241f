//! Small things every view is made of: glyphs, pills, bars, buttons, fields. They take plain values, draw, and answer with a
//! [`egui::Response`]; none knows a project or changes one.
