import Logging

/// Lines for people: `2026-11-21T09:00:00.000Z info  message key=value`.
enum LogText {
    /// One line without its end. Metadata are sorted by key.
    static func line(
        time: UTCTimestamp, level: Logger.Level, message: String, metadata: Logger.Metadata, isColored: Bool
    ) -> String {
        let name = name(of: level)
        var line = "\(time) \(isColored ? colored(name, level) : name) \(escaped(message))"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += isColored ? " \u{1B}[2m\(field(key))=\u{1B}[0m" : " \(field(key))="
            line += field(value.description)
        }
        return line
    }

    /// `text` in quotes when it is empty or holds blanks, quotes, backslashes or equals signs, so that fields can be
    /// told apart again.
    static func field(_ text: String) -> String {
        let needsQuotes = text.isEmpty || text.unicodeScalars.contains {
            $0.properties.isWhitespace || $0 == "\"" || $0 == "=" || $0 == "\\"
        }
        return needsQuotes ? "\"\(escaped(text, quotes: true))\"" : escaped(text)
    }

    /// `text` with everything made visible that could end a line, drive a terminal or turn the direction of writing:
    /// a value from outside must not be able to forge a line.
    static func escaped(_ text: String, quotes: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(LogScalar.limit) {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\"" where quotes: result += "\\\""
            case "\\" where quotes: result += "\\\\"
            default:
                if LogScalar.isUnsafe(scalar) {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    /// Five characters wide, so that messages stand below each other.
    private static func name(of level: Logger.Level) -> String {
        switch level {
        case .trace: "trace"
        case .debug: "debug"
        case .info: "info "
        case .notice: "note "
        case .warning: "warn "
        case .error: "error"
        case .critical: "crit "
        }
    }

    private static func colored(_ name: String, _ level: Logger.Level) -> String {
        let color =
            switch level {
            case .trace, .debug: 90
            case .info, .notice: 32
            case .warning: 33
            case .error, .critical: 31
            }
        return "\u{1B}[\(color)m\(name)\u{1B}[0m"
    }
}
