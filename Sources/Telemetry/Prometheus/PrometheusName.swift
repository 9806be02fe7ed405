/// Prometheus' grammar for names and label values (text exposition format 0.0.4 and the data model's naming rules).
package enum PrometheusName {
    /// `name` as a metric name: what is outside `[a-zA-Z0-9_:]` becomes `_`, and a leading digit gets one before it.
    package static func metric(_ name: String) -> String { sanitized(name, allowsColon: true) }

    /// `name` as a label name: as for metrics but without the colon. A leading `__` is Prometheus' own and `le` is
    /// the histograms' own, so both get a prefix.
    package static func label(_ name: String) -> String {
        let clean = sanitized(name, allowsColon: false)
        return clean.hasPrefix("__") || clean == "le" ? "label_" + clean : clean
    }

    /// `labels` as they stand between braces, sorted by name so that the order in which they were given does not
    /// matter. Of labels that become one name, the first counts.
    package static func rendered(_ labels: [(String, String)]) -> String {
        var seen: Set<String> = []
        let clean = labels.map { (label($0.0), $0.1) }.filter { seen.insert($0.0).inserted }
        return clean.sorted { $0.0 < $1.0 }.map { "\($0.0)=\"\(escapedValue($0.1))\"" }.joined(separator: ",")
    }

    /// `text` between the quotes of a label value. At most 256 characters are kept.
    package static func escapedValue(_ text: String) -> String {
        escaped(String(text.prefix(256)), quotes: true)
    }

    /// `text` behind `# HELP name`.
    package static func escapedHelp(_ text: String) -> String { escaped(text, quotes: false) }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        // By scalar: Swift takes CR LF for one character, which would pass a comparison with LF.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func sanitized(_ name: String, allowsColon: Bool) -> String {
        var result = ""
        for scalar in name.unicodeScalars.prefix(256) {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": result.unicodeScalars.append(scalar)
            case "0"..."9":
                if result.isEmpty { result = "_" }
                result.unicodeScalars.append(scalar)
            case ":" where allowsColon: result.unicodeScalars.append(scalar)
            default: result += "_"
            }
        }
        return result.isEmpty ? "_" : result
    }
}
