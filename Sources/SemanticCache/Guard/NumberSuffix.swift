/// Letters behind a number that are no unit.
enum NumberSuffix {
    /// Powers of ten: 30k, 5M is left to metres, 2bn.
    static let powers: [UInt64: Int8] = [
        digest("k"): 3, digest("mn"): 6, digest("mio"): 6, digest("bn"): 9,
    ]
    /// Endings of ordinals, decades and multiples, and the short form of "two-factor authentication".
    static let ignored: Set<UInt64> = Set(["st", "nd", "rd", "th", "x", "fa", "er", "e"].map(digest))

    private static func digest(_ word: String) -> UInt64 { GuardDigest.of(word.utf8) }
}
