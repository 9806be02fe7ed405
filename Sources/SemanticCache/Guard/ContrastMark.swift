/// A word or phrase of a text that stands in a set of contrasts: which set, and which of its members.
///
/// Members of a set exclude one another: buy and sell, all and some, May and June, when and where. In three bytes when
/// stored: ten bits of set, fourteen of member.
struct ContrastMark: Sendable, Equatable, Comparable, Hashable {
    static let largestMember: UInt16 = 0x3FFF
    let set: UInt16
    let member: UInt16

    var packed: UInt32 { UInt32(set) << 14 | UInt32(member & Self.largestMember) }

    init(set: UInt16, member: UInt16) {
        self.set = set
        self.member = member & Self.largestMember
    }

    init(packed: UInt32) {
        self.init(set: UInt16(truncatingIfNeeded: packed >> 14), member: UInt16(truncatingIfNeeded: packed))
    }

    static func < (left: ContrastMark, right: ContrastMark) -> Bool { left.packed < right.packed }
}
