import Routing

extension ConfigKind where Value == DayZone {
    /// A time zone by its name in the database of this machine, with its summer times. Blocks on the file system.
    static var zone: ConfigKind {
        let folder = "/usr/share/zoneinfo"
        let expected = "a time zone in \(folder), such as Europe/Berlin"
        return ConfigKind(expected) { text throws(ConfigProblem) in
            guard isZoneName(text), let bytes = try? TextFile.bytes("\(folder)/\(text)", limit: 64 * 1024),
                let file = TimeZoneFile(bytes)
            else { throw ConfigProblem(expected: expected, found: text) }
            return DayZone(text, first: file.first, shifts: file.shifts)
        }
    }

    /// Whether a text leads to no other file than one of the database.
    private static func isZoneName(_ text: String) -> Bool {
        if text.isEmpty || text.utf8.count > 64 || text.hasPrefix("/") { return false }
        return text.utf8.allSatisfy { byte in
            let isLetterOrDigit = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
            return isLetterOrDigit || "/_-+".utf8.contains(byte)
        }
    }
}
