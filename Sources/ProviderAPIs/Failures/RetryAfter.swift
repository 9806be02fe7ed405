/// Reads how long a provider asks to be left alone.
enum RetryAfter {
    /// The longest that is believed: a clock or a unit is wrong somewhere beyond it.
    static let longest = Duration.seconds(3600)

    /// `retry-after-ms` if it can be read, else `retry-after` in seconds or as a date; nil when neither can.
    static func read(_ headers: [(name: String, value: String)], now: Int64) -> Duration? {
        if let milliseconds = value("retry-after-ms", of: headers).flatMap(number) {
            return bounded(milliseconds / 1000)
        }
        guard let text = value("retry-after", of: headers) else { return nil }
        if let seconds = number(text) { return bounded(seconds) }
        guard let date = HTTPDate.secondsSince1970(text) else { return nil }
        let (distance, overflow) = date.subtractingReportingOverflow(now)
        return overflow ? nil : bounded(Double(max(distance, 0)))
    }

    private static func bounded(_ seconds: Double) -> Duration {
        guard seconds < 3600 else { return longest }
        return .microseconds(Int64(seconds * 1_000_000))
    }

    /// A decimal number without a sign; the standard library's reading would also take `inf`, `nan` and `0x10`.
    private static func number(_ text: String) -> Double? {
        guard text.utf8.contains(where: { $0 &- UInt8(ascii: "0") < 10 }),
            text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: ".") })
        else { return nil }
        return Double(text)
    }

    private static func value(_ name: String, of headers: [(name: String, value: String)]) -> String? {
        guard let value = headers.first(where: { $0.name.lowercased() == name })?.value else { return nil }
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        var text = value.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text)
    }
}
