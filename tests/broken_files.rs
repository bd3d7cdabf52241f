//! Files that are broken in every way that happens to files: each gives clear messages with a place, in words for people, and stays as
//! it was.

use std::fs;
use std::time::{Duration, Instant};

use waymark::storage::{LoadError, MAX_FILE_BYTES, SAMPLE_TEXT, load};

const SOUND: &str = r#"(
  format: "waymark",
  version: 1,
  id: "p-test",
  name: "Test",
  cycles: [
    (id: "c-q1", name: "Q1", start: "2026-01-01", end: "2026-03-31"),
  ],
  goals: [
    (
      id: "g-grow",
      title: "Grow",
      kind: Objective(),
    ),
    (
      id: "g-users",
      parent: Some("g-grow"),
      title: "More users",
      kind: KeyResult(metric: Some("m-users"), aim: Increase(start: 10, target: 20)),
    ),
  ],
  metrics: [
    (
      id: "m-users",
      name: "Users",
      unit: "count",
      direction: Up,
      cadence: Monthly,
      aggregation: Last,
      points: [
        ("2026-01-01", 10),
        ("2026-02-01", 12.5),
      ],
    ),
  ],
)
"#;

/// The problems of a file with these bytes, as `LINE:COLUMN: message`. The file is proved to stay as it was.
fn problems_of(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("broken.waymark.ron");
    fs::write(&path, bytes).expect("a file");
    let started = Instant::now();
    let error = load(&path).expect_err("a broken file");
    assert!(started.elapsed() < Duration::from_secs(20), "took {:?}", started.elapsed());
    assert!(fs::read(&path).expect("the file") == bytes, "the file was changed");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "something was left beside the file");
    let LoadError::Problems { problems, .. } = &error else { panic!("{error}") };
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let shown: Vec<String> = lines.iter().map(|line| format!("{}:{line}", path.display())).collect();
    assert_eq!(error.to_string(), shown.join("\n"));
    for line in &lines {
        for jargon in ["Spanned", "Expected", "Utf8Error", "struct", "enum", "variant", "identifier", "tuple", "EOF", "deserializ", "`"] {
            assert!(!line.contains(jargon), "{jargon} in {line}");
        }
    }
    lines
}

/// The problems after one change to a sound file.
fn after(from: &str, to: &str) -> Vec<String> {
    assert_eq!(SOUND.matches(from).count(), 1, "{from} must stand once in the sound file");
    problems_of(SOUND.replace(from, to).as_bytes())
}

#[track_caller]
fn check(found: &[String], expected: &[&str]) {
    assert_eq!(found, expected);
}

#[test]
fn the_sound_file_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sound.waymark.ron");
    fs::write(&path, SOUND).unwrap();
    assert_eq!(load(&path).unwrap().project.goals.len(), 2);
}

#[test]
fn a_file_cut_off_anywhere_says_that_its_rest_is_missing() {
    for lines in 4..SOUND.lines().count() {
        let text: String = SOUND.lines().take(lines).flat_map(|line| [line, "\n"]).collect();
        let last = text.trim_end().lines().last().unwrap();
        let expected =
            format!("{lines}:{}: the file ends here, in the middle of the project: the rest of it is missing", last.chars().count() + 1);
        assert_eq!(problems_of(text.as_bytes()), [expected]);
    }
}

#[test]
fn a_file_cut_off_at_any_byte_has_one_problem() {
    for end in 0..SOUND.trim_end().len() {
        assert_eq!(problems_of(&SOUND.as_bytes()[..end]).len(), 1, "cut off at {end}");
    }
}

#[test]
fn nul_bytes_are_damage() {
    check(
        &after("\"More users\"", "\"More\0users\""),
        &["18:19: expected text, but found a NUL byte: the file is damaged, so go back to a copy of it"],
    );
    let mut damaged = SOUND.as_bytes().to_vec();
    damaged[40..].fill(0);
    assert!(problems_of(&damaged)[0].starts_with("4:"), "{:?}", problems_of(&damaged));
}

#[test]
fn a_byte_order_mark_is_no_problem() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bom.waymark.ron");
    fs::write(&path, format!("\u{feff}{SOUND}")).unwrap();
    assert_eq!(load(&path).unwrap().project.name, "Test");
    // And it moves no place.
    check(
        &problems_of(b"\xef\xbb\xbf(format: \"wayfare\")"),
        &["1:1: this is no Waymark project: its format is \"wayfare\", not \"waymark\""],
    );
}

#[test]
fn other_encodings_are_named() {
    let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(SOUND.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check(&problems_of(&utf_16), &["1:1: this file is in the encoding UTF-16; save it as UTF-8"]);
    let latin = SOUND.replace("More users", "Zürich").chars().map(|c| c as u8).collect::<Vec<u8>>();
    check(&problems_of(&latin), &["18:16: expected text in the encoding UTF-8, but found bytes that are none; save the file as UTF-8"]);
}

#[test]
fn a_picture_and_a_workbook_are_no_damaged_projects() {
    let message = "1:1: this is no Waymark project: one begins with (format: \"waymark\", version: 1, …)";
    for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"PK\x03\x04\x14\0\x06\0"] {
        check(&problems_of(bytes), &[message]);
    }
}

#[test]
fn every_merge_conflict_is_shown() {
    let conflict = |ours: &str, theirs: &str| format!("<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> other");
    let text = SOUND
        .replace("      title: \"Grow\",", &conflict("      title: \"Grow\",", "      title: \"Grow more\","))
        .replace("        (\"2026-01-01\", 10),", &conflict("        (\"2026-01-01\", 10),", "        (\"2026-01-01\", 11),"));
    let message = "a merge left a conflict here: choose one of the two sides and take the lines with <<<<<<<, ======= and >>>>>>> away";
    check(&problems_of(text.as_bytes()), &[&format!("12:1: {message}"), &format!("35:1: {message}")]);
}

#[test]
fn unknown_fields_and_words_are_named_with_the_nearest_known_one() {
    check(&after("title: \"Grow\"", "titel: \"Grow\""), &["12:7: the field \"titel\" is not known in a goal; did you mean \"title\"?"]);
    check(&after("target: 20", "goal: 20"), &["19:73: the field \"goal\" is not known in an increase; known are start, target"]);
    check(&after("cadence: Monthly", "cadence: Montly"), &["28:16: \"Montly\" is not known as a cadence; did you mean \"Monthly\"?"]);
}

#[test]
fn missing_and_doubled_fields_are_named() {
    check(&after("      title: \"Grow\",\n", ""), &["13:5: the field \"title\" is missing in a goal, which ends here"]);
    check(
        &after("      title: \"Grow\",\n", "      title: \"Grow\",\n      title: \"Grow\",\n"),
        &["13:7: the field \"title\" stands twice in a goal"],
    );
}

#[test]
fn a_newer_version_is_named_with_the_one_that_is_known() {
    check(
        &after("version: 1", "version: 2"),
        &["3:3: this file has version 2 of the project format, but this Waymark reads only up to version 1; open it with a newer Waymark"],
    );
    // Whatever else is in it.
    check(
        &problems_of(b"(format: \"waymark\", version: 7, horizons: {[(}"),
        &["1:21: this file has version 7 of the project format, but this Waymark reads only up to version 1; open it with a newer Waymark"],
    );
}

#[test]
fn other_files_are_no_projects() {
    for text in ["{\"name\": \"x\"}", "hello", "(name: \"x\")", "%PDF-1.7", "[1, 2]", "date,value\n2026-01-01,1\n"] {
        check(&problems_of(text.as_bytes()), &["1:1: this is no Waymark project: one begins with (format: \"waymark\", version: 1, …)"]);
    }
    check(&problems_of(b" \n"), &["1:1: this file is empty, so it holds no project"]);
    check(
        &problems_of(b"(format: \"waymark\", name: \"x\")"),
        &["1:1: expected the version of the format after format: \"waymark\", as in version: 1"],
    );
}

#[test]
fn the_second_of_two_equal_ids_is_shown() {
    check(&after("id: \"g-users\"", "id: \"g-grow\""), &["16:7: the id \"g-grow\" is already taken on line 11; ids must differ"]);
}

#[test]
fn missing_parents_and_circles_are_shown_where_they_are() {
    check(&after("Some(\"g-grow\")", "Some(\"g-gone\")"), &["17:7: goal g-users: has the parent g-gone, which does not exist"]);
    let objective = |id: &str, parent: &str| format!("    (id: \"{id}\", parent: Some(\"{parent}\"), title: \"T\", kind: Objective()),\n");
    let text = SOUND.replace("  goals: [\n", &format!("  goals: [\n{}{}", objective("g-a", "g-b"), objective("g-b", "g-a")));
    check(
        &problems_of(text.as_bytes()),
        &[
            "10:17: goal g-a: is its own ancestor: its parents go round in a circle",
            "11:17: goal g-b: is its own ancestor: its parents go round in a circle",
        ],
    );
}

#[test]
fn several_problems_are_told_at_once() {
    let text = SOUND
        .replace("end: \"2026-03-31\"", "end: \"2025-03-31\"")
        .replace("target: 20", "target: 5")
        .replace("name: \"Users\"", "name: \" \"")
        .replace("(\"2026-02-01\", 12.5)", "(\"2026-02-01\", 12.5), (\"2026-01-01\", 3)");
    check(
        &problems_of(text.as_bytes()),
        &[
            "7:51: cycle c-q1: ends on 2025-03-31, before it starts on 2026-01-01",
            "19:73: goal g-users: is to increase, but its target 5 lies below its start 10",
            "25:7: metric m-users: has no name",
            "32:32: metric m-users: two points are dated 2026-01-01",
        ],
    );
}

#[test]
fn only_finite_numbers_are_values() {
    for number in ["NaN", "inf", "-inf", "1e999", "-1e999"] {
        check(&after("12.5", number), &["32:24: expected a finite number: \"NaN\", \"inf\" and numbers beyond 1.8e308 cannot be stored"]);
    }
    check(&after("12.5", "many"), &["32:24: expected a number, but found \"many\""]);
    check(&after("12.5", "\"12.5\""), &["32:24: expected a number, but found a text"]);
}

#[test]
fn dates_ids_units_and_formulas_say_what_they_look_like() {
    check(
        &after("(\"2026-02-01\"", "(\"2026-02-30\""),
        &["32:10: expected a date such as \"2026-03-01\", or with a time as in \"2026-03-01T14:00:00\", but found \"2026-02-30\""],
    );
    check(
        &after("start: \"2026-01-01\"", "start: \"1.1.2026\""),
        &["7:37: expected a date such as \"2026-03-01\" (year-month-day), but found \"1.1.2026\""],
    );
    check(
        &after("Some(\"m-users\")", "Some(\"users\")"),
        &["19:36: expected an id that begins with \"m-\", as in \"m-k3v9q2\", but found \"users\""],
    );
    check(&after("(\"2026-02-01\", 12.5)", "(\"2026-01-01\", 12.5)"), &["32:10: two points are dated 2026-01-01; keep one of them"]);
    check(
        &after("(\"2026-02-01\", 12.5)", "(\"2026-02-01T10:00:00\", 12.5)"),
        &["30:7: metric m-users: is monthly, but has a point with a time of day, 2026-02-01T10:00:00; only hourly metrics have those"],
    );
}

#[test]
fn missing_signs_are_named() {
    check(&after("Some(\"g-grow\")", "\"g-grow\""), &["17:15: expected the value in Some(…), or None, but found a text"]);
    check(&after("title: \"Grow\",", "title: \"Grow\""), &["13:7: expected a comma, but found \"kind\""]);
    check(&after("title: \"Grow\",", "title \"Grow\","), &["12:13: expected a colon after the name of the field, but found a text"]);
    check(&after("title: \"Grow\",", "title: Grow,"), &["12:14: expected a text in quotation marks, but found \"Grow\""]);
    check(&after("metrics: [", "metrics: ("), &["22:12: expected a list in square brackets, but found \"(\""]);
}

#[test]
fn megabytes_of_brackets_are_refused_at_once() {
    for bracket in ["(", "[", "{", "/*", "Some(", "\""] {
        let many = bracket.repeat(10 * 1024 * 1024 / bracket.len());
        for text in [
            many.clone(),
            SOUND.replace("\"Grow\"", &many),
            SOUND.replace("Objective()", &many),
            SOUND.replace("  goals:", &format!("  {many}")),
        ] {
            assert_eq!(problems_of(text.as_bytes()).len(), 1, "{bracket}");
        }
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.waymark.ron");
    // Sparse: takes no room on the disk.
    fs::File::create(&path).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
    let error = load(&path).unwrap_err().to_string();
    assert_eq!(error, format!("{}:1:1: this file has 65 MB, but project files of more than 64 MB are not read", path.display()));
}

#[test]
fn texts_and_lists_have_limits() {
    check(
        &after("\"Grow\"", &format!("\"{}\"", "x".repeat(100_001))),
        &["12:14: this text is longer than 100000 characters, the most that one text can hold"],
    );
    let tags = "\"t\", ".repeat(100_001);
    let found = after("kind: Objective(),", &format!("kind: Objective(),\n      tags: [{tags}],"));
    assert!(found[0].ends_with("this list has more than 100000 entries, the most that one list can hold"), "{found:?}");
}

#[test]
fn damage_to_any_byte_of_the_sample_never_panics() {
    // Every byte in turn would take minutes: a prime stride visits every kind of place.
    for at in (0..SAMPLE_TEXT.len()).step_by(997) {
        for byte in [b'"', b')', b'\\', 0xff] {
            let mut damaged = SAMPLE_TEXT.as_bytes().to_vec();
            damaged[at] = byte;
            drop(waymark::storage::read_project(&damaged));
        }
    }
}
