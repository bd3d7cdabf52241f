use super::*;
use proptest::prelude::*;

#[test]
fn precedence_and_association() {
    let shown = |text: &str| Formula::parse(text).unwrap().to_string();
    assert_eq!(shown("1 + 2*3"), "1 + 2 * 3");
    assert_eq!(shown("(1+2)*3"), "(1 + 2) * 3");
    assert_eq!(shown("1 - (2 - 3)"), "1 - (2 - 3)");
    assert_eq!(shown("1 − 2 ÷ -[m-a]"), "1 - 2 / -[m-a]");
    assert_eq!(shown("growth(prev([m-a]) × 2)"), "growth(prev([m-a]) * 2)");
}

#[test]
fn errors_say_where() {
    let error = |text: &str| Formula::parse(text).unwrap_err().to_string();
    assert_eq!(
        error("1 +"),
        "expected a number, a metric in brackets, \"(\", prev, growth or segments at column 4 of the formula, but found the end"
    );
    assert_eq!(error("next([m-a])"), "expected prev, growth or segments at column 1 of the formula, but found \"next\"");
    assert_eq!(Formula::parse(&"(".repeat(100)), Err(FormulaError::TooLarge));
    assert_eq!(Formula::parse(&"1+".repeat(100)), Err(FormulaError::TooLarge));
}

/// Formulas over fifty metrics, some of them deep.
pub(super) fn formula() -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![
        (0u32..100_000).prop_map(|n| Formula::Number(f64::from(n) / 8.0)),
        (0u64..50).prop_map(|n| Formula::Metric(MetricId::from_random(n))),
        (0u64..50).prop_map(|n| Formula::Segments(MetricId::from_random(n))),
    ];
    leaf.prop_recursive(6, 40, 2, |inner| {
        let operator = prop_oneof![Just(Operator::Add), Just(Operator::Subtract), Just(Operator::Multiply), Just(Operator::Divide)];
        prop_oneof![
            inner.clone().prop_map(|x| Formula::Negate(Box::new(x))),
            inner.clone().prop_map(|x| Formula::Previous(Box::new(x))),
            inner.clone().prop_map(|x| Formula::Growth(Box::new(x))),
            (operator, inner.clone(), inner).prop_map(|(operator, l, r)| Formula::Binary {
                operator,
                left: Box::new(l),
                right: Box::new(r)
            }),
        ]
    })
}

/// Pieces of text, as often an operand as an operator.
fn token() -> impl Strategy<Value = &'static str> {
    let pieces =
        ["1", ".5", "2.75", "[m-a]", "segments([m-b])", "prev([m-c])", "growth(1", ")", "(", "-", "+", "−", "*", "/", "×", "÷", "- -"];
    proptest::sample::select(pieces.to_vec())
}

#[test]
fn a_formula_is_taken_only_where_its_printed_text_is_short_enough_to_be_read_again() {
    let wide = vec![format!("({})", vec!["1"; 40].join("+")); 45].join("+");
    assert!(wide.chars().count() <= Formula::MAX_LENGTH);
    assert_eq!(Formula::parse(&wide), Err(FormulaError::TooLarge), "with spaces it is longer than a file may hold");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]
    #[test]
    fn what_is_printed_parses_back(formula in formula()) {
        prop_assert_eq!(Formula::parse(&formula.to_string()), Ok(formula));
    }

    #[test]
    fn what_is_read_prints_and_reads_back(tokens in proptest::collection::vec(token(), 1..24)) {
        let text = tokens.join(" ");
        if let Ok(formula) = Formula::parse(&text) {
            let printed = formula.to_string();
            prop_assert_eq!(Formula::parse(&printed), Ok(formula.clone()), "{}", text);
            prop_assert_eq!(Formula::parse(&printed).map(|f| f.to_string()), Ok(printed));
        }
    }
}
