import GatewayCore

/// The words by which a question shows that it goes on from what was said, in seven languages. To add a language, add
/// its words to each of the tables.
enum TurnLexicon {
    /// What a phrase is a sign of.
    enum Sign: Sendable {
        /// Stands for something that was said before.
        case referent
        /// Looks like one and stands for nothing ("is it possible").
        case noReferent
        /// Belongs to a language of these tables.
        case language
    }

    /// By the index the automaton reports.
    static let signs: [Sign] = groups.flatMap { group in group.phrases.map { _ in group.sign } }
    static let automaton = PhraseAutomaton(groups.flatMap(\.phrases))

    /// Whether a text begins as one goes on.
    /// - Parameter words: in the form of `WordText`.
    static func opens(_ words: Span<UInt8>) -> Bool {
        let openers = openers.span
        for index in openers.indices where begins(words, with: openers[index].span) { return true }
        return false
    }

    private static func begins(_ words: Span<UInt8>, with opener: Span<UInt8>) -> Bool {
        guard words.count >= opener.count else { return false }
        for index in opener.indices where words[index] != opener[index] { return false }
        return true
    }

    private static let groups: [(sign: Sign, phrases: [String])] = [
        (.referent, referents.flatMap(phrases)), (.noReferent, expletives.flatMap(phrases)),
        (.language, functionWords.flatMap(phrases)),
    ]

    static func phrases(_ list: String) -> [String] {
        list.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
    }

    private static let openers: [[UInt8]] = [
        """
        and, but, or, so, then, also, what about, how about, why not, why, ok, okay, yes, no, yep, nope, sure, thanks,
        thank you, great, right, correct, exactly, please do, more, less, shorter, longer, continue, go on, try again,
        another, next, now, in english, in german, in french, in spanish, as a, like
        """,
        """
        und, aber, oder, dann, also, was ist mit, wie wäre es, warum nicht, ja, nein, ok, danke, genau, weiter, nochmal,
        kürzer, länger, mehr, auf deutsch, auf englisch
        """,
        """
        et, mais, ou, alors, donc, pourquoi pas, oui, non, merci, continue, plus court, plus long, encore, en français,
        en anglais
        """,
        """
        y, pero, entonces, qué tal, por qué no, sí, gracias, continúa, más corto, más largo, otra vez, en español, en
        inglés
        """,
        "ma, allora, quindi, perché no, sì, grazie, continua, più breve, ancora, in italiano, in inglese",
        "e se, mas, então, por que não, sim, não, obrigado, obrigada, continue, mais curto, em português, em inglês",
        "en, maar, of, dan, dus, waarom niet, nee, bedankt, ga door, korter, langer, nog eens, in het nederlands",
    ].flatMap(phrases).map { WordText.words(of: $0.utf8) }

    private static let referents = [
        """
        it, its, that, this, these, those, they, them, their, theirs, he, him, his, she, her, hers, the first one,
        the second, the third, the other one, the others, the former, the latter, the same, above, previous, earlier,
        again, instead, more about, you said, you mentioned, you wrote, your answer, your last, rephrase, elaborate
        """,
        """
        es, ihn, ihm, ihnen, dies, dieser, diese, dieses, diesen, diesem, jener, jene, jenes, davon, damit, dazu, dafür,
        daran, darauf, darin, dabei, dadurch, dort, derselbe, dasselbe, letzteres, ersteres, oben, vorherige*, nochmal,
        noch einmal, stattdessen, der erste, der zweite, die zweite, das zweite, ist das, das ist, heißt das,
        bedeutet das, geht das, warum das, du gesagt, sie gesagt, deine antwort, ihre antwort
        """,
        """
        ça, cela, ceci, celui, celle, ceux, celles, ce dernier, cette dernière, le premier, le deuxième, le second,
        la deuxième, elle, elles, lui, leur, là, précédent*, dessus, cet, cette, ces, vous avez dit, tu as dit,
        à la place, ta réponse, votre réponse, le même, la même
        """,
        """
        eso, esto, ese, esa, esos, esas, este, esta, estos, estas, aquel*, ella, ellos, ellas, el primero, el segundo,
        la segunda, lo mismo, lo anterior, anterior, otra vez, de nuevo, en cambio, has dicho, dijiste, tu respuesta
        """,
        """
        questo, questa, questi, queste, quello, quella, quelli, quelle, ciò, esso, essa, lui, lei, loro, il primo,
        il secondo, la seconda, lo stesso, la stessa, di nuovo, invece, precedente, hai detto, la tua risposta
        """,
        """
        isso, isto, aquilo, esse, essa, esses, essas, aquele, aquela, ele, ela, eles, elas, o primeiro, o segundo,
        a segunda, o mesmo, a mesma, de novo, você disse, sua resposta
        """,
        """
        dit, dat, deze, die, hij, zij, hem, haar, ervan, daarvan, daarmee, daarvoor, daarop, de eerste, de tweede,
        hetzelfde, opnieuw, in plaats daarvan, bovenstaande, je zei, u zei, jouw antwoord
        """,
    ]

    /// "die" and "dit" also are articles and verbs elsewhere: those texts count as dependent, which is the safe side.
    private static let expletives = [
        """
        is it possible, does it take to, it takes to, make sure that, is it safe to, is it allowed to, what time is it
        """,
        "gibt es, geht es um, ist es möglich, wie lange dauert es",
        "est il possible",
    ]

    private static let functionWords = [
        "the, a, an, is, are, do, does, how, what, where, when, who, can, could, should, i, my, to, of, for, with",
        "der, das, den, ist, sind, wie, was, wo, wann, warum, kann, ich, mein, meine, zu, von, mit, für, ein, eine",
        "le, les, des, est, sont, comment, que, quoi, où, quand, puis, je, mon, mes, pour, avec, une, quel, quelle",
        "el, los, las, es, son, cómo, qué, dónde, cuándo, puedo, mi, mis, para, con, cuál",
        "il, gli, è, sono, come, cosa, dove, quando, posso, mio, mia, per, con, quale",
        "o, os, as, é, são, como, onde, quando, meu, minha, para, com, uma, qual",
        "het, een, zijn, hoe, wat, waar, wanneer, kan, ik, mijn, te, van, met, voor, welke",
    ]
}
