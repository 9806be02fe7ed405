import GatewayCore

extension ConfigKind where Value == String {
    /// Text on one line, not empty.
    /// - Parameter expected: what it is, such as "a folder".
    static func text(_ expected: String, limit: Int = 1024) -> ConfigKind {
        ConfigKind("\(expected) (1 to \(limit) bytes on one line)") { text in
            let isPrintable = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            return isPrintable && (1...limit).contains(text.utf8.count) ? text : nil
        }
    }

    /// A name that also becomes a label of metrics and part of other names.
    static var name: ConfigKind {
        ConfigKind("a name of 1 to 64 letters, digits, '.', '_' or '-'") { text in
            let isName = text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
            return isName && (1...64).contains(text.utf8.count) ? text : nil
        }
    }

    /// Text without spaces, such as the name of a model or a host.
    static func word(_ expected: String) -> ConfigKind {
        ConfigKind("\(expected) (1 to 256 visible ASCII characters)") { text in
            let isVisible = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            return isVisible && (1...256).contains(text.utf8.count) ? text : nil
        }
    }
}

extension ConfigKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the raw values of an enumeration.
    static var choice: ConfigKind {
        let names = Value.allCases.map(\.rawValue)
        let expected = "one of \(names.joined(separator: ", "))"
        return ConfigKind(expected) { text throws(ConfigProblem) in
            if let value = Value(rawValue: text) { return value }
            let hint = NearestName.nearest(to: text, among: names).map { "; did you mean \($0)?" } ?? ""
            throw ConfigProblem(ConfigProblem(expected: expected, found: text).message + hint)
        }
    }
}

extension ConfigKind where Value == String {
    /// The name of a header (a token of RFC 9110, section 5.6.2).
    static var headerName: ConfigKind {
        ConfigKind("a header's name of 1 to 64 letters, digits, '-' or '_'") { text in
            let isName = text.utf8.allSatisfy { byte in
                (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
            return isName && (1...64).contains(text.utf8.count) ? text : nil
        }
    }

    /// What answers are marked with in the cache.
    static var cacheTag: ConfigKind {
        ConfigKind("a tag of 1 to \(CacheTags.lengthLimit) visible ASCII characters without commas") { text in
            CacheTags.isTag(text) ? text : nil
        }
    }
}
