#!/usr/bin/env python3
"""Makes the small faces that go into an HTML file: WOFF2 subsets of the bundled faces.

Text faces keep Latin letters, punctuation, currencies, arrows and the signs of mathematics, with the features that a browser applies
unasked, so that lines are as wide as they were laid out. What they lack falls to the fonts of the reader's machine. Of the icons those are
kept that src/ui/icons.rs names. Run it in this folder after a change of a face or an icon; it rewrites web/*.woff2:

    pip install fonttools brotli
    python3 make_web.py
"""

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
ICONS = HERE.parent.parent / "src" / "ui" / "icons.rs"
TEXT_FACES = ["Inter-Regular", "Inter-Medium", "Inter-SemiBold", "InterNumbers-Regular", "InterNumbers-SemiBold"]
ICON_FACE = "Lucide"
# Latin with the letters of Europe, combining marks, punctuation, currencies, arrows, the signs that texts of the program use.
RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x2C6, 0x2DD), (0x300, 0x30C), (0x326, 0x328), (0x394, 0x394)]
RANGES += [(0x3A9, 0x3A9), (0x3BC, 0x3BC), (0x2000, 0x203F), (0x2070, 0x2089), (0x20A0, 0x20BF), (0x2116, 0x2122), (0x2190, 0x2199)]
RANGES += [(0x2202, 0x2202), (0x2206, 0x2206), (0x2211, 0x221E), (0x2248, 0x2248), (0x2260, 0x2265), (0x25A0, 0x25CF), (0x2713, 0x2717)]
RANGES += [(0xFFFD, 0xFFFD)]
FEATURES = ["calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rlig"]


def write(name: str, suffix: str, unicodes: set[int]) -> None:
    options = subset.Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True, hinting=False, desubroutinize=True)
    # The same input gives the same bytes.
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    font = TTFont(HERE / f"{name}.{suffix}", recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    subset.save_font(font, HERE / "web" / f"{name}.woff2", options)


def main() -> int:
    latin = {character for first, last in RANGES for character in range(first, last + 1)}
    for name in TEXT_FACES:
        write(name, "otf", latin)
    named = {int(code, 16) for code in re.findall(r"\\u\{(e[0-9a-f]{3})\}", ICONS.read_text(encoding="utf-8"))}
    write(ICON_FACE, "ttf", named)
    # A test compares this list with the icons.
    (HERE / "web" / f"{ICON_FACE}.txt").write_text("".join(f"{code:x}\n" for code in sorted(named)), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
