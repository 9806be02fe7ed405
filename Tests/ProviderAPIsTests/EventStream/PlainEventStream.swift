/// The standard's algorithm on a whole body, written for clearness: what the incremental parser is compared with.
enum PlainEventStream {
    /// Events as `name|data`.
    static func events(_ body: [UInt8]) -> [String] {
        var scalars = String(decoding: body, as: UTF8.self).unicodeScalars[...]
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        var lines: [String] = [""]
        var isBehindReturn = false
        for scalar in scalars {
            if scalar == "\n", isBehindReturn {
                isBehindReturn = false
                continue
            }
            isBehindReturn = scalar == "\r"
            if scalar == "\n" || scalar == "\r" {
                lines.append("")
            } else {
                lines[lines.count - 1].unicodeScalars.append(scalar)
            }
        }
        var events: [String] = []
        var data: [String] = []
        var name = ""
        // The end of the body ends an event as a blank line does.
        for line in lines + [""] {
            if line.isEmpty {
                if !data.isEmpty { events.append(name + "|" + data.joined(separator: "\n")) }
                data = []
                name = ""
                continue
            }
            let parts = line.unicodeScalars.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var value = parts.count > 1 ? String(parts[1]) : ""
            if value.unicodeScalars.first == " " { value.unicodeScalars.removeFirst() }
            if String(parts[0]) == "data" { data.append(value) }
            if String(parts[0]) == "event" { name = value }
        }
        return events
    }
}
