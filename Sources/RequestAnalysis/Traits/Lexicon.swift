import GatewayCore

/// The words by which tasks, languages and the weight of a request show. English first; for the other languages the
/// verbs that open such requests.
///
/// Built once; a scan costs one table step a byte for all of them together.
enum Lexicon {
    /// What a phrase is a sign of.
    enum Sign: Sendable, Equatable {
        case task(TaskType, weight: Int)
        case constraint
        case depth
        case step
        case smallTalk
        case language(Int)
    }

    static let languages = ["en", "de", "fr", "es", "it", "pt", "nl"]

    /// By the index the automaton reports.
    static let signs: [Sign] = groups.flatMap { group in group.phrases.map { _ in group.sign } }
    static let automaton = PhraseAutomaton(groups.flatMap(\.phrases))

    private struct Group {
        let sign: Sign
        let phrases: [String]

        init(_ sign: Sign, _ phrases: String) {
            self.sign = sign
            self.phrases = phrases.split(separator: ",").map { String($0.drop { $0 == " " }) }
        }
    }

    private static let groups: [Group] = tasks + weights + languageWords

    private static let tasks: [Group] = [
        Group(
            .task(.code, weight: 3),
            """
            python, javascript, typescript, java, kotlin, swift, rust, golang, c++, c#, php, ruby, sql, regex, bash,
            shell script, dockerfile, kubernetes, unit test*, refactor*, debug*, stack trace, traceback, compile*,
            pull request, codebase, source code, function that, write a function, write a program, write a script,
            write code, implement*, null pointer, segfault, segmentation fault, deadlock, race condition, api endpoint,
            linter, merge conflict, git, npm, funktion, quellcode
            """.oneLine),
        Group(
            .task(.code, weight: 1),
            "code, bug, function, class, method, script, algorithm, database, query, exception, loop, variable, api"),
        Group(
            .task(.math, weight: 3),
            """
            integral, derivative*, equation*, theorem, lemma, prove that, probability that, matrix, eigenvalue*,
            polynomial, solve for, calculate*, compute, how many ways, prime number*, modulo, differentiate, integrate,
            standard deviation, logarithm, trigonometr*, berechne*, calcule*
            """.oneLine),
        Group(.task(.math, weight: 1),
            """
            sum, product, percent, average, square root, multiply, divide, divided by, times
            """.oneLine),
        Group(
            .task(.translation, weight: 5),
            """
            translate*, translation, into german, into english, into french, into spanish, into italian, into japanese,
            into chinese, in german, in french, in spanish, in japanese, übersetze*, Übersetze*, traduis, traduire,
            traduce,
            traducir, traduzir, traduci
            """.oneLine),
        Group(
            .task(.summarization, weight: 5),
            """
            summari*, summary, tl dr, tldr, key points, main points, in a nutshell, condense, recap, boil down,
            meeting notes, fasse, zusammenfass*, résume*, resume este, resumen
            """.oneLine),
        Group(
            .task(.extraction, weight: 5),
            """
            extract*, pull out, list all the, list every, find all, identify all, parse the, as json with, fields,
            named entit*, key value pairs, fill in the form, extrahiere*, extrais, extrae
            """.oneLine),
        Group(
            .task(.classification, weight: 5),
            """
            classif*, categori*, label the, label this, sentiment, spam or, positive or negative, which category,
            one of the following categories, tag this, is this toxic, intent of, true or false, yes or no,
            klassifiziere*, clasifica
            """.oneLine),
        Group(
            .task(.creative, weight: 5),
            """
            poem, story, haiku, song, lyrics, sonnet, screenplay, short story, fairy tale, novel, limerick, slogan*,
            brainstorm*, tagline*, write a blog, blog post, rap, dialogue, role play, roleplay, joke, gedicht, poème,
            poema, cuento, geschichte
            """.oneLine),
        Group(
            .task(.analysis, weight: 3),
            """
            analy*, evaluate*, compare*, contrast, trade off*, tradeoff*, pros and cons, root cause, strateg*, design a,
            design an, architect*, plan for, roadmap, recommend*, assess*, critique, implications, justify, reason
            about, step by step, think through, why does, why do, why is, why are, explain why, explain how,
            vergleiche*, warum, pourquoi, por qué
            """.oneLine),
        Group(
            .task(.question, weight: 2),
            """
            what is, what are, what s, who is, who was, when is, when did, when was, where is, where can, which, how do
            i, how can i, how to, how much, how many, how long, can i, do you, does it, is there, is it, are there, was
            ist, wie, wer, wann, wo, qui, quand, où, qué, cómo, cuándo
            """.oneLine),
        Group(
            .task(.chat, weight: 2),
            """
            hi, hello, hey, thanks, thank you, good morning, good evening, how are you, bye, hallo, danke, bonjour,
            merci, hola, gracias
            """.oneLine),
    ]

    private static let weights: [Group] = [
        Group(
            .constraint,
            """
            must, must not, should not, exactly, at least, at most, no more than, no less than, without, only, except,
            unless, ensure, make sure, constraint*, require*, do not, don t, avoid, strictly, between, within, limit*,
            guarantee*, handle*, edge case*, support*, respect*, muss, mindestens, höchstens, nur, ohne, sans, sin
            """.oneLine),
        Group(
            .depth,
            """
            prove, proof, derive, analy*, compare*, trade off*, tradeoff*, architect*, design, optimi*, complexity,
            evaluate*, critique, justify, root cause, diagnose, investigate, step by step, rigorous*, in depth,
            thorough*, comprehensive*, detailed, strateg*, reason*, formal*, asymptotic*, concurren*, distributed,
            consisten*, scalab*, fault toleran*, refactor*, migrat*, debug*, implement*, invariant*, counterexample*,
            hypothes*, model the, simulate, theorem, lemma, deadlock*, race condition*, security, vulnerab*, legal,
            liab*, clause*, differential, mechanism*, implications, multi step*, multi region, multi tenan*, algorithm*,
            correctness, beweise*, optimier*
            """.oneLine),
        Group(
            .step,
            """
            first, firstly, second, secondly, third, then, next, finally, after that, afterwards, also, additionally,
            for each, followed by, based on, given, and then, part a, part b, zuerst, danach, schließlich, ensuite,
            luego
            """.oneLine),
        Group(
            .smallTalk,
            """
            hi, hello, hey, thanks, thank you, please, good morning, how are you, bye, what s up, my card, my account,
            my order, my password, refund, opening hours, my alarm, timer, remind me, weather, restaurant, cancel*,
            track*, delivery, hallo, danke, bitte, bonjour, merci, hola, gracias
            """.oneLine),
    ]

    private static let languageWords: [Group] = [
        Group(.language(0), "the, of, and, is, what, to, for, how, this, with, that, are, you"),
        Group(.language(1), "der, die, das, und, ist, nicht, ein, eine, wie, ich, zu, mit, für, den, auf, bitte"),
        Group(.language(2), "le, les, des, est, et, une, je, vous, pour, pas, dans, du, que, quel, quelle, ce"),
        Group(.language(3), "el, los, las, es, y, una, por, para, cómo, qué, con, del, se, mi, puedo"),
        Group(.language(4), "il, gli, è, una, per, come, che, di, sono, con, della, non, posso, mia"),
        Group(.language(5), "o, os, é, uma, para, como, que, não, com, você, meu, minha, do, da"),
        Group(.language(6), "het, een, is, niet, hoe, ik, van, en, voor, met, wat, mijn, kan, je"),
    ]
}

extension String {
    /// A list that was broken over lines for the reader.
    fileprivate var oneLine: String { split(separator: "\n").joined(separator: " ") }
}
