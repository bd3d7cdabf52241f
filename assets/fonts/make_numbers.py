#!/usr/bin/env python3
"""Makes the faces for numbers: Inter with its equal-width digits (`tnum`) frozen in.

epaint has no switch for OpenType features, so figures in tables, axes and cards need a face of their own.
Run it in this folder after a change of Inter; it rewrites InterNumbers-*.otf beside it:

    pip install opentype-feature-freezer
    python3 make_numbers.py
"""

import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FAMILY = "Inter Numbers"
FACES = {"Regular": "Regular", "SemiBold": "Semi Bold"}


def rename(path: Path, source: Path, file_style: str, style: str) -> None:
    """A family name of its own, or fontdb could not tell it from Inter."""
    # The same input gives the same bytes: the date is that of the source.
    font = TTFont(path, recalcTimestamp=False)
    font["head"].modified = TTFont(source)["head"].modified
    postscript = f"InterNumbers-{file_style}"
    # 1 and 2: family and style as old programs know them; 16 and 17: as new ones do; 3, 4 and 6: unique, full and PostScript name.
    regular = style == "Regular"
    names = {
        1: FAMILY if regular else f"{FAMILY} {style}",
        2: "Regular",
        3: postscript,
        4: f"{FAMILY} {style}",
        6: postscript,
    }
    if not regular:
        names |= {16: FAMILY, 17: style}
    table = font["name"]
    for record in list(table.names):
        if record.nameID in (16, 17) and record.nameID not in names:
            table.removeNames(nameID=record.nameID)
        elif record.nameID in names:
            record.string = names[record.nameID]
    cff = font["CFF "].cff
    cff.fontNames[0] = postscript
    cff.topDictIndex[0].FullName = names[4]
    cff.topDictIndex[0].FamilyName = FAMILY
    font.save(path)


def main() -> int:
    for file_style, style in FACES.items():
        source = HERE / f"Inter-{file_style}.otf"
        made = HERE / f"InterNumbers-{file_style}.otf"
        subprocess.run(["pyftfeatfreeze", "--features", "tnum", source, made], check=True)
        rename(made, source, file_style, style)
    return 0


if __name__ == "__main__":
    sys.exit(main())
