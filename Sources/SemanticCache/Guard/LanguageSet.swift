/// The languages whose negators and number words the guard knows; `other` collects votes against all of them.
struct LanguageSet: OptionSet, Sendable {
    let rawValue: UInt8
    static let english = LanguageSet(rawValue: 1)
    static let german = LanguageSet(rawValue: 2)
    static let french = LanguageSet(rawValue: 4)
    static let spanish = LanguageSet(rawValue: 8)
    static let other = LanguageSet(rawValue: 16)
    static let all: LanguageSet = [.english, .german, .french, .spanish]
}
