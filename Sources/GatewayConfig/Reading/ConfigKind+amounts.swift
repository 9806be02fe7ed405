extension ConfigKind where Value == Int {
    /// The most money a budget may hold: beyond it the scripts in Redis, which count in binary floating point, are no
    /// longer exact to the nano-dollar.
    private static var mostDollars: Int { 9_000_000 }

    /// US dollars, read as whole nano-dollars without rounding.
    static var dollars: ConfigKind {
        let expected = "dollars from 0 to \(mostDollars), such as 2.50, with at most nine digits behind the point"
        return ConfigKind(expected) { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), parts.allSatisfy({ isDigits($0) }), let whole = Int(parts[0]),
                whole <= mostDollars
            else { return nil }
            let fraction = parts.count == 2 ? String(parts[1]) : "0"
            guard fraction.utf8.count <= 9,
                let nanodollars = Int(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
            else { return nil }
            let total = whole * 1_000_000_000 + nanodollars
            return total <= mostDollars * 1_000_000_000 ? total : nil
        }
    }

    /// A time of day, `00:00` to `23:59`, as minutes after midnight.
    static var timeOfDay: ConfigKind {
        ConfigKind("a time of day from 00:00 to 23:59, such as 08:00") { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ isDigits($0) && $0.utf8.count == 2 }),
                let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
            else { return nil }
            return hour * 60 + minute
        }
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension ConfigKind where Value == ClosedRange<Int> {
    /// Two sizes with `-` between them; without the second one there is no upper end.
    static var sizeRange: ConfigKind {
        ConfigKind("a range of sizes such as 0-500, 1KiB-16KiB or 2KiB-") { text in
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard ends.count == 2, let lower = size(ends[0]) else { return nil }
            guard let upper = ends[1].isEmpty ? .max : size(ends[1]), lower <= upper else { return nil }
            return lower...upper
        }
    }

    private static func size(_ text: String) -> Int? {
        try? ConfigKind<Int>.bytes(0...1 << 30).parse(text)
    }
}
