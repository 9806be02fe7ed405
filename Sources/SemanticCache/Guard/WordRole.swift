/// What a word means to the guard; the value of the lexicon's table.
struct WordRole: Sendable {
    /// A word without content of its own: article, pronoun, preposition, auxiliary.
    var isFunction = false
    /// A personal or demonstrative pronoun.
    var isPronoun = false
    /// Asks for a way, a place or a thing: how, where, what, which.
    var asksForWay = false
    /// In whose running text the word is common: it votes for these languages.
    var votes: LanguageSet = []
    var negator: Negator = .none
    var negatorLanguages: LanguageSet = []
    var numeral: Numeral = .none
    var numeralLanguages: LanguageSet = []
    var unit: QuantityUnit = .none
    /// Stands beside the length of a list: "top 10", "5 best".
    var marksList = false
    /// A word that rules name one by one.
    var mark: Mark = .none

    enum Mark: UInt8, Sendable {
        case none, only, or, why, ifWord, mind, can, firstPerson, and, evening, know, times
    }

    /// The word is in one of the tables, whatever for.
    var isKnown: Bool { unit != .none || marksList || mark != .none || numeral != .none || negator != .none }

    var isKnow: Bool { mark == .know }
    var isOnly: Bool { mark == .only }
    var isOr: Bool { mark == .or }
    var isWhy: Bool { mark == .why }
    var isIf: Bool { mark == .ifWord }
    var isMind: Bool { mark == .mind }
    var isCan: Bool { mark == .can }
    var isFirstPerson: Bool { mark == .firstPerson }
}
