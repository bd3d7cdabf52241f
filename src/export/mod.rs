//! Pages of views to SVG, PNG and PDF.
