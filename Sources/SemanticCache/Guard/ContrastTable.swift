/// The contrasts of one language, ready to be looked up. Built once from a ``GuardLanguage``; any thread.
struct ContrastTable: Sendable {
    static let longestPhrase = 4
    static let widestGap = 6
    private static let shortestPrefix = 3

    private static let longestPrefix = 18

    private var words: [UInt32: [ContrastMark]] = [:]
    private var prefixes: [UInt64: [ContrastMark]] = [:]
    private var phrases: [UInt64: [ContrastMark]] = [:]
    private var gaps: [UInt64: [ContrastMark]] = [:]
    private var phraseStarts: Set<UInt32> = []
    private var gapStarts: Set<UInt32> = []
    /// Stems of everyday words, those of the sets among them.
    private var everyday: Set<UInt32> = []
    /// The letters of everyday words, to know them with two of their letters exchanged.
    private var bags: Set<UInt32> = []
    private var fromWords: Set<UInt32> = []
    private var toWords: Set<UInt32> = []
    private var joiningWords: Set<UInt32> = []

    /// - Parameter sets: of all languages so far; grows by this one's.
    init(_ language: GuardLanguage, sets: inout [ContrastKind]) {
        for (kind, text) in language.contrasts {
            for line in text.split(separator: "\n") {
                let set = UInt16(sets.count)
                sets.append(kind)
                add(line, kind: kind, set: set)
            }
        }
        for word in language.vocabulary.split(whereSeparator: \.isWhitespace) {
            let bytes = Array(word.utf8)
            everyday.insert(Self.stem(word))
            if bytes.count > 3 { bags.insert(GuardWord.letters(bytes.span, 0..<bytes.count)) }
        }
        fromWords = Set(language.fromWords.split(separator: " ").map(Self.stem))
        toWords = Set(language.toWords.split(separator: " ").map(Self.stem))
        joiningWords = Set(language.joiningWords.split(separator: " ").map(Self.stem))
    }

    private mutating func add(_ line: Substring, kind: ContrastKind, set: UInt16) {
        let isClass = kind == .entity
        let members = line.split(whereSeparator: { isClass ? $0.isWhitespace : $0 == "|" })
        for (place, member) in members.enumerated() {
            let mark = ContrastMark(set: set, member: UInt16(place))
            for name in member.split(whereSeparator: { isClass ? $0 == "=" : $0.isWhitespace }) { add(name, mark) }
        }
    }

    private mutating func add(_ name: Substring, _ mark: ContrastMark) {
        if name.hasSuffix("*") {
            prefixes[GuardDigest.of(name.dropLast().utf8), default: []].append(mark)
            return
        }
        let gap = name.split(separator: "~").map(Self.stem)
        if gap.count == 2 {
            gapStarts.insert(gap[0])
            gaps[Self.key(gap), default: []].append(mark)
            return
        }
        let stems = name.split(separator: "_").map(Self.stem)
        if stems.count == 1 {
            words[stems[0], default: []].append(mark)
        } else {
            phraseStarts.insert(stems[0])
            phrases[Self.key(stems), default: []].append(mark)
        }
    }

    private static func stem(_ word: Substring) -> UInt32 {
        let bytes = Array(word.utf8)
        return WordShape.stem(bytes.span, 0..<bytes.count)
    }

    private static func key(_ stems: some Sequence<UInt32>) -> UInt64 {
        var key: UInt64 = 0xCBF2_9CE4_8422_2325
        for stem in stems { key = (key ^ UInt64(stem)) &* 0x9E37_79B9_7F4A_7C15 }
        return key
    }

    func isFrom(_ stem: UInt32) -> Bool { fromWords.contains(stem) }
    func isTo(_ stem: UInt32) -> Bool { toWords.contains(stem) }
    func joins(_ stem: UInt32) -> Bool { joiningWords.contains(stem) }
    func startsPhrase(_ stem: UInt32) -> Bool { phraseStarts.contains(stem) }
    func startsGap(_ stem: UInt32) -> Bool { gapStarts.contains(stem) }
    func phrase(_ stems: ArraySlice<UInt32>) -> [ContrastMark]? { phrases[Self.key(stems)] }
    func gap(_ first: UInt32, _ second: UInt32) -> [ContrastMark]? { gaps[Self.key([first, second])] }

    /// Whether words that are in no table are rare ones. Not without a list of everyday words.
    var hasVocabulary: Bool { !everyday.isEmpty }

    /// Whether the word is an everyday one.
    func knows(_ stem: UInt32) -> Bool { everyday.contains(stem) || words[stem] != nil }

    /// Whether the word is in a table, by its stem or by its beginning.
    func hasRole(_ bytes: Span<UInt8>, _ range: Range<Int>, stem: UInt32) -> Bool {
        knows(stem) || marks(bytes, range, stem: stem) != nil
    }

    /// Whether an everyday word has just these letters.
    func hasAnagram(_ letters: UInt32) -> Bool { bags.contains(letters) }

    /// The marks of a single word, by its stem or by its beginning.
    func marks(_ bytes: Span<UInt8>, _ range: Range<Int>, stem: UInt32) -> [ContrastMark]? {
        var marks = words[stem] ?? []
        var digest = GuardDigest()
        for (length, index) in range.prefix(Self.longestPrefix).enumerated() {
            digest.add(GuardBytes.lowered(bytes[index]))
            if length + 1 >= Self.shortestPrefix, let found = prefixes[digest.value] { marks += found }
        }
        return marks.isEmpty ? nil : marks
    }
}
