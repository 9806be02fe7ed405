/// One word of a text as the guard compares it in its order: 20 bits of its stem's hash and what part it plays.
///
/// Three bytes when stored, and four more for the letters of a word that is in no list.
struct GuardWord: Sendable, Equatable {
    enum Part: UInt8, Sendable {
        /// An everyday word with content of its own.
        case content
        /// A word so rare that no list has it.
        case rare
        /// Written like a name, known or not.
        case name
        /// Grammar.
        case function
        /// A number, its unit, or an identifier: compared elsewhere.
        case amount
        /// In front of where something comes from, and of where it goes to.
        case from, to
        /// Between equals: and, or, with.
        case joining
    }

    static let stemBits: UInt32 = 0xF_FFFF

    let stem: UInt32
    let part: Part
    /// Which letters a rare word has, one bit each, and its length in the top six; 0 for others.
    let letters: UInt32

    init(stem: UInt32, part: Part, letters: UInt32 = 0) {
        self.stem = stem & Self.stemBits
        self.part = part
        self.letters = part == .rare || part == .name ? letters : 0
    }

    var isContent: Bool { part == .content || isStranger }
    /// A name, or a rare word.
    var isStranger: Bool { part == .rare || part == .name }

    /// Whether both may be spellings of one word: nearly the same letters.
    func isLike(_ other: GuardWord) -> Bool {
        if stem == other.stem { return true }
        let (length, otherLength) = (letters >> 26, other.letters >> 26)
        let (least, most) = (min(length, otherLength), max(length, otherLength))
        guard least >= 4, most - least <= 2 else { return false }
        let differing = ((letters ^ other.letters) & 0x3FF_FFFF).nonzeroBitCount
        return differing <= (least <= 5 ? 1 : 2)
    }

    /// The bag of letters of a word: bytes beyond ASCII share the bits of letters.
    static func letters(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
        var bag: UInt32 = 0
        for index in range {
            bag |= 1 << UInt32((GuardBytes.lowered(bytes[index]) &- 0x61) % 26)
        }
        return bag | UInt32(min(range.count, 63)) << 26
    }
}
