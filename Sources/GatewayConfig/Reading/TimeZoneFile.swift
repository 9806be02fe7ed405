import Routing

/// What a file of the time zone database says (TZif, RFC 9636): the offsets of a place, as far as they are listed and
/// then by rule. Pure.
struct TimeZoneFile {
    /// The offset in front of all shifts, in seconds.
    let first: Int
    let shifts: [DayZone.Shift]

    /// Until when the rule is written out.
    private static let lastYear = 2150
    private static let headLength = 44

    private struct Head {
        let version: UInt8
        let utc, standard, leaps, times, types, letters: Int

        /// Nil where none begins.
        init?(_ bytes: [UInt8], at start: Int) {
            guard start >= 0, bytes.count >= start + TimeZoneFile.headLength,
                bytes[start..<(start + 4)] == [0x54, 0x5A, 0x69, 0x66]
            else { return nil }
            version = bytes[start + 4]
            func count(_ index: Int) -> Int { Int(TimeZoneFile.number(bytes, at: start + 20 + 4 * index, length: 4)) }
            (utc, standard, leaps) = (count(0), count(1), count(2))
            (times, types, letters) = (count(3), count(4), count(5))
        }

        /// Bytes behind the head, where a time takes so many.
        func length(_ time: Int) -> Int {
            times * (time + 1) + types * 6 + letters + leaps * (time + 4) + standard + utc
        }
    }

    /// Nil for bytes that are no such file of version 2 or later.
    init?(_ bytes: [UInt8]) {
        guard let old = Head(bytes, at: 0), old.version >= UInt8(ascii: "2") else { return nil }
        let start = Self.headLength + old.length(4)
        guard let head = Head(bytes, at: start), head.types > 0 else { return nil }
        let data = start + Self.headLength
        let end = data + head.length(8)
        guard bytes.count > end + 1, bytes[end] == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\n")
        else { return nil }
        let kinds = data + head.times * 9
        func offset(_ kind: Int) -> Int {
            Int(Int32(truncatingIfNeeded: Self.number(bytes, at: kinds + 6 * kind, length: 4)))
        }
        first = offset(0)
        var shifts: [DayZone.Shift] = []
        for index in 0..<head.times {
            let kind = Int(bytes[data + head.times * 8 + index])
            guard kind < head.types else { return nil }
            shifts.append(
                DayZone.Shift(start: Self.number(bytes, at: data + 8 * index, length: 8), offset: offset(kind)))
        }
        let rule = String(decoding: bytes[(end + 1)..<(bytes.count - 1)], as: UTF8.self)
        if !rule.isEmpty {
            guard let yearly = TimeZoneRule(rule) else { return nil }
            let known = shifts.last?.start ?? .min
            // What is listed counts before the rule does.
            let firstYear = 1970 + Int(max(0, known) / 31_556_952)
            for year in firstYear...max(firstYear, Self.lastYear) {
                shifts += yearly.shifts(in: year).filter { $0.start > known }
            }
        }
        self.shifts = shifts
    }

    /// Big-endian, with its sign where it takes eight bytes.
    private static func number(_ bytes: [UInt8], at start: Int, length: Int) -> Int64 {
        bytes[start..<(start + length)].reduce(0) { $0 << 8 | Int64($1) }
    }
}
