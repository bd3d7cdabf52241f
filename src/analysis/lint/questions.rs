//! What only people can answer of an objective.

use crate::model::Objective;

/// A question that an objective should stand up to. Which ones were answered with yes is kept in
/// [`Objective::answered_questions`] by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyQuestion {
    /// Stable: files keep it.
    pub id: &'static str,
    pub question: &'static str,
}

/// In the order in which they are asked.
pub const KEY_QUESTIONS: [KeyQuestion; 9] = [
    KeyQuestion { id: "change", question: "Does it say what will be different, rather than what will be done?" },
    KeyQuestion { id: "agreement", question: "Will everybody agree, on its last day, whether it was reached?" },
    KeyQuestion { id: "reach", question: "Is it hard, and still possible with the people and the time there are?" },
    KeyQuestion { id: "purpose", question: "Does it serve the goal above it, or the vision?" },
    KeyQuestion { id: "influence", question: "Can the team move its key results by its own work?" },
    KeyQuestion { id: "answerable", question: "Is there one person or one team that answers for it?" },
    KeyQuestion { id: "few", question: "Would something be lost if any one of its key results were left out?" },
    KeyQuestion { id: "harm", question: "Is it known what must not get worse on the way, and does a guardrail watch it?" },
    KeyQuestion { id: "rhythm", question: "Is it agreed how often its numbers are looked at, and by whom?" },
];

/// Every key question, and whether an objective was found to stand up to it.
pub fn answers(objective: &Objective) -> impl Iterator<Item = (KeyQuestion, bool)> + '_ {
    KEY_QUESTIONS.into_iter().map(|question| (question, objective.answered_questions.contains(question.id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_for_its_own_question_only() {
        let objective = Objective { answered_questions: ["reach", "from-a-later-version"].map(str::to_owned).into() };
        let yes: Vec<&str> = answers(&objective).filter(|(_, yes)| *yes).map(|(question, _)| question.id).collect();
        assert_eq!(yes, ["reach"]);
        assert_eq!(answers(&objective).count(), KEY_QUESTIONS.len());
        let ids: std::collections::BTreeSet<_> = KEY_QUESTIONS.iter().map(|q| q.id).collect();
        assert_eq!(ids.len(), KEY_QUESTIONS.len());
    }
}
