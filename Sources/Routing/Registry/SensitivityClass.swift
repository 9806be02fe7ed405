/// How sensitive a request is, and up to which class a target may be told. A target of which nothing is said is for
/// public requests only.
package enum SensitivityClass: String, Sendable, CaseIterable, Comparable {
    case open = "public"
    case `internal`
    case confidential
    case restricted

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: SensitivityClass, right: SensitivityClass) -> Bool { left.rank < right.rank }
}
