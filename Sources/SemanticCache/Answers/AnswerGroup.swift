import GatewayCore

/// Which answers count as one: those whose texts are equal but for case and white space share a number.
///
/// Eight bytes of FNV-1a, so that a mirror can know it of each row. Who finds two answers that collide has two entries
/// count as neighbours with one answer, in a namespace of its own.
///
/// The highest bit tells an operator's answers from those of models. A model's own answer says nothing of whether an
/// operator's is right, so nothing is asked for, or learned, to find that out.
package enum AnswerGroup {
    private static let operators: UInt64 = 1 << 63

    /// Of an answer that an operator wrote. All questions of one answer share it, and vote for one another.
    /// - Parameter text: of the answer.
    package static func ofOperator(_ text: String) -> UInt64 { of(text) | operators }

    /// Whether an operator wrote the group's answer.
    package static func isOfOperator(_ group: UInt64) -> Bool { group & operators != 0 }

    /// - Parameter text: of the answer.
    package static func of(_ text: String) -> UInt64 {
        var hash = FNV1a()
        each(of: text) { hash.add($0) }
        return hash.value & ~operators
    }

    /// Whether two texts are equal but for case and white space.
    package static func equals(_ one: String, _ other: String) -> Bool { normal(one) == normal(other) }

    private static func normal(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        each(of: text) { bytes.append($0) }
        return bytes
    }

    /// ASCII in small letters, each run of white space as one blank, none at the ends.
    private static func each(of text: String, _ take: (UInt8) -> Void) {
        var (isBegun, isSpaced) = (false, false)
        for byte in text.utf8 {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                isSpaced = isBegun
                continue
            }
            if isSpaced { take(0x20) }
            (isBegun, isSpaced) = (true, false)
            take((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
    }
}
