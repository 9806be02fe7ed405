import ArgumentParser
import FoundationEssentials

/// Reads files named on the command line, with errors for the one who named them.
enum TextFile {
    static func contents(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("cannot read '\(path)'")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ValidationError("'\(path)' is not UTF-8")
        }
        return text
    }

    /// The lines without their ends; a last empty one is none.
    static func lines(of path: String) throws -> [String] {
        let text = try contents(of: path)
        // The two bytes that end a line on Windows are one character here.
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }
}
