/// Writes how long until a limit is whole again as OpenAI does: `76ms`, `1s`, `6m0s`, `1h2m3.5s`.
enum ResetTime {
    /// Rounded up to a millisecond, so that who comes then is not too early; what is past is `0s`.
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = min(max(duration, .zero), longest).components
        let (thousandths, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        let milliseconds = seconds * 1000 + thousandths + (rest > 0 ? 1 : 0)
        if milliseconds == 0 { return "0s" }
        if milliseconds < 1000 { return "\(milliseconds)ms" }
        let (minutes, left) = milliseconds.quotientAndRemainder(dividingBy: 60_000)
        let (hours, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hours > 0 ? "\(hours)h" : "") + (minutes > 0 ? "\(minute)m" : "") + Self.seconds(left)
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return "\(whole)s" }
        var digits = Array(String(rest + 1000).utf8.dropFirst())
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return "\(whole).\(String(decoding: digits, as: UTF8.self))s"
    }

    /// No limit takes longer: a year.
    private static let longest: Duration = .seconds(31_622_400)
}
