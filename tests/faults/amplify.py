#!/usr/bin/env python3
"""The worst files found for each reader: opened within 5 seconds and 1 GiB, or refused with words.

What is opened is also reported on, as text, JSON and Markdown, and compared with a copy, which is a second file of that size. A report
of what is honestly that large (LARGE) takes as long as it takes. The seconds are those of the clock, or of the processor where others keep it busy and they are fewer.

    python3 tests/faults/amplify.py [PATH OF waymark] [--only WORD] [--slack N]

Uses the optimised program where there is one (cargo build --release); the one for debugging is several times slower, so for it
--slack 8 allows eight times the time.
"""

import argparse
import datetime
import itertools
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import zipfile

MOST_SECONDS = 5.0
MOST_BYTES = 1 << 30
MOST_FILE = 64 * 1024 * 1024
LARGE = ("key results of 1,000 metrics, 100,000", "forecasts of 5,000 metrics of 78 months", "metrics of 1,000 days, 1,500")
HEAD = '(format: "waymark", version: 1, id: "p-a", name: "A", '


def goals(count, more="", parent=None):
    for n in range(count):
        above = f'parent: Some("{parent(n)}"), ' if parent and parent(n) else ""
        yield f'(id: "g-{n}", {above}title: "T", kind: Objective(){more}),\n'


def project(path, *lists):
    """Lists of (name, entries), cut where the file would be larger than what is read."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for name, entries in lists:
            file.write(f"{name}: [\n")
            for entry in entries:
                file.write(entry)
                if file.tell() > MOST_FILE - 4_000_000:
                    break
            file.write("],\n")
        file.write(")\n")


METRIC = 'name: "M{n}", unit: "count", direction: Up, cadence: {cadence}, aggregation: Last'


def metric(n, more, cadence="Daily"):
    return f'(id: "m-{n}", {METRIC.format(n=n, cadence=cadence)}, {more}),\n'


def day(n):
    return f"{n // 372 % 9999:04}-{n // 31 % 12 + 1:02}-{min(n % 31 + 1, 28):02}"


def hours(count):
    for n in range(count):
        yield f'("{1000 + n // (24 * 28 * 12):04}-{n // (24 * 28) % 12 + 1:02}-{n // 24 % 28 + 1:02}T{n % 24:02}:00:00",1),'


def project_files(at):
    """Name and how it is written. Each fills what a limit allows."""

    def many(what, name, *lists):
        path = at / f"{name}.waymark.ron"
        project(path, *lists)
        return what, path

    yield many("goals of one line, 100,000", "goals", ("goals", goals(100_000)))
    yield many("goals one below the other, 100,000", "deep", ("goals", goals(100_000, parent=lambda n: f"g-{n - 1}" if n else None)))
    yield many("goals in a circle of 100,000", "circle", ("goals", goals(100_000, parent=lambda n: f"g-{(n + 1) % 100_000}")))
    yield many("goals below one that is not there, 100,000", "orphans", ("goals", goals(100_000, parent=lambda n: "g-none")))
    yield many("goals of one id, 100,000", "twins", ("goals", ('(id: "g-a", title: "T", kind: Objective()),\n' for _ in range(100_000))))
    tags = ", tags: [" + '"",' * 90_000 + "]"
    yield many("empty tags, 20 million", "tags", ("goals", goals(240, tags)))
    words = ["", *map(chr, range(97, 123))]
    synonyms = "synonyms: [" + "".join(f'"{words[n % 27]}",' for n in range(100_000)) + "]"
    yield many("synonyms of a letter, 15 million", "synonyms", ("metrics", (metric(n, synonyms) for n in range(160))))
    different = ", tags: [" + "".join(f'"{n:x}",' for n in range(100_000)) + "]"
    yield many("different tags, 8 million", "labels", ("goals", goals(90, different)))
    steps = ", ".join(['(title: "a")'] * 100_000)
    step_goals = (f'(id: "g-i{n}", parent: Some("g-0"), title: "T", kind: Initiative(steps: [{steps}])),\n' for n in range(42))
    yield many("steps of initiatives, 4 million", "steps", ("goals", itertools.chain(goals(1), step_goals)))
    yield many("objectives with one below each, 50,000", "pairs", ("goals", goals(100_000, parent=lambda n: f"g-{n - 1}" if n % 2 else None)))
    yield many("goals below one, 100,000", "broad", ("goals", goals(100_000, parent=lambda n: "g-0" if n else None)))
    levels = goals(100_000, parent=lambda n: f"g-{n - 1}" if n % 64 else None)
    yield many("goals 64 deep, 100,000", "levels", ("goals", levels))
    owned = (f'(id: "g-{n}", title: "T{n}", owner: "O{n}", tags: ["t{n}"], start: Some("{date(n)}"), due: Some("{date(n + 7)}"), '
             'kind: Objective()),\n' for n in range(100_000))
    yield many("goals with dates and owners, 100,000", "owners", ("goals", owned))
    thresholds = "thresholds: [" + '(label:"",limit:AtLeast(1)),' * 100_000 + "]"
    yield many("thresholds, 2 million", "thresholds", ("metrics", (metric(n, thresholds) for n in range(23))))
    dated = "targets: [" + "".join(f'(from:"{date(n)}",limit:AtLeast(1)),' for n in range(100_000)) + "]"
    yield many("dated targets, 2 million", "targets", ("metrics", (metric(n, dated) for n in range(18))))
    one = "points: [" + "".join(hours(2_300_000)) + "]"
    yield many("points of one metric, 2 million", "points", ("metrics", [metric(0, one, "Hourly")]))
    same = "points: [" + '("2026-01-01",1),' * 3_500_000 + "]"
    yield many("points of one day, 3.5 million", "same-day", ("metrics", [metric(0, same)]))
    back = "points: [" + '("2026-01-02",1),("2026-01-01",1),' * 1_700_000 + "]"
    yield many("points back and forth, 3.4 million", "back", ("metrics", [metric(0, back)]))
    yield many("metrics without points, 100,000", "metrics", ("metrics", (metric(n, "") for n in range(100_000))))
    one_point = 'points: [("2026-01-01", 1)]'

    def computed(text):
        return f'origin: Computed(formula: "{text}")'

    sums = "+".join(["(" + "+".join(["[m-0]"] * 12) + ")"] * 48)
    yield many("formulas of 4,000 characters, 14,000", "formulas",
               ("metrics", (metric(n, computed(sums) if n else one_point) for n in range(14_000))))
    yield many("brackets in formulas, 2,000 deep", "nested",
               ("metrics", (metric(n, computed("(" * 1_990 + "[m-0]" + ")" * 1_990) if n else one_point) for n in range(14_000))))
    chain = (metric(n, computed(f"[m-{n - 1}]+[m-{n - 1}]") if n else one_point) for n in range(100_000))
    yield many("formulas of formulas, 100,000 deep", "chain", ("metrics", chain))
    chains = (metric(n, computed(f"[m-{n - 1}]+[m-{n - 1}]") if n % 64 else one_point) for n in range(100_000))
    yield many("formulas of formulas, 64 deep, 100,000", "chains", ("metrics", chains))
    ring = (metric(n, computed(f"[m-{(n + 1) % 50_000}]")) for n in range(50_000))
    yield many("formulas in a circle of 50,000", "ring", ("metrics", ring))
    parts = (metric(n, 'segment: Some((whole: "m-0", dimension: "d", value: "v"))' if n % 2 else computed("segments([m-0])") if n else one_point)
             for n in range(60_000))
    yield many("sums of 30,000 segments, 30,000", "segments", ("metrics", parts))
    links = (f'(goal: "g-{n % 300}", metric: "m-{n // 300}", role: Driver),\n' for n in range(90_000))
    yield many("links of 300 goals and 300 metrics", "links", ("goals", goals(300)), ("metrics", (metric(n, "") for n in range(300))), ("links", links))
    long = "x" * 99_999
    yield many("texts of 100,000 characters, 600", "texts", ("goals", goals(600, f', description: "{long}"')))
    checks = (f'(id: "k-{n}", goal: "g-0", date: "{day(n)}"),\n' for n in range(100_000))
    yield many("check-ins of one goal, 100,000", "check-ins", ("goals", goals(1)), ("check_ins", checks))

    def raw(what, name, content):
        path = at / f"{name}.waymark.ron"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return what, path

    yield raw("a text of 60 MB", "long-text", HEAD + 'description: "' + "x" * 60_000_000 + '")')
    yield raw("a text of escapes, 60 MB", "escapes", HEAD + 'description: "' + "\\n" * 30_000_000 + '")')
    yield raw("brackets, 60 million", "brackets", HEAD + "goals: " + "[" * 60_000_000)
    yield raw("brackets after the head", "parentheses", "(" * 60_000_000)
    yield raw("comments within comments, 30 million", "comments", "/*" * 30_000_000)
    yield raw("a comment of 60 MB", "comment", HEAD + "/*" + "x" * 60_000_000 + "*/)")
    yield raw("blank lines, 64 million", "lines", HEAD + "\n" * 64_000_000)
    yield raw("conflict markers, 8 million", "conflicts", HEAD + "<<<<<<<\n" * 8_000_000)
    yield raw("unknown fields, 10 million", "unknown", HEAD + "a:1,\n" * 10_000_000)
    yield raw("no UTF-8, 64 MB", "bytes", HEAD.encode() + b"a" * 60_000_000 + b"\xff" * 4_000_000)
    yield raw("a name of 60 MB for a variant", "variant", HEAD + "settings: (stage: Some(" + "A" * 60_000_000 + ")))")
    yield raw("digits, 60 million", "digits", HEAD + "settings: (roll_up_cap: " + "9" * 60_000_000 + "))")
    yield raw("a file of 65 MB", "too-large", "x" * (MOST_FILE + 1))


def key_result(n, metric, aim="Increase(start: 0, target: 1000)", more="", start="2025-01-01", due="2026-12-31"):
    return (f'(id: "g-k{n}", parent: Some("g-0"), title: "T", start: Some("{start}"), due: Some("{due}"), '
            f'kind: KeyResult(metric: Some("m-{metric}"), aim: {aim}{more})),\n')


def months(count, first=2020):
    return "points: [" + "".join(f'("{first + n // 12}-{n % 12 + 1:02}-01",{100 + n * 3 % 17 + n}),' for n in range(count)) + "]"


def days(count):
    """Up to the present."""
    first = datetime.date(2026, 11, 1) - datetime.timedelta(count)
    return "points: [" + "".join(f'("{first + datetime.timedelta(n)}",{n % 7 + n % 11}),' for n in range(count)) + "]"


def recent_hours(count):
    first = datetime.datetime(2026, 11, 1) - datetime.timedelta(hours=count)
    return "points: [" + "".join(f'("{(first + datetime.timedelta(hours=n)).isoformat()}",{n % 7}),' for n in range(count)) + "]"


def multiplying_files(at):
    """Small parts that ask for their product: each of these is a sound project."""

    def many(what, name, *lists):
        path = at / f"{name}.waymark.ron"
        project(path, *lists)
        return what, path

    def measured_by(count, metric, **more):
        return "goals", itertools.chain(goals(1), (key_result(n, metric(n), **more) for n in range(count)))

    def computed(n, text, cadence="Daily"):
        return metric(n, f'origin: Computed(formula: "{text}")', cadence)

    yield many("key results of one metric of 200,000 hours, 20,000", "hours",
               measured_by(20_000, lambda n: 0), ("metrics", [metric(0, recent_hours(200_000), "Hourly")]))
    yield many("key results of one metric of 200,000 days, 20,000", "days",
               measured_by(20_000, lambda n: 0), ("metrics", [metric(0, days(200_000))]))
    yield many("key results to stay, of 100,000 days, 20,000", "stay",
               measured_by(20_000, lambda n: 0, aim="AtLeast(threshold: 3)", start="1500-01-01"), ("metrics", [metric(0, days(100_000))]))
    yield many("key results of 1,000 metrics, 100,000", "key-results",
               measured_by(99_999, lambda n: n % 1_000), ("metrics", [metric(n, months(24, 2024), "Monthly") for n in range(1_000)]))
    yield many("key results with a season of 50,000 days, 4,000", "seasons",
               ("goals", itertools.chain(goals(1), (key_result(n, 0, more=", pace: Seasonal", start=date(365_000 + n)) for n in range(4_000)))),
               ("metrics", [metric(0, days(50_000))]))
    yield many("key results set aside on days of their own, 10,000", "aside",
               ("goals", itertools.chain(goals(1), (key_result(n, 0).replace('"T"', f'"T", state: Abandoned(since: "{date(350_000 + n)}")')
                                                    for n in range(10_000)))),
               ("metrics", [metric(0, days(100_000))]))
    yield many("forecasts of 5,000 metrics of 78 months", "forecasts",
               measured_by(5_000, lambda n: n), ("metrics", [metric(n, months(78), "Monthly") for n in range(5_000)]))
    yield many("metrics of two points, 2,000 years apart, 100", "apart",
               ("goals", goals(1)), ("metrics", [metric(n, 'points: [("0001-01-01",1),("2026-01-31",2)]') for n in range(100)]))
    yield many("growth of growth, 40 deep", "growth",
               measured_by(1, lambda n: 1),
               ("metrics", [metric(0, months(60), "Monthly"), computed(1, "growth(" * 40 + "[m-0]" + ")" * 40, "Monthly")]))
    pairs = (computed(n, f"[m-{n // 2 * 2 - 2}]+[m-{n // 2 * 2 - 1}]", "Monthly") for n in range(2, 120))
    yield many("formulas of two formulas each, 59 deep", "lattice",
               measured_by(1, lambda n: 119), ("metrics", itertools.chain((metric(n, months(60), "Monthly") for n in range(2)), pairs)))
    yield many("formulas of 60 times 3,000 days, 4,000", "terms",
               ("goals", goals(1)), ("metrics", itertools.chain([metric(0, days(3_000))],
                                                                (computed(n, "+".join(["[m-0]"] * 60)) for n in range(1, 4_000)))))
    yield many("goals with a last check-in on a day of their own, 5,000", "own-days",
               ("goals", itertools.chain(goals(1), (f'(id: "g-k{n}", parent: Some("g-0"), title: "T", '
                                                    'kind: KeyResult(aim: Increase(start: 0, target: 100))),\n' for n in range(5_000)))),
               ("check_ins", (f'(id: "k-{n}", goal: "g-k{n}", date: "{date(370_000 - n)}", value: Some(5)),\n' for n in range(5_000))))
    links = [f'(goal: "g-0", metric: "m-{n}", role: {"Driver" if n % 2 else "Outcome"}),\n' for n in range(600)]
    yield many("drivers and outcomes of one goal, 300 each", "leads",
               ("goals", goals(1)), ("metrics", [metric(n, months(60), "Monthly") for n in range(600)]), ("links", links))
    guards = (f'(goal: "g-{n}", metric: "m-0", role: Guardrail),\n' for n in range(50_000))
    yield many("guardrails of one metric of 100,000 days, 50,000", "guardrails",
               ("goals", goals(50_000, ', start: Some("2026-01-01")')), ("metrics", [metric(0, days(100_000))]), ("links", guards))
    dated = ", targets: [" + "".join(f'(from:"{date(n)}",limit:AtLeast(1)),' for n in range(100_000)) + "]"
    yield many("dated targets and days, 100,000 and 500,000", "dated", ("goals", goals(1)), ("metrics", [metric(0, days(500_000) + dated)]))
    yield many("days of one metric, 700,000", "long", ("goals", goals(1)), ("metrics", [metric(0, days(700_000))]))
    yield many("metrics of 1,000 days, 1,500", "wide", ("goals", goals(1)), ("metrics", (metric(n, days(1_000)) for n in range(1_500))))
    effects = (f'(id: "g-i{n}", parent: Some("g-0"), title: "T", kind: Initiative(steps: [], effects: '
               '[(metric: "m-0", from: "2025-01-01", change: 1, confidence: 0.5)])),\n' for n in range(20_000))
    yield many("declared effects on one metric of 20,000 days, 20,000", "effects",
               ("goals", itertools.chain(goals(1), effects)), ("metrics", [metric(0, days(20_000))]))
    stages = ", pace: Points, stages: [" + "".join(f'(by: "{date(368_500 + n)}", value: {n}),' for n in range(2_000)) + "]"
    yield many("key results of 2,000 stages, 600", "stages",
               measured_by(600, lambda n: 0, more=stages), ("metrics", [metric(0, days(1_000))]))
    entries = "".join(f'(on: "{date(300_000 + n)}", change: Due(old: None, new: None)),' for n in range(90_000))
    ledgers = (f'(id: "g-{n}", title: "T", kind: Objective(), ledger: [{entries}]),\n' for n in range(8))
    yield many("entries of ledgers, 720,000", "ledger", ("goals", ledgers))
    yield many("titles of 90,000 characters, 600", "titles",
               ("goals", (f'(id: "g-{n}", title: "{"word " * 18_000}", kind: Objective()),\n' for n in range(600))))
    named = (f'(id: "m-{n}", name: "{"N" * 99_000}", unit: "count", direction: Up, cadence: Monthly, aggregation: Last, {months(80)}),\n'
             for n in range(10))
    yield many("key results of metrics with names of 99,000 characters, 10,000", "names",
               measured_by(10_000, lambda n: n % 10), ("metrics", named))
    events = (f'(id: "e-{n}", date: "2025-01-01", title: "E", kind: Release),\n' for n in range(100_000))
    yield many("events of 500 metrics, 100,000", "events",
               ("goals", goals(1)), ("metrics", [metric(n, months(60), "Monthly") for n in range(500)]), ("events", events))
    actions = (f'(id: "n-{n}", date: "{date(370_000 - n)}", kind: Action, text: "T", owner: "O{n}"),\n' for n in range(100_000))
    yield many("actions of meetings, 100,000", "meetings", ("goals", goals(1)), ("meeting_log", actions))
    checks = (f'(id: "k-{n}", goal: "g-k{n % 3_000}", date: "{date(370_000 - n % 300)}"),\n' for n in range(100_000))
    yield many("check-ins of 3,000 key results, 100,000", "looks",
               measured_by(3_000, lambda n: n), ("metrics", [metric(n, months(6, 2026), "Monthly") for n in range(3_000)]), ("check_ins", checks))
    yield many("key results with owners and dates, 90,000", "dates",
               ("goals", itertools.chain(goals(1), (f'(id: "g-k{n}", parent: Some("g-0"), owner: "Ada", title: "Raise the number of customers {n}", '
                                                    'start: Some("2026-01-01"), due: Some("2026-12-31"), '
                                                    'kind: KeyResult(aim: Increase(start: 0, target: 100))),\n' for n in range(90_000)))))


def tables(at):
    def table(what, name, content, *options):
        path = at / f"{name}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return what, path, options

    rows = "".join(f"{day(n)},{n}\n" for n in range(2_000_000))
    yield table("rows, 2 million", "rows", "date,value\n" + rows)
    yield table("rows of one date, 2 million", "one-date", "date,value\n" + "2026-01-01,1\n" * 2_000_000)
    yield table("rows that are no numbers, 2 million", "words", "date,value\n2026-01-01,1\n" + "2026-01-01,x\n" * 1_999_000)
    yield table("rows of 1,000 empty cells, 60,000", "empty-cells", "date,value\n" + ("," * 999 + "\n") * 60_000)
    yield table("rows of 2 to 16 empty cells and a digit, 4 million", "short", "date,value\n" + ",,,,,,1\n" * 1_900_000)
    yield table("one row of 60 million cells", "one-row", "date,value\n" + "," * 60_000_000)
    yield table("header of 60 million columns", "header", "," * 30_000_000 + "a" + "," * 30_000_000 + "\n1,2\n")
    yield table("rows of one letter, 30 million", "letters", "date,value\n" + "a\n" * 30_000_000)
    yield table("blank lines, 60 million", "blank", "date,value\n" + "\n" * 60_000_000)
    yield table("a quoted cell of 60 MB", "quoted", 'date,value\n"' + "x" * 60_000_000)
    yield table("quotation marks, 60 million", "marks", "date,value\n" + '"' * 60_000_000)
    yield table("a date of 30 MB", "date", "date,value\n" + "1 " * 15_000_000 + ",1\n2026-01-01,1\n")
    yield table("a number of 30 MB", "number", "date,value\n2026-01-01," + "1," * 10 + "9" * 30_000_000 + "\n")
    yield table("other encodings, 60 MB", "latin", b"date,value\n" + b"\xe9," * 30_000_000)
    yield table("UTF-16 of 60 MB", "wide", b"\xff\xfe" + ("date,value\n" + "2026-01-01,1\n" * 2_000_000).encode("utf-16-le"))
    yield table("a file of 65 MB", "too-large", "x" * (MOST_FILE + 1))


def date(n):
    """A day of its own for each of three million rows."""
    return (datetime.date(1000, 1, 1) + datetime.timedelta(n)).isoformat()


def found_tables(at):
    """Tables of which nothing is said: all of it is guessed."""

    def table(what, name, lines):
        path = at / f"{name}.csv"
        path.write_text("".join(lines), encoding="utf-8")
        return what, path

    def wide(columns, rows):
        yield "date," + ",".join(f"c{n}" for n in range(1, columns)) + "\n"
        for n in range(rows):
            yield date(n) + ",1" * (columns - 1) + "\n"

    def names(dates, count):
        yield "date,metric,value\n"
        for n in range(dates):
            for name in range(count):
                yield f"{date(n)},n{name},1\n"

    yield table("found: 2,000 columns of 4,990 rows", "wide", wide(2_000, 4_990))
    yield table("found: 2,000 columns of 15,000 rows", "wider", wide(2_000, 15_000))
    yield table("found: 2 columns of 2 million rows", "long", wide(2, 2_000_000))
    yield table("found: 2,000 names on 1,000 dates", "tall", names(1_000, 2_000))
    yield table("found: a million names on 2 dates", "taller", names(2, 1_000_000))
    yield table("found: a cell of 60 MB", "cell", ["date,value\n2026-01-01,1\n2026-01-02,", "x" * 60_000_000, "\n"])
    yield table("found: long dates of 1,000 names", "dates", ["date," + ",".join(f"c{n}" for n in range(1_000)) + ",v\n"]
                + ["x" * 1_000_000 + ",a" * 1_000 + ",1\n"] * 30)


def workbooks(at):
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"

    def workbook(what, name, rows, shared=None):
        path = at / f"{name}.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            file.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
            file.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                          f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
            file.writestr("xl/workbook.xml", f'<workbook {space} xmlns:r="{office}"><sheets>'
                          '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
            file.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                          f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
                          f'Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
            if shared:
                with file.open("xl/sharedStrings.xml", "w") as part:
                    part.write(shared.encode())
            with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                part.write(f"<worksheet {space}><sheetData>".encode())
                for row in rows:
                    part.write(row.encode())
                part.write(b"</sheetData></worksheet>")
        return what, path

    head = '<row><c t="str"><v>date</v></c><c t="str"><v>value</v></c></row>'

    def numbers(rows, columns):
        yield '<row><c t="str"><v>date</v></c>' + '<c t="str"><v>v</v></c>' * (columns - 1) + "</row>"
        for n in range(rows):
            yield f"<row><c><v>{20_000 + n % 50_000}</v></c>" + "<c><v>1</v></c>" * (columns - 1) + "</row>"

    yield workbook("workbook of 5 million cells", "many", numbers(500_000, 10))
    yield workbook("workbook of 3.9 million cells", "most", numbers(390_000, 10))
    yield workbook("workbook of 2 columns of a million rows", "rows", numbers(1_000_000, 2))
    yield workbook("workbook that claims 4 billion texts", "claim", [head], f'<sst {space} uniqueCount="4000000000"><si><t>a</t></si></sst>')
    text = "x" * 30_000
    again = ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>" for _ in range(1_000))
    yield workbook("workbook of one long text 100,000 times", "again", again, f"<sst {space} uniqueCount=\"1\"><si><t>{text}</t></si></sst>")
    yield workbook("workbook of a bomb of blanks, 300 MB", "bomb", (" " * 1_000_000 for _ in range(300)))


def sentences():
    yield "a sentence of 500 signs of numbers", "Raise " + "1.000,5 % € " * 41
    yield "a sentence of 500 dates", "Grow by " + "Q4 2027 " * 61
    yield "a sentence of 100,000 characters", "Bring MAU to " + "9" * 100_000
    yield "a sentence of 500 combining accents", "Grow e" + "\u0301" * 490
    yield "a sentence of verbs", "increase reduce keep " * 23


def limits():
    # A runaway is stopped before the machine is.
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def measured(command, environment, patience):
    """Exit code, seconds, bytes, last words."""
    begun = time.monotonic()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limits)
    deadline = begun + patience
    words = b""
    os.set_blocking(child.stderr.fileno(), False)
    while True:
        words = (words + (child.stderr.read() or b""))[:4000]
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > deadline:
            child.kill()
            _, status, usage = os.wait4(child.pid, 0)
            break
        time.sleep(0.005)
    child.returncode = os.waitstatus_to_exitcode(status)
    words = words.decode(errors="replace").strip().splitlines()
    seconds = min(time.monotonic() - begun, usage.ru_utime + usage.ru_stime)
    return child.returncode, seconds, usage.ru_maxrss * 1024, words[0] if words else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = pathlib.Path(__file__).resolve().parents[2] / "target"
    built = [target / kind / "waymark" for kind in ("release", "debug")]
    parser.add_argument("binary", nargs="?", type=pathlib.Path, default=next((path for path in built if path.exists()), built[1]))
    parser.add_argument("--only", default="", help="only what has this word in its name")
    parser.add_argument("--slack", type=float, default=1.0, help="how many times as long it may take")
    args = parser.parse_args()
    if not args.binary.exists():
        sys.exit(f"{args.binary} is not there: cargo build --release, or say where it is")
    binary, wrong, worst = str(args.binary.resolve()), [], (0.0, 0)
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_DATA_HOME": folder}

        def try_it(what, command):
            nonlocal worst
            if args.only in what:
                code, seconds, memory, words = measured([binary, *command], environment, 30 * args.slack)
                worst = max(worst[0], seconds), max(worst[1], memory)
                answer = {0: "opened", 1: "refused", 2: "refused"}.get(code, f"DIED with {code}")
                files = 2 if command[0] == "diff" else 1
                in_time = seconds <= files * MOST_SECONDS * args.slack or what.startswith(LARGE)
                is_fine = code in (0, 1, 2) and in_time and memory <= files * MOST_BYTES
                if "panicked" in words or not is_fine or (code and not words):
                    wrong.append(what)
                mark = "" if what not in wrong else "  <- WRONG"
                words = words.replace(folder + "/", "")[:110] if code else ""
                print(f"{what:<68}{seconds:7.2f} s {memory / 2**20:7.0f} MiB  {answer}  {words}{mark}", flush=True)
                return code == 0
            return False

        print("project files")
        for what, path in itertools.chain(project_files(at), multiplying_files(at)):
            if try_it(what, ["check", str(path)]):
                try_it(what + ", report", ["report", str(path)])
                try_it(what + ", JSON", ["report", str(path), "--format", "json"])
                try_it(what + ", Markdown", ["report", str(path), "--format", "md"])
                try_it(what + ", difference", ["diff", str(path), str(path)])
            path.unlink()
        print("tables")
        plan = at / "plan.waymark.ron"
        for what, path, options in tables(at):
            plan.unlink(missing_ok=True)
            subprocess.run([binary, "new", str(plan)], env=environment, check=True, stdout=subprocess.DEVNULL)
            command = ["import", str(plan), "--csv", str(path), "--date", "date", "--value", "value", "--new", "N", "--unit", "count"]
            try_it(what, [*command, "--cadence", "daily", *options])
            path.unlink()
        for what, path in itertools.chain(found_tables(at), workbooks(at)):
            plan.unlink(missing_ok=True)
            subprocess.run([binary, "new", str(plan)], env=environment, check=True, stdout=subprocess.DEVNULL)
            try_it(what, ["import", str(plan), "--csv", str(path), "--create"])
            path.unlink()
        print("sentences")
        for what, text in sentences():
            try_it(what, ["add", str(plan), text, "--dry-run"])
    print(f"worst: {worst[0]:.2f} s, {worst[1] / 2**20:.0f} MiB; {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


main()
