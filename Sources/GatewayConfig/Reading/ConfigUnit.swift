/// The units of sizes and times.
enum ConfigUnit {
    /// In bytes. Units of ten are left out: half of those who write MB mean MiB.
    static let sizes: [String: Int] = ["B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30]
    /// In milliseconds.
    static let times: [String: Int] = ["ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]

    /// The digits at the start, and what follows them.
    static func split(_ text: String) -> (digits: String, unit: String) {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        return (String(text[..<digits.endIndex]), String(text[digits.endIndex...]))
    }

    /// A size as one would write it.
    static func size(_ bytes: Int) -> String {
        shown(bytes, in: sizes, smallest: "B")
    }

    /// A time as one would write it, in whole milliseconds.
    static func time(_ duration: Duration) -> String {
        shown(Int(duration / .milliseconds(1)), in: times, smallest: "ms")
    }

    private static func shown(_ count: Int, in units: [String: Int], smallest: String) -> String {
        let fitting = units.filter { count > 0 && count.isMultiple(of: $0.value) }
        guard let (unit, factor) = fitting.max(by: { $0.value < $1.value }) else { return "\(count)\(smallest)" }
        return "\(count / factor)\(unit)"
    }
}
