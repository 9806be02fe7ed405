import GatewayCore

/// What the words of a text are signs of.
struct WordSigns {
    private(set) var constraints = 0
    private(set) var depth = 0
    private(set) var steps = 0
    private(set) var smallTalk = 0
    private var tasks = [Int](repeating: 0, count: TaskType.allCases.count)
    private var languages = [Int](repeating: 0, count: Lexicon.languages.count)

    /// The place of a task in the count, which also breaks ties: the more particular stands first.
    private static let places = Dictionary(uniqueKeysWithValues: TaskType.allCases.enumerated().map { ($1, $0) })
    /// Per phrase: the place of its task, or -1.
    private static let taskOfPhrase: [Int] = Lexicon.signs.map { sign in
        if case .task(let task, _) = sign { places[task] ?? -1 } else { -1 }
    }

    /// Reads words in the form of ``WordText``.
    /// - Parameter factor: how much its signs of a task weigh.
    mutating func read(_ words: Span<UInt8>, factor: Int = 1) {
        // Locals, because the closure may not capture what is being changed.
        var found: [Int] = []
        found.reserveCapacity(64)
        Lexicon.automaton.scan(words) { found.append($0) }
        for phrase in found { count(phrase, factor) }
    }

    private mutating func count(_ phrase: Int, _ factor: Int) {
        switch Lexicon.signs[phrase] {
        case .task(_, let weight): tasks[Self.taskOfPhrase[phrase]] += weight * factor
        case .constraint: constraints += 1
        case .depth: depth += 1
        case .step: steps += 1
        case .smallTalk: smallTalk += 1
        case .language(let index): languages[index] += 1
        }
    }

    /// Signs of tasks that stand in the bytes, not in words.
    mutating func add(_ task: TaskType, weight: Int) {
        if let place = Self.places[task] { tasks[place] += weight }
    }

    /// The task with the most signs. Its confidence is its lead over the next one: 1 for signs of one task alone.
    var task: (type: TaskType, confidence: Float) {
        guard let best = tasks.indices.max(by: { (tasks[$0], -$0) < (tasks[$1], -$1) }), tasks[best] > 0 else {
            return (.chat, 0)
        }
        let second = tasks.indices.filter { $0 != best }.map { tasks[$0] }.max() ?? 0
        return (TaskType.allCases[best], Float(tasks[best] - second) / Float(tasks[best] + 1))
    }

    /// The Latin language with the most small words; nil when none was seen.
    var language: String? {
        guard let best = languages.indices.max(by: { (languages[$0], -$0) < (languages[$1], -$1) }),
            languages[best] > 0
        else { return nil }
        return Lexicon.languages[best]
    }
}
