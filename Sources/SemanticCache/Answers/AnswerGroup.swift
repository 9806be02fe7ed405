import GatewayCore

/// Which answers count as one: those whose texts are equal but for case and white space share a number.
///
/// Eight bytes of FNV-1a, so that a mirror can know it of each row. Who finds two answers that collide has two entries
/// count as neighbours with one answer, in a namespace of its own.
package enum AnswerGroup {
    /// - Parameter text: of the answer.
    package static func of(_ text: String) -> UInt64 {
        var hash = FNV1a()
        each(of: text) { hash.add($0) }
        return hash.value
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
