/// Where the signs stand that make a chunk more than a word; -1 for none.
struct Signs {
    private(set) var at = -1
    private(set) var dot = -1
    private(set) var slash = -1
    private(set) var backslash = -1
    private(set) var underscore = -1

    /// None of them: the usual case, left at once.
    var isBare: Bool { at & dot & slash & backslash & underscore == -1 }

    /// The first of each, but the last dot.
    mutating func note(_ byte: UInt8, at index: Int) {
        switch byte {
        case UInt8(ascii: "@") where at < 0: at = index
        case UInt8(ascii: "."): dot = index
        case UInt8(ascii: "/") where slash < 0: slash = index
        case UInt8(ascii: "\\"): backslash = index
        case UInt8(ascii: "_"): underscore = index
        default: break
        }
    }
}
