/// The words the guard knows, by the digest of their small letters without apostrophes. Built once; any thread.
struct GuardLexicon: Sendable {
    static let shared = GuardLexicon()
    private var roles: [UInt64: WordRole] = [:]
    private var tables: [LanguageSet.RawValue: ContrastTable] = [:]
    private var sets: [ContrastKind] = []

    /// What the word means; an empty role for any other.
    func role(of digest: UInt64) -> WordRole { roles[digest] ?? WordRole() }

    /// Lets `change` alter the role of each word of a list with blanks between.
    mutating func add(_ words: String, _ change: (inout WordRole) -> Void) {
        for word in words.split(whereSeparator: \.isWhitespace) {
            change(&roles[GuardDigest.of(word.utf8), default: WordRole()])
        }
    }

    private init() {
        addEnglish()
        addGerman()
        addFrench()
        addSpanish()
        addOthers()
        addUnits()
        for language in GuardLanguage.all {
            tables[language.language.rawValue] = ContrastTable(language, sets: &sets)
        }
    }

    /// The contrasts of a language; nil for one that the guard does not know.
    func table(of language: LanguageSet) -> ContrastTable? { tables[language.rawValue] }

    /// What sort of contrast a set holds; nil for a number that no set has.
    func kind(of set: UInt16) -> ContrastKind? { sets.indices.contains(Int(set)) ? sets[Int(set)] : nil }

    mutating func add(_ words: String, negator: Negator, _ languages: LanguageSet) {
        add(words) {
            $0.negator = negator
            $0.negatorLanguages.formUnion(languages)
            $0.votes.formUnion(languages)
        }
    }

    /// Words with no content of their own that also vote for their language.
    mutating func add(function words: String, _ language: LanguageSet) {
        add(words) {
            $0.isFunction = true
            $0.votes.formUnion(language)
        }
    }

    /// Numerals of a language, in the order of their values from `first` in steps of `step`.
    mutating func add(numerals words: String, from first: Int64, step: Int64 = 1, _ language: LanguageSet) {
        for (index, word) in words.split(separator: " ").enumerated() {
            let value = first + Int64(index) * step
            add(String(word)) {
                $0.numeral = step == 10 ? .tens(value) : .small(value)
                $0.numeralLanguages.formUnion(language)
                $0.votes.formUnion(language)
            }
        }
    }

    mutating func add(scale word: String, _ value: Int64, _ language: LanguageSet) {
        add(word) {
            $0.numeral = .scale(value)
            $0.numeralLanguages.formUnion(language)
        }
    }
}
