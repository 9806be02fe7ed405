/// Shows a piece of the file in a message: on one line, short, and safe for a terminal.
enum FoundText {
    /// Characters shown of a value or key.
    static let lengthLimit = 60
    /// Characters shown of a path, which is of no use when it is cut.
    static let pathLengthLimit = 1024

    /// The text bare when it reads well so, else in single quotes with everything invisible escaped.
    /// - Parameter limit: how many characters of it are shown.
    static func shown(_ text: String, limit: Int = lengthLimit) -> String {
        let scalars = text.unicodeScalars
        var shown = ""
        for scalar in scalars.prefix(limit) { shown += escaped(scalar) }
        if scalars.dropFirst(limit).first != nil { shown += "…" }
        let isBare = !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "'") }
        return isBare ? shown : "'\(shown)'"
    }

    /// A key as part of a path: bare when it is a name, else as a value would be shown.
    static func key(_ name: String) -> String {
        let isName = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        return isName && !name.isEmpty && name.utf8.count <= lengthLimit ? name : shown(name)
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            scalar.escaped(asASCII: true)
        default: String(scalar)
        }
    }
}
