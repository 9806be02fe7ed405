/// For how long a provider keeps what it is sent, strictest first. A limit admits its own class and the stricter ones.
package enum RetentionClass: String, Sendable, CaseIterable, Comparable {
    /// Nothing is kept.
    case zero
    /// At most 30 days, to find abuse.
    case days30 = "30d"
    /// Longer, or for as long as the provider likes.
    case indefinite
    /// Kept, and models may be trained on it.
    case trains

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: RetentionClass, right: RetentionClass) -> Bool { left.rank < right.rank }
}
