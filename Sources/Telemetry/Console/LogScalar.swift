/// Which characters a log line shows only as escapes.
enum LogScalar {
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
