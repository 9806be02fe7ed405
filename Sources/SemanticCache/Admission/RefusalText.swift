import GatewayCore

/// Answers by which a model declines, where its provider does not mark them: short texts that begin as those do, in
/// seven languages. What declines in the middle of a long answer is an answer.
enum RefusalText {
    /// A refusal with its reasons takes no more, in bytes.
    private static let longest = 600
    /// In so much of its beginning a refusal shows itself.
    private static let front = 160

    static func reads(_ text: String) -> Bool {
        let bytes = text.utf8.span
        if bytes.count > longest { return false }
        return WordText.withWords(of: bytes.extracting(0..<min(bytes.count, front))) { words in
            var declines = false
            automaton.scan(words) { _ in declines = true }
            return declines
        }
    }

    private static let automaton = PhraseAutomaton(
        [
            """
            i can t help with that, i can t help with this, i cannot help with that, i cannot help with this,
            i can t assist with, i cannot assist with, i m unable to help with, i am unable to assist,
            i m not able to help with that, i m not able to assist, i won t be able to help with that,
            i can t comply, i cannot comply, i can t provide that, i cannot provide that, i can t fulfill,
            i cannot fulfill, i must decline, i have to decline, ai language model i cannot,
            ai language model i can t, i m sorry but i can t, i m sorry but i cannot, sorry but i can t help,
            i can t discuss, i cannot discuss
            """,
            """
            dabei kann ich nicht helfen, dabei kann ich dir nicht helfen, dabei kann ich ihnen nicht helfen,
            das kann ich nicht beantworten, ich kann dabei nicht helfen, es tut mir leid aber ich kann
            """,
            "je ne peux pas vous aider, je ne peux pas t aider, je ne peux pas répondre, désolé mais je ne peux pas",
            "no puedo ayudarte con, no puedo ayudarle con, lo siento pero no puedo, no puedo responder",
            "non posso aiutarti con, non posso aiutarla con, mi dispiace ma non posso",
            "não posso ajudar com, não posso te ajudar, desculpe mas não posso, sinto muito mas não posso",
            "daar kan ik niet bij helpen, daar kan ik je niet mee helpen, het spijt me maar ik kan",
        ].flatMap { $0.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") } })
}
