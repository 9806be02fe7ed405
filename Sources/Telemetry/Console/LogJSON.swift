import Logging

/// Lines for programs: one JSON object each (RFC 8259).
enum LogJSON {
    /// One line without its end. Metadata stand in an object of their own, so that no key of theirs can take the
    /// place of another; keys are sorted.
    static func line(
        time: UTCTimestamp, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
    ) -> String {
        var line = "{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\",\"logger\":\(quoted(label))"
        line += ",\"message\":\(quoted(message))"
        if !metadata.isEmpty { line += ",\"metadata\":\(object(metadata))" }
        return line + "}"
    }

    private static func object(_ metadata: Logger.Metadata) -> String {
        let members = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(text($0.value))" }
        return "{\(members.joined(separator: ","))}"
    }

    private static func text(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let string): quoted(string)
        case .stringConvertible(let value): quoted(value.description)
        case .array(let values): "[\(values.map(text).joined(separator: ","))]"
        case .dictionary(let metadata): object(metadata)
        }
    }

    /// `text` as a JSON string. All that `LogScalar` names is escaped too, so that the line is safe to look at.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars.prefix(LogScalar.limit) {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default:
                if LogScalar.isUnsafe(scalar) {
                    for unit in String(scalar).utf16 { result += escape(unit) }
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
