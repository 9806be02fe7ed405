/// How much of a text a log line shows, and which of its characters only as escapes.
enum LogScalar {
    /// Characters of one text that are shown: far more than any of ours has, and few enough that a line of them stays
    /// within what collectors of logs take.
    static let limit = 4_096

    /// Controls, separators of lines and paragraphs, and format characters (among them those that turn the direction
    /// of writing): Unicode's general categories Cc, Zl, Zp and Cf.
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20...0x7E).contains(scalar.value) { return false }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
