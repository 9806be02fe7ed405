/// A set of the guard's reasons.
package struct GuardReasons: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package init(_ reason: GuardReason) {
        self.init(rawValue: 1 << UInt16(GuardReason.allCases.firstIndex(of: reason) ?? 15))
    }

    package func contains(_ reason: GuardReason) -> Bool { contains(GuardReasons(reason)) }

    /// The places of the reasons among all of them.
    package var places: [Int] {
        var places: [Int] = []
        var rest = rawValue
        while rest != 0 {
            places.append(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
        return places
    }

    package var reasons: [GuardReason] { GuardReason.allCases.filter { contains($0) } }
}
