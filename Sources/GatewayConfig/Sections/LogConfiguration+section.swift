import Logging

extension LogConfiguration {
    /// Reads `log`.
    mutating func read(_ section: ConfigSection) {
        section.read("level", .choice, into: &level)
        section.read("format", .choice, into: &format)
    }
}
