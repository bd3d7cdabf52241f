"""Writes the workbook of `other_writers.rs` with openpyxl, in the systems of 1900 and 1904, into the folder that is named.

With `tests/data/workbooks` as the folder it renews the files that are kept there; those of LibreOffice are these, saved by it:
`soffice --headless --convert-to xlsx --outdir tests/data/workbooks FILE`, renamed.
"""

import sys
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

ROWS = [
    (datetime(2024, 2, 29), 10.5, 0.07, "=B2*2", True, "#N/A", "first"),
    (datetime(2026, 3, 1), 11.25, 0.45, "=B3*2", False, 3, None),
    (datetime(2026, 4, 30), 12, 0.465, "=B4*2", True, 4, "müde & “heiter”"),
]
DATE_FORMATS = ["yyyy-mm-dd", "[$-407]d. mmmm yyyy;@", "dd/mm/yy"]


def write(path, epoch, iso_dates=False):
    book = Workbook()
    book.epoch = epoch
    book.iso_dates = iso_dates
    book.active.title = "Cover"
    book.active["C4"] = "Made by hand"
    sheet = book.create_sheet("Figures")
    sheet.append(["Date", "Visitors", "Share", "Twice", "Flag", "Gap", "Remark"])
    for index, (row, form) in enumerate(zip(ROWS, DATE_FORMATS), start=2):
        sheet.append(row)
        sheet.cell(index, 1).number_format = form
        sheet.cell(index, 3).number_format = "0.0%"
    sheet["F2"].data_type = "e"
    book.save(path)


folder = Path(sys.argv[1])
write(folder / "openpyxl-1900.xlsx", CALENDAR_WINDOWS_1900)
write(folder / "openpyxl-1904.xlsx", CALENDAR_MAC_1904)
write(folder / "openpyxl-iso.xlsx", CALENDAR_WINDOWS_1900, iso_dates=True)
