/// What a word contributes to a number that is written in words.
enum Numeral: Sendable, Equatable {
    case none
    /// 0 to 19, and in words of their own up to 99.
    case small(Int64)
    /// 20, 30 … 90: a unit may follow.
    case tens(Int64)
    /// Multiplies what stands before it: hundred, thousand, million, dozen.
    case scale(Int64)
    /// first, second, third.
    case rank(Int64)
}
