/// Durations as Go writes them: `1s`, `6m0s`, `7.66s`, `76ms`, `1h2m3.5s`.
enum GoDuration {
    /// Nil for anything else, and for more than a year.
    static func read(_ text: String) -> Duration? {
        var rest = Array(text.utf8)[...]
        guard !rest.isEmpty else { return nil }
        var seconds = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ".") }
            rest = rest.dropFirst(unit.count)
            guard let number = Double(String(decoding: digits, as: UTF8.self)),
                let scale = scales[String(decoding: unit, as: UTF8.self)]
            else { return nil }
            seconds += number * scale
        }
        guard seconds < 366 * 86_400 else { return nil }
        return .microseconds(Int64((seconds * 1_000_000).rounded()))
    }

    private static let scales: [String: Double] = [
        "h": 3600, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9,
    ]
}
